import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf, revisionMarks, revisionText } from "../lib/annotations.js";

test("a remark stands at its first day that is shown", () => {
  const all = [
    { from: "2026-11-02", to: "2026-11-02", text: "theme" },
    { from: "2026-10-20", to: "2026-11-05", text: "sale" },
    { from: "2026-12-01", to: "2026-12-01", text: "later" },
  ];
  const marks = marksOf(all, "2026-11-01", "2026-11-30");
  assert.deepEqual(marks.map(({ day }) => day), ["2026-11-02", "2026-11-01"]);
  assert.equal(marks[0].label, "theme");
  assert.match(marks[1].label, /^sale \(.*20.* to .*5.*\)$/);
});

test("a revision says what changed", () => {
  const revision = (more) => ({ day: "2026-11-02", title: "a", verdict: "fail", finding_count: 2, links_added: 0, links_removed: 0, ...more });
  const first = revision({});
  assert.equal(revisionText(first, undefined), "First seen");
  assert.equal(revisionText(revision({ verdict: "pass", links_added: 2, links_removed: 1 }), first), "Page changed: disclosure fail → pass, 2 links in, 1 link out");
  assert.equal(revisionText(revision({ title: "b" }), first), "Page changed: new title");
  assert.equal(revisionText(revision({ finding_count: 1 }), first), "Page changed: findings 2 → 1");
  assert.deepEqual(revisionMarks([first, revision({ day: "2026-11-09", verdict: "pass" })], "2026-11-05", "2026-11-30").map(({ day }) => day), ["2026-11-09"]);
});
