// From all requests to the clicks that count: what was left out, and by which rule.

/** In the order in which a request is looked at; `help` is for people who ask why. */
export const kChecks = [
  { verdict: "head", label: "HEAD requests", help: "Ask for headers only: link checkers do that." },
  { verdict: "prefetch", label: "Prefetches", help: "A browser fetched ahead. Answered 503, so that no network counts it either." },
  { verdict: "test", label: "Tests", help: "Made by the owner, or by a check of Candor's." },
  { verdict: "preview", label: "Previews", help: "A messenger or social network looked, to show a preview." },
  { verdict: "bot", label: "Bots", help: "Programs, told by their user agent." },
  { verdict: "data-centre", label: "Data centres", help: "From networks of servers, where no readers are." },
  { verdict: "flood", label: "Floods", help: "One visitor made more clicks than a person does." },
  { verdict: "repeat", label: "Repeats", help: "The same visitor had followed the same link moments before." },
];

/**
 * `rows` of the API's slices by verdict; `total` {clicks, gross_clicks} of the same answer. Gives {gross, net, steps:
 * [{verdict, label, help, count, before}], adds}: `before` is what was left before the step, `adds` whether the steps lead
 * from gross to net exactly. Verdicts of a newer Candor get a step of their own.
 */
export function waterfall(rows, total) {
  const counts = new Map();
  for (const row of rows) counts.set(row.verdict, (counts.get(row.verdict) ?? 0) + row.gross_clicks);
  const known = new Set(["human", ...kChecks.map((each) => each.verdict)]);
  const others = [...counts.keys()].filter((verdict) => !known.has(verdict)).map((verdict) => ({ verdict, label: verdict, help: "" }));
  let left = total.gross_clicks;
  const steps = [];
  for (const check of [...kChecks, ...others]) {
    const count = counts.get(check.verdict) ?? 0;
    if (count === 0) continue;
    steps.push({ ...check, count, before: left });
    left -= count;
  }
  return { gross: total.gross_clicks, net: total.clicks, steps, adds: left === total.clicks };
}

/** Rows of slices by reason, the most first; what is beyond `most` becomes one line "others". */
export function rulesOf(rows, most = 12) {
  const sorted = rows
    .map((row) => ({ reason: row.reason || "not said", given: row.reason || "", count: row.gross_clicks }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  const shown = sorted.slice(0, most);
  const rest = sorted.slice(most);
  if (rest.length > 0)
    shown.push({ reason: `${rest.length} other rules`, given: "", count: rest.reduce((sum, each) => sum + each.count, 0) });
  return shown;
}

/** What each check made of one click: "passed", "failed", or "not reached" behind the one that failed. */
export function checksOf(verdict) {
  const failed = kChecks.findIndex((check) => check.verdict === verdict);
  return kChecks.map((check, n) => ({
    ...check,
    result: failed < 0 || n < failed ? "passed" : n === failed ? "failed" : "not reached",
  }));
}
