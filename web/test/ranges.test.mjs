import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, countDays, dayAt, daysBefore, fillDays, isDay, listDays, neighbour, readComparison, readRange } from "../lib/ranges.js";

test("the day is the site's day", () => {
  const now = Date.parse("2026-11-22T23:30:00Z");
  assert.equal(dayAt(now, "Europe/Berlin"), "2026-11-23");
  assert.equal(dayAt(now, "America/New_York"), "2026-11-22");
  assert.equal(dayAt(now, "Mars/Olympus"), "2026-11-22");
});

test("days go on over months, leap days and clock changes", () => {
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  assert.equal(addDays("2026-03-28", 2), "2026-03-30");
  assert.equal(countDays("2026-03-28", "2026-03-30"), 3);
  assert.deepEqual(listDays("2026-12-31", "2027-01-01"), ["2026-12-31", "2027-01-01"]);
});

test("a day that does not exist is none", () => {
  assert.ok(isDay("2028-02-29"));
  for (const bad of ["2026-02-29", "2026-13-01", "26-1-1", "", undefined]) assert.ok(!isDay(bad));
});

test("presets end today and 28 days are the default", () => {
  assert.deepEqual(readRange({}, "2026-11-23"), { preset: "28d", from: "2026-10-27", to: "2026-11-23", error: "" });
  assert.equal(readRange({ range: "today" }, "2026-11-23").from, "2026-11-23");
  assert.equal(readRange({ range: "7d" }, "2026-11-23").from, "2026-11-17");
  assert.equal(readRange({ range: "nonsense" }, "2026-11-23").preset, "28d");
});

test("a custom range that makes no sense says why and shows the default", () => {
  const good = readRange({ from: "2026-01-01", to: "2026-01-31" }, "2026-11-23");
  assert.deepEqual(good, { preset: "custom", from: "2026-01-01", to: "2026-01-31", error: "" });
  const turned = readRange({ from: "2026-02-01", to: "2026-01-31" }, "2026-11-23");
  assert.match(turned.error, /after the last/);
  assert.equal(turned.to, "2026-11-23");
  assert.notEqual(readRange({ from: "x" }, "2026-11-23").error, "");
});

test("days without clicks are zero, and the sums stay", () => {
  const days = fillDays([{ day: "2026-11-02", net: 3, gross: 5 }], "2026-11-01", "2026-11-03");
  assert.deepEqual(days.map((each) => each.net), [0, 3, 0]);
  assert.equal(days.reduce((sum, each) => sum + each.gross, 0), 5);
});

test("months, quarters and years begin where the calendar has them begin", () => {
  const days = (range, today = "2026-11-23") => {
    const { from, to } = readRange({ range }, today);
    return [from, to];
  };
  assert.deepEqual(days("yesterday"), ["2026-11-22", "2026-11-22"]);
  assert.deepEqual(days("month"), ["2026-11-01", "2026-11-23"]);
  assert.deepEqual(days("last-month"), ["2026-10-01", "2026-10-31"]);
  assert.deepEqual(days("last-month", "2028-03-31"), ["2028-02-01", "2028-02-29"]);
  assert.deepEqual(days("last-month", "2027-01-05"), ["2026-12-01", "2026-12-31"]);
  assert.deepEqual(days("quarter"), ["2026-10-01", "2026-11-23"]);
  assert.deepEqual(days("year"), ["2026-01-01", "2026-11-23"]);
  assert.deepEqual(days("last-year"), ["2025-01-01", "2025-12-31"]);
  assert.equal(countDays(...days("all")), 3660);
});

test("the days compared with keep their weekdays", () => {
  const weekday = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();
  for (const [from, to] of [["2026-10-27", "2026-11-23"], ["2026-11-23", "2026-11-23"], ["2026-10-01", "2026-10-31"]])
    for (const compare of ["previous", "year"]) {
      const before = daysBefore(from, to, compare);
      assert.equal(weekday(before.from), weekday(from));
      assert.equal(countDays(before.from, before.to), countDays(from, to));
      assert.ok(before.to < from);
    }
  assert.equal(daysBefore("2026-11-01", "2026-11-02", "none"), null);
  assert.equal(readComparison({}), "previous");
  assert.equal(readComparison({ compare: "year" }), "year");
  assert.equal(readComparison({ compare: "moon" }), "previous");
});

test("the stretch before and after, by days or by whole months, and never in the future", () => {
  const today = "2026-11-23";
  assert.deepEqual(neighbour({ from: "2026-11-17", to: "2026-11-23" }, -1, today), { from: "2026-11-10", to: "2026-11-16" });
  assert.deepEqual(neighbour({ from: "2026-11-10", to: "2026-11-16" }, 1, today), { from: "2026-11-17", to: "2026-11-23" });
  assert.equal(neighbour({ from: "2026-11-17", to: "2026-11-23" }, 1, today), null);
  assert.deepEqual(neighbour({ from: "2026-11-01", to: "2026-11-23", preset: "month" }, -1, today), { from: "2026-10-01", to: "2026-10-31" });
  assert.deepEqual(neighbour({ from: "2026-10-01", to: "2026-10-31" }, 1, today), { from: "2026-11-01", to: "2026-11-23" });
  assert.deepEqual(neighbour({ from: "2026-03-01", to: "2026-03-31" }, -1, today), { from: "2026-02-01", to: "2026-02-28" });
});
