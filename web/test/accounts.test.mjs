import assert from "node:assert/strict";
import { test } from "node:test";
import { changesText, inFours } from "../lib/accounts.js";

test("a key is read in fours", () => {
  assert.equal(inFours("ABCDEFGHIJ"), "ABCD EFGH IJ");
  assert.equal(inFours("ABCD"), "ABCD");
});

test("changes are told as from and to", () => {
  assert.equal(changesText({ title: { from: "", to: "Kettle" }, click_cap: { from: null, to: 5 } }), "title: nothing → Kettle; click_cap: nothing → 5");
  assert.equal(changesText(null), "");
});
