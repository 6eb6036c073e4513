import assert from "node:assert/strict";
import { test } from "node:test";
import { changeText, daysBeforeOf, directionOf, foldProblems, kpisOf } from "../lib/kpi.js";
import { sparkPath } from "../lib/spark.js";

test("a change is told in percent of what was before", () => {
  assert.equal(changeText(9, 8), "+12.5 %");
  assert.equal(changeText(8, 9), "-11.1 %");
  assert.equal(changeText(16, 8), "+100 %");
  assert.equal(changeText(8, 8), "±0 %");
  assert.equal(changeText(5, 0), "", "there is no percentage of nothing");
  assert.equal(changeText(5, null), "");
  assert.equal(changeText(9007199254740993n * 2n, 9007199254740993n), "+100 %", "money beyond 2^53, too");
  assert.equal(directionOf(1, 2), "down");
  assert.equal(directionOf(2, 2), "same");
});

test("figures come from the report's total and its days", () => {
  const line = (earned_micro, epc_micro) => ({ currency: "USD", earned_micro, epc_micro, rpm_micro: null });
  const report = {
    total: { clicks: 5, money: [line(30, 6)], before: { clicks: 4, money: [line(10, 2)] } },
    data: [{ clicks: 2, money: [] }, { clicks: 3, money: [line(30, 10)] }],
  };
  const kpis = kpisOf(report, "USD");
  assert.deepEqual(kpis.clicks, { now: 5, before: 4, days: [2, 3] });
  assert.deepEqual(kpis.earned, { now: 30, before: 10, days: [null, 30] });
  assert.deepEqual(kpis.rpm, { now: null, before: null, days: [null, null] });
  assert.deepEqual(kpisOf({ ...report, total: { ...report.total, before: null } }, "USD").clicks.before, null);
});

test("the days before stand on days of their own", () => {
  const report = {
    from: "2026-11-02", before_from: "2026-10-26", before_to: "2026-10-27",
    data: [{ key: "2026-11-02", before: { clicks: 1, gross_clicks: 2 } }, { key: "2026-11-03", before: { clicks: 3, gross_clicks: 4 } }],
  };
  assert.deepEqual(daysBeforeOf(report).days, [{ day: "2026-10-26", net: 1, gross: 2 }, { day: "2026-10-27", net: 3, gross: 4 }]);
  assert.equal(daysBeforeOf({ before_from: null }), null);
});

test("weeks before stand on their first day, also where the first one is cut", () => {
  const row = (key, clicks) => ({ key, before: { clicks, gross_clicks: clicks } });
  const report = { from: "2026-11-04", before_from: "2026-10-21", before_to: "2026-10-31", data: [row("2026-11-02", 1), row("2026-11-09", 2)] };
  assert.deepEqual(daysBeforeOf(report).days.map((each) => [each.day, each.net]), [["2026-10-21", 1], ["2026-10-26", 2]]);
});

test("problems are folded, and their money is summed by currency", () => {
  const problems = [
    { at_risk: [{ currency: "USD", earned_micro: 5 }] },
    { at_risk: [{ currency: "GBP", earned_micro: 9 }, { currency: "USD", earned_micro: 7 }] },
    {},
  ];
  const folded = foldProblems(problems, 2);
  assert.equal(folded.shown.length, 2);
  assert.equal(folded.more, 1);
  assert.deepEqual(folded.at_risk, [{ currency: "USD", earned_micro: 12n }, { currency: "GBP", earned_micro: 9n }]);
});

test("a sparkline spans its box, and an unfinished day stands apart", () => {
  assert.deepEqual(sparkPath([0, 10], { width: 10, height: 12 }), { line: "M0 11L10 1", open: "" });
  assert.deepEqual(sparkPath([0, 10, 5], { width: 10, height: 12, unfinished: true }), { line: "M0 11L5 1", open: "M5 1L10 6" });
  assert.deepEqual(sparkPath([7]), { line: "", open: "" });
  assert.deepEqual(sparkPath([null, null], { width: 10, height: 12 }).line, "M0 11L10 11");
});
