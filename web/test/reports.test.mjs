import assert from "node:assert/strict";
import { test } from "node:test";
import { below, chartStep, chips, currenciesOfReport, filtersOf, formatChange, formatShare, kDimensions, moneyOf } from "../lib/reports.js";

const range = { from: "2026-10-27", to: "2026-11-23" };
const down = (by, key, params = {}) => JSON.parse(JSON.stringify(below(by, key, params, range)));

test("the way down: network, merchant, article, link, clicks, each narrowing what is below", () => {
  assert.deepEqual(down("network", "awin", { range: "7d", sort: "-clicks" }), { path: "/reports", params: { by: "merchant", network: "awin", range: "7d" } });
  assert.deepEqual(down("merchant", "A & B", { network: "awin" }).params, { by: "article", merchant: "A & B", network: "awin" });
  assert.deepEqual(down("article", "/x/", { merchant: "M", by: "article" }).params, { by: "link", article: "/x/", merchant: "M" });
  assert.deepEqual(down("link", "kettle", { article: "/x/", merchant: "M", range: "7d" }), { path: "/clicks", params: { link: "kettle", article: "/x/", range: "7d" } });
  assert.equal(down("country", "DE"), null);
  assert.equal(down("link", "(unknown)"), null);
});

test("a day, week or month leads to its articles, within the days shown", () => {
  assert.deepEqual(down("day", "2026-11-02", { range: "28d" }).params, { by: "article", from: "2026-11-02", to: "2026-11-02" });
  assert.deepEqual(down("week", "2026-10-26").params, { by: "article", from: "2026-10-27", to: "2026-11-01" });
  assert.deepEqual(down("month", "2026-11").params, { by: "article", from: "2026-11-01", to: "2026-11-23" });
});

test("a filter can be taken off again", () => {
  const params = { by: "link", merchant: "M", article: "/x/", q: "z" };
  assert.deepEqual(filtersOf(params), { merchant: "M", article: "/x/" });
  const [merchant] = chips(params);
  assert.deepEqual(JSON.parse(JSON.stringify(merchant)), { name: "merchant", value: "M", without: { by: "link", article: "/x/", q: "z" } });
});

test("currencies: the main one first; shares and changes as people write them", () => {
  const report = { main_currency: "GBP", total: { money: [{ currency: "EUR" }, { currency: "GBP" }] }, unattributed: { money: [{ currency: "USD" }] } };
  assert.deepEqual(currenciesOfReport(report), ["GBP", "EUR", "USD"]);
  assert.equal(moneyOf(report.total, "EUR").currency, "EUR");
  assert.equal(moneyOf(undefined, "EUR"), undefined);
  assert.equal(formatShare(123_456, "en"), "12.3%");
  assert.equal(formatShare(null), "–");
  assert.equal(formatChange(-50_000, "en"), "-5%");
  assert.equal(formatChange(50_000, "en"), "+5%");
  assert.equal(formatChange(null), "");
});

test("no chart asks for 750 points", () => {
  assert.equal(chartStep(740), "day");
  assert.equal(chartStep(3660), "week");
  assert.equal(new Set(kDimensions.map((each) => each.id)).size, kDimensions.length);
});
