import assert from "node:assert/strict";
import { test } from "node:test";
import { createShortcuts, setShortcuts, shortcutsOn } from "../lib/keys.js";

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
