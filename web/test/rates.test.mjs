import assert from "node:assert/strict";
import { test } from "node:test";
import { earnedChange, formatChange, formatShare, formatWindow, moneyRows } from "../lib/rates.js";

const en = { locale: "en-GB" };

test("shares, changes and windows as people read them", () => {
  assert.equal(formatShare(63613, en), "6.36%");
  assert.equal(formatShare(0, en), "0%");
  assert.equal(formatShare(null), "–", "not known is not 0");
  assert.deepEqual([182000, -50000, 0].map((ppm) => formatChange(ppm, en)), ["+18.2%", "-5%", "0%"]);
  assert.equal(formatChange(undefined), "–");
  assert.deepEqual([24, 48, 720, 1440, 0].map(formatWindow), ["24 hours", "48 hours", "30 days", "60 days", "–"]);
});

test("a row for each currency, and one for clicks without money", () => {
  const rows = moneyRows([{ key: "a", money: [{ currency: "GBP" }, { currency: "USD" }] }, { key: "b", money: [] }]);
  assert.deepEqual(rows.map((each) => [each.key, each.line?.currency]), [["a GBP", "GBP"], ["a USD", "USD"], ["b", undefined]]);
});

test("what is earned is compared currency by currency", () => {
  const row = { change: { earned: [{ currency: "USD", change_ppm: 5 }] } };
  assert.equal(earnedChange(row, "USD"), 5);
  assert.equal(earnedChange(row, "GBP"), null);
  assert.equal(earnedChange({ change: null }, "USD"), null);
});
