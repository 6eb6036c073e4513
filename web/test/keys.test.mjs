import assert from "node:assert/strict";
import { test } from "node:test";
import { changedParams, createShortcuts, kShortcuts, setShortcuts, shortcutsOn } from "../lib/keys.js";

test("two keys in a row are one shortcut, if they come together", () => {
  const shortcuts = createShortcuts();
  assert.equal(shortcuts.press("g", 0), null);
  assert.equal(shortcuts.press("a", 300).path, "/articles");
  assert.equal(shortcuts.press("g", 1000), null);
  assert.equal(shortcuts.press("a", 9000), null);
});

test("a wrong second key starts anew", () => {
  const shortcuts = createShortcuts();
  shortcuts.press("g", 0);
  assert.equal(shortcuts.press("?", 100).action, "help");
  shortcuts.press("g", 200);
  shortcuts.press("x", 250);
  assert.equal(shortcuts.press("/", 300).action, "filter");
});

test("shortcuts can be switched off, and storage that refuses is no harm", () => {
  const kept = new Map();
  const storage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) };
  assert.ok(shortcutsOn(storage));
  setShortcuts(false, storage);
  assert.ok(!shortcutsOn(storage));
  setShortcuts(true, storage);
  assert.ok(shortcutsOn(storage));
  assert.ok(shortcutsOn({ getItem: () => { throw new Error("denied"); } }));
});

test("keys change the days, the comparison and the filters in the address", () => {
  const of = (key) => kShortcuts.find((each) => each.keys.length === 1 && each.keys[0] === key);
  const change = (key, params) => JSON.parse(JSON.stringify(changedParams(of(key), params, "2026-11-23")));
  assert.deepEqual(change("w", { q: "oats" }), { q: "oats", range: "7d" });
  assert.deepEqual(change("m", { range: "7d", from: "2026-01-01" }), {});
  assert.deepEqual(change("[", { range: "7d" }), { from: "2026-11-10", to: "2026-11-16" });
  assert.equal(change("]", { range: "7d" }), null);
  assert.deepEqual(change("c", {}), { compare: "year" });
  assert.deepEqual(change("c", { compare: "year" }), { compare: "none" });
  assert.deepEqual(change("c", { compare: "none" }), {});
  assert.deepEqual(change("x", { q: "oats", merchant: "Fjord", path: "/a", range: "7d", sort: "-clicks" }), { path: "/a", range: "7d", sort: "-clicks" });
});

test("no two shortcuts are typed alike, and none hides another", () => {
  const texts = kShortcuts.map((each) => each.keys.join(" "));
  assert.equal(new Set(texts).size, texts.length);
  for (const text of texts) assert.ok(!texts.some((other) => other !== text && other.startsWith(`${text} `)), text);
});
