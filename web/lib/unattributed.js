// The queue of money that no article is known for.

/** What a suggestion's button says and sends: the rule that settles the commission, with the article. */
export const ruleFor = (rule, article) => ({ network: rule.network, kind: rule.kind, text: rule.text, article });

/** "the sub-id spring-mail at Awin", for people. */
export function ruleText(rule, networkName) {
  const what = rule.kind === "tag" ? "the tracking id" : "the sub-id";
  return `${what} ${rule.text}${rule.network ? ` at ${networkName(rule.network)}` : ""}`;
}

/** The commissions in groups that one rule settles together; those without one stand alone. */
export function groupByRule(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = row.rule ? JSON.stringify([row.rule.network, row.rule.kind, row.rule.text]) : `commission ${row.id}`;
    const known = groups.get(key) ?? { key, rule: row.rule, rows: [], suggestions: [], sums: new Map() };
    known.rows.push(row);
    known.sums.set(row.currency, (known.sums.get(row.currency) ?? 0n) + BigInt(row.commission_micro));
    for (const each of row.suggestions)
      if (!known.suggestions.some(({ article }) => article === each.article)) known.suggestions.push(each);
    groups.set(key, known);
  }
  return [...groups.values()].map(({ sums, ...group }) => ({ ...group, revenue: [...sums].map(([currency, value]) => ({ currency, commission_micro: value })) }));
}
