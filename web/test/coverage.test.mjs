import assert from "node:assert/strict";
import { test } from "node:test";
import { coverageOf, stack, thinDays, tomlOf } from "../lib/coverage.js";
import { countChanges, parseDiff } from "../lib/diff.js";

const kCounts = { pass: 6, warn: 1, indeterminate: 1, fail: 2, "not-applicable": 9, unknown: 3 };

test("coverage is of articles with paid links only", () => {
  assert.deepEqual(coverageOf(kCounts), { disclosed: 7, paid: 10 });
});

test("a day's states stand on each other, and fill no more than there is", () => {
  const stacked = stack(kCounts, 20);
  assert.deepEqual(stacked.map(({ state, from, size }) => [state, from, size]), [["pass", 0, 30], ["warn", 30, 5], ["indeterminate", 35, 5], ["fail", 40, 10]]);
  assert.deepEqual(stack({ ...kCounts, pass: 0, warn: 0, indeterminate: 0, fail: 0 }, 0), []);
});

test("long ranges are thinned, and keep their last day", () => {
  const days = Array.from({ length: 100 }, (_, n) => n);
  const thin = thinDays(days, 30);
  assert.ok(thin.length <= 30);
  assert.equal(thin.at(-1), 99);
  assert.deepEqual(thinDays(days, 100), days);
});

test("own texts become lines of candor.toml", () => {
  assert.equal(tomlOf("en-GB", { top: 'We earn a "commission".', label: "", footer: "x\ny" }), '[disclosure.texts.en-GB]\ntop = "We earn a \\"commission\\"."\nfooter = "x\\ny"\n');
  assert.equal(tomlOf("de", { top: "" }), "");
});

test("a unified diff is read line by line, with its numbers", () => {
  const lines = parseDiff("--- a/x\n+++ b/x\n@@ -3,3 +3,4 @@\n same\n-out\n+in\n+--- not a header\n last\n\\ No newline at end of file\n@@ -9 +10 @@\n-a\n+b\n");
  assert.deepEqual(lines.map(({ kind, before, after }) => [kind, before, after]), [
    ["hunk", null, null], ["same", 3, 3], ["out", 4, null], ["in", null, 4], ["in", null, 5], ["same", 5, 6], ["hunk", null, null], ["out", 9, null], ["in", null, 10],
  ]);
  assert.equal(lines[4].text, "--- not a header");
  assert.deepEqual(countChanges(lines), { out: 2, in: 3 });
  assert.deepEqual(parseDiff(""), []);
});
