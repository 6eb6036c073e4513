import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, examplesOf, formOf, missingOf, nameOf, statusesOf } from "../lib/mapping.js";

const guess = {
  header: ["Sale date", "Fee", "State"],
  examples: [["2026-03-01", "1.50", "open"], ["", "2.00", "open"], ["2026-03-02", "", "ok"]],
  mapping: { currency: null, zone: "UTC", dates: null },
  meanings: [{ meaning: "date", column: "Sale date" }, { meaning: "commission", column: "Fee" }, { meaning: "status", column: null }],
};

test("the guess is the form's beginning, and what is chosen is sent", () => {
  const form = formOf(guess, "Röst & Co 2026.csv");
  assert.equal(form.name, "rost-co-2026");
  const body = bodyOf({ ...form, columns: { ...form.columns, status: "State" }, currency: "eur", statuses: "Open = pending\n\nok=approved" }, guess);
  assert.deepEqual(body, { network: "rost-co-2026", header: guess.header, columns: { date: "Sale date", commission: "Fee", status: "State" }, currency: "EUR", zone: "UTC", dates: null, statuses: { open: "pending", ok: "approved" } });
});

test("what is missing is told before it is sent", () => {
  const form = formOf(guess, "a.csv");
  assert.deepEqual(Object.keys(missingOf(form)), ["currency"]);
  assert.deepEqual(Object.keys(missingOf({ ...form, columns: {}, name: " " })), ["columns.date", "columns.commission", "currency", "name"]);
  assert.deepEqual(missingOf({ ...form, columns: { ...form.columns, currency: "State" } }), {});
});

test("names, statuses and examples", () => {
  assert.equal(nameOf("--A  b__c.CSV"), "a-b-c");
  assert.equal(nameOf(`${"x".repeat(39)}-y.csv`), "x".repeat(39));
  assert.deepEqual(statusesOf("a=b=c\nd"), { a: "b", d: "" });
  assert.equal(examplesOf(guess, "Sale date"), "2026-03-01 · 2026-03-02");
  assert.equal(examplesOf(guess, "nothing"), "");
});
