// Shares that the API gives in parts per million, as people read them.
const kDash = "–";

/** 63613 as "6.36%"; nothing known is a dash. */
export function formatShare(ppm, { locale = undefined, digits = 2 } = {}) {
  if (ppm === null || ppm === undefined) return kDash;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(ppm / 1e6);
}

/** A change with its sign: "+18.2%"; nothing to compare with is a dash. */
export function formatChange(ppm, { locale = undefined } = {}) {
  if (ppm === null || ppm === undefined) return kDash;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(ppm / 1e6);
}

/** 24 as "24 hours", 720 as "30 days". */
export function formatWindow(hours) {
  if (!hours) return kDash;
  return hours > 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}

/** The report's rows with one money line each, the main currency first: what a table shows. */
export function moneyRows(rows) {
  return rows.flatMap((row) =>
    row.money.length === 0 ? [{ row, line: null, key: row.key }] : row.money.map((line) => ({ row, line, key: `${row.key} ${line.currency}` })),
  );
}

/** How much was earned more or less than before in the currency, in parts per million; null: not known. */
export const earnedChange = (row, currency) => row.change?.earned.find((each) => each.currency === currency)?.change_ppm ?? null;
