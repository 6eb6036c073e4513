// The money around an article's changes as lines of a table: one a change and currency.

/** A side's money in a currency: earned nothing is 0, per thousand views unknown is null. */
function moneyIn(side, currency) {
  const line = side.money.find((each) => each.currency === currency);
  return { earned_micro: line?.earned_micro ?? 0, rpm_micro: line ? line.rpm_micro : side.views ? 0 : null };
}

/** {key, row, currency, before, after}; no currency: nothing earned on either side. */
export function revisionLines(report) {
  return report.data.flatMap((row, n) => {
    const currencies = [...new Set([...row.before.money, ...row.after.money].map((line) => line.currency))].sort();
    if (currencies.length === 0) return [{ key: `${n}`, row, currency: "" }];
    return currencies.map((currency) => ({ key: `${n} ${currency}`, row, currency, before: moneyIn(row.before, currency), after: moneyIn(row.after, currency) }));
  });
}
