import assert from "node:assert/strict";
import { test } from "node:test";
import { dropView, keepView, listViews } from "../lib/saved_views.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), kept };
}

test("a view is kept under its name, and replaced by one of the same name", () => {
  const here = storage();
  assert.deepEqual(listViews(here), []);
  assert.ok(keepView({ name: "week 10", hash: "#/articles?range=7d" }, here));
  keepView({ name: "Week 9", hash: "#/links" }, here);
  keepView({ name: "week 10", hash: "#/articles?range=28d" }, here);
  assert.deepEqual(listViews(here), [{ name: "Week 9", hash: "#/links" }, { name: "week 10", hash: "#/articles?range=28d" }]);
  dropView("Week 9", here);
  assert.equal(listViews(here).length, 1);
});

test("what is not ours, or leads elsewhere, is no view", () => {
  const here = storage();
  for (const text of ["nonsense", "{}", '[{"name":"x","hash":"javascript:alert(1)"},{"hash":"#/links"},null]']) {
    here.setItem("candor.views", text);
    assert.deepEqual(listViews(here), []);
  }
});

test("a browser that keeps nothing says so", () => {
  const full = { getItem: () => null, setItem: () => { throw new Error("full"); } };
  assert.equal(keepView({ name: "a", hash: "#/links" }, full), false);
});
