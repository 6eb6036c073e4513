// The money around an article's changes, line by line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { revisionLines } from "../lib/revisions.js";

const side = (views, ...money) => ({ views, money: money.map(([currency, earned_micro, rpm_micro]) => ({ currency, earned_micro, rpm_micro })) });

test("each change has a line for each currency of either side", () => {
  const lines = revisionLines({ data: [{ day: "2026-11-01", before: side(100, ["USD", 5, 50]), after: side(null, ["EUR", 7, null]) }] });
  assert.deepEqual(lines.map((line) => line.currency), ["EUR", "USD"]);
  assert.deepEqual(lines[0].before, { earned_micro: 0, rpm_micro: 0 });
  assert.deepEqual(lines[0].after, { earned_micro: 7, rpm_micro: null });
  assert.deepEqual(lines[1].after, { earned_micro: 0, rpm_micro: null }, "views that are not known make no 0");
});

test("a change without money has one line and no currency", () => {
  const [line] = revisionLines({ data: [{ day: "2026-11-01", before: side(0), after: side(null) }] });
  assert.equal(line.currency, "");
});
