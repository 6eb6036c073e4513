import assert from "node:assert/strict";
import { test } from "node:test";
import { formatHash, keepRange, parseHash, routeOfHref } from "../lib/state.js";

test("an address says its view and its parameters", () => {
  assert.deepEqual(parseHash("#/articles?range=7d&q=red%20lentil"), { path: "/articles", params: { range: "7d", q: "red lentil" } });
  assert.deepEqual(parseHash(""), { path: "/", params: {} });
  assert.deepEqual(parseHash("#links"), { path: "/links", params: {} });
});

test("formatting and parsing are each other's inverse", () => {
  const params = { path: "/über?a=b&c", q: "50 % + more" };
  assert.deepEqual(parseHash(formatHash("/articles/detail", params)), { path: "/articles/detail", params });
});

test("empty values are not in the address", () => {
  assert.equal(formatHash("/clicks", { all: "", why: undefined, before: null }), "#/clicks");
});

test("a broken escape does not lose the page", () => {
  assert.equal(parseHash("#/articles?q=%E0%A4").path, "/articles");
});

test("only the range and its comparison travel between views", () => {
  assert.deepEqual(keepRange({ range: "7d", q: "x", sort: "y", compare: "year" }), { range: "7d", from: undefined, to: undefined, compare: "year" });
});

test("problems lead into the dashboard and nowhere else", () => {
  assert.equal(routeOfHref("#/jobs"), "#/jobs");
  assert.equal(routeOfHref("/#/jobs"), "#/jobs");
  assert.equal(routeOfHref("/links"), "#/links");
  for (const bad of ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)", "", undefined])
    assert.equal(routeOfHref(bad), undefined);
});
