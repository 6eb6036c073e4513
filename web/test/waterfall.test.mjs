import assert from "node:assert/strict";
import { test } from "node:test";
import { checksOf, rulesOf, waterfall } from "../lib/waterfall.js";

const kRows = [
  { verdict: "human", clicks: 70, gross_clicks: 70 },
  { verdict: "bot", clicks: 0, gross_clicks: 20 },
  { verdict: "head", clicks: 0, gross_clicks: 4 },
  { verdict: "repeat", clicks: 0, gross_clicks: 6 },
];

test("the steps lead from all requests to the clicks that count", () => {
  const flow = waterfall(kRows, { clicks: 70, gross_clicks: 100 });
  assert.deepEqual(flow.steps.map(({ verdict, count, before }) => [verdict, count, before]), [["head", 4, 100], ["bot", 20, 96], ["repeat", 6, 76]]);
  assert.equal(flow.gross, 100);
  assert.equal(flow.net, 70);
  assert.equal(flow.adds, true);
  assert.equal(flow.gross - flow.steps.reduce((sum, step) => sum + step.count, 0), flow.net);
});

test("a sum that does not add up is told, not hidden", () => {
  assert.equal(waterfall(kRows, { clicks: 71, gross_clicks: 100 }).adds, false);
});

test("a verdict nobody here knows has its own step", () => {
  const flow = waterfall([...kRows, { verdict: "martian", gross_clicks: 3 }], { clicks: 70, gross_clicks: 103 });
  assert.equal(flow.steps.at(-1).label, "martian");
  assert.equal(flow.adds, true);
  assert.deepEqual(waterfall([], { clicks: 0, gross_clicks: 0 }), { gross: 0, net: 0, steps: [], adds: true });
});

test("rules come with the most first, and the rest in one line with its sum", () => {
  const rows = [{ reason: "b", gross_clicks: 2 }, { reason: "a", gross_clicks: 2 }, { reason: "", gross_clicks: 9 }, { reason: "c", gross_clicks: 1 }];
  assert.deepEqual(rulesOf(rows, 2), [{ reason: "not said", given: "", count: 9 }, { reason: "a", given: "a", count: 2 }, { reason: "2 other rules", given: "", count: 3 }]);
  assert.equal(rulesOf(rows).reduce((sum, each) => sum + each.count, 0), 14);
});

test("a click passes the checks before the one it fails", () => {
  const results = (verdict) => Object.fromEntries(checksOf(verdict).map((check) => [check.verdict, check.result]));
  assert.equal(results("human").repeat, "passed");
  assert.equal(results("bot").prefetch, "passed");
  assert.equal(results("bot").bot, "failed");
  assert.equal(results("bot").repeat, "not reached");
});
