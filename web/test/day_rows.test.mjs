import assert from "node:assert/strict";
import { test } from "node:test";
import { chartRows, kMostPoints, mondayOf, perOf } from "../lib/day_rows.js";
import { addDays } from "../lib/ranges.js";

const sum = (rows, field) => rows.reduce((total, row) => total + row[field], 0);

test("days stay days, missing ones are zero, and those before stand beside them", () => {
  const before = { from: "2026-10-26", to: "2026-10-28", days: [{ day: "2026-10-27", net: 7, gross: 9 }] };
  const rows = chartRows([{ day: "2026-11-03", net: 3, gross: 5 }], "2026-11-02", "2026-11-04", before);
  assert.deepEqual(rows.map((row) => [row.day, row.net, row.gross, row.before]), [["2026-11-02", 0, 0, 0], ["2026-11-03", 3, 5, 7], ["2026-11-04", 0, 0, 0]]);
  assert.equal(chartRows([], "2026-11-02", "2026-11-02")[0].before, null);
});

test("too many days become weeks from Monday on, with the same sums", () => {
  const [from, to] = ["2018-01-03", "2026-11-23"];
  const days = Array.from({ length: 3000 }, (_, n) => ({ day: addDays("2018-06-01", n), net: n % 7, gross: n % 11 }));
  assert.equal(perOf(from, to), "week");
  const rows = chartRows(days, from, to);
  assert.ok(rows.length <= kMostPoints);
  assert.ok(rows[0].last >= "2018-06-01", "weeks before the first request are left out");
  assert.equal(sum(rows, "net"), sum(days, "net"));
  assert.equal(sum(rows, "gross"), sum(days, "gross"));
  for (const row of rows.slice(1)) assert.equal(mondayOf(row.day), row.day);
  assert.equal(rows.at(-1).last, to);
});

test("weeks that come as weeks stay what they are, and so do those before", () => {
  const [from, to] = ["2023-01-04", "2026-11-23"];
  const weeks = (first, last) => {
    const out = [];
    for (let day = first; day <= last; day = addDays(day, 1)) if (day === first || mondayOf(day) === day) out.push({ day, net: out.length, gross: 1000 });
    return out;
  };
  const shift = 1421; // whole weeks: 1420 days and one
  const before = { from: addDays(from, -shift), to: addDays(to, -shift) };
  const rows = chartRows(weeks(from, to), from, to, { ...before, days: weeks(before.from, before.to) });
  assert.equal(rows.length, weeks(from, to).length);
  rows.forEach((row, n) => assert.deepEqual([row.net, row.gross, row.before], [n, 1000, n]));
  assert.equal(rows[0].day, from);
});

test("a week begins on Monday, over months and years", () => {
  assert.equal(mondayOf("2026-11-23"), "2026-11-23");
  assert.equal(mondayOf("2026-11-22"), "2026-11-16");
  assert.equal(mondayOf("2027-01-01"), "2026-12-28");
});
