import assert from "node:assert/strict";
import { test } from "node:test";
import { changePercent, changeText, disclosureOf, formatCount, formatDay, formatSpan, formatTime, networkName, plural, safeUrl } from "../lib/format.js";

test("counts have their noun in the right number", () => {
  assert.equal(plural(1, "click"), "1 click");
  assert.equal(plural(1200, "click", undefined, "en-US"), "1,200 clicks");
  assert.equal(formatCount(null), "–");
});

test("times are the site's, not the browser's", () => {
  const at = "2026-03-29T00:30:00Z";
  assert.match(formatTime(at, "Europe/Berlin", { locale: "en-GB" }), /29 Mar.*01:30/);
  assert.match(formatTime("2026-03-29T01:30:00Z", "Europe/Berlin", { locale: "en-GB" }), /03:30/);
  assert.match(formatTime(at, "America/New_York", { locale: "en-GB" }), /28 Mar.*20:30/);
});

test("a zone that is not known falls back to UTC, a broken time shows itself", () => {
  assert.match(formatTime("2026-01-01T10:00:00Z", "Mars/Olympus", { locale: "en-GB" }), /10:00/);
  assert.equal(formatTime("soon", "UTC"), "soon");
  assert.equal(formatTime(null, "UTC"), "–");
});

test("days are themselves in every zone", () => {
  assert.equal(formatDay("2026-11-03", { locale: "en-GB" }), "3 Nov 2026");
  assert.equal(formatDay("nonsense"), "nonsense");
});

test("spans read as people say them", () => {
  assert.equal(formatSpan(0, 12000), "12 s");
  assert.equal(formatSpan(0, 750000), "13 min");
  assert.equal(formatSpan(0, 4320000), "1 h 12 min");
  assert.equal(formatSpan(0, 200 * 3600e3), "8 d 8 h");
});

test("only http and https addresses become links", () => {
  assert.equal(safeUrl("https://shop.example/a?b"), "https://shop.example/a?b");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "//shop.example", "", undefined])
    assert.equal(safeUrl(bad), undefined);
});

test("what could not be judged is never called a pass", () => {
  assert.equal(disclosureOf("indeterminate").tone, "warn");
  assert.equal(disclosureOf("pass").tone, "ok");
  assert.equal(disclosureOf("").label, "Never checked");
  assert.equal(disclosureOf("something-new").label, "something-new");
});

test("networks have the names people write", () => {
  assert.equal(networkName("shareasale"), "ShareASale");
  assert.equal(networkName("unheard"), "unheard");
  assert.equal(networkName(""), "None");
});

test("a change is said against what was before, and not where nothing was", () => {
  assert.equal(changePercent(112, 100, "en"), "+12%");
  assert.equal(changePercent(97, 100, "en"), "-3%");
  assert.equal(changePercent(5, 0, "en"), "");
  assert.equal(changeText(112, 100, "en"), "up 12% from");
  assert.equal(changeText(97, 100, "en"), "down 3% from");
  assert.equal(changeText(4, 4, "en"), "as many as");
  assert.equal(changeText(4, 0, "en"), "after");
});
