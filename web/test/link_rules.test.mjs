import assert from "node:assert/strict";
import { test } from "node:test";
import { changedMembers, conditionsOf, daysOfSlices, emptyRule, formToRule, inputOf, linkToForm, localInput, ruleToForm, sharesOf } from "../lib/link_rules.js";

const kRule = {
  name: "Germany", country: ["DE", "AT"], country_not: ["CH"], device: ["mobile"], os: ["ios"], language: ["de"],
  schedule: { weekdays: ["sat", "sun"], hours: "22:00-06:00" }, query: [{ name: "src", equals: "mail" }, { name: "x" }],
  split: [{ destination: "https://a.example/", weight: 70 }, { destination: "https://b.example/", weight: 30 }],
};

test("a rule comes through the form as it was", () => {
  assert.deepEqual(formToRule(ruleToForm(kRule, "UTC")), kRule);
  const plain = { destination: "https://a.example/" };
  assert.deepEqual(formToRule(ruleToForm(plain, "UTC")), plain);
});

test("moments are shown and sent on the site's clocks", () => {
  assert.equal(localInput("2026-12-24T17:00:00.000Z", "Europe/Berlin"), "2026-12-24T18:00");
  assert.equal(localInput("2026-07-01T22:30:00Z", "Europe/Berlin"), "2026-07-02T00:30", "midnight is 00");
  assert.equal(localInput(null, "UTC"), "");
  const form = ruleToForm({ schedule: { from: "2026-12-24T17:00:00Z" }, destination: "https://a.example/" }, "Europe/Berlin");
  assert.deepEqual(formToRule(form).schedule, { from: "2026-12-24T18:00" });
});

test("people write lists as they like", () => {
  const rule = formToRule({ ...emptyRule(), country: "de; at  CH", language: "DE,en", hours: "22:00 – 06:00", query: " a=b=c \n\nd", targets: [{ destination: " https://a.example/ ", weight: "" }] });
  assert.deepEqual(rule, { country: ["DE", "AT", "CH"], language: ["de", "en"], schedule: { hours: "22:00-06:00" }, query: [{ name: "a", equals: "b=c" }, { name: "d" }], destination: "https://a.example/" });
});

test("only what differs is sent, and clearing is a change", () => {
  const link = { slug: "a", destination: "https://a.example/", title: "T", code: 302, click_cap: 5, starts_at: "2026-01-01T00:00:00Z", rules: [kRule], pass_query: ["x"], utm: { source: "blog" } };
  const form = linkToForm(link, "UTC");
  assert.deepEqual(changedMembers(form, form), {});
  assert.deepEqual(changedMembers(form, { ...form, title: "New", click_cap: "", starts_at: "", utm: { ...form.utm, source: "" } }), { title: "New", click_cap: null, starts_at: null, utm: {} });
  assert.deepEqual(changedMembers(form, { ...form, rules: [] }), { rules: [] });
  assert.deepEqual(changedMembers(form, { ...form, click_cap: "many" }), { click_cap: "many" }, "the server says what is wrong");
});

test("a complaint finds its input", () => {
  for (const [field, id] of [
    ["destination", "link-destination"], ["utm.source", "link-utm-source"], ["rules[1].country[0]", "rule-1-country"], ["rules[0].schedule.hours", "rule-0-hours"],
    ["rules[0].schedule.weekdays[2]", "rule-0-weekdays"], ["rules[2].split[1].weight", "rule-2-target-1-weight"], ["rules[2].split[1].destination", "rule-2-target-1-destination"],
    ["rules[0].destination", "rule-0-target-0-destination"], ["rules[0].query[0].name", "rule-0-query"], ["rules", "link-rules"],
  ]) assert.equal(inputOf(field), id, field);
});

test("conditions read as a sentence, weights as shares", () => {
  assert.equal(conditionsOf({}), "Everybody");
  assert.equal(conditionsOf(kRule), "Readers from DE or AT, not from CH, on mobile, with ios, reading de, on sat, sun, between 22:00 and 06:00, with ?src=mail, with ?x");
  assert.deepEqual(sharesOf([{ weight: "2" }, { weight: "" }, { weight: "x" }]), ["50 %", "25 %", "25 %"]);
});

test("slices stand on their day, weeks on their first one that counts", () => {
  const slice = (by, at) => ({ [by]: at, clicks: 2, gross_clicks: 3 });
  assert.deepEqual(daysOfSlices([slice("day", "2026-11-02")], "2026-11-01"), [{ day: "2026-11-02", net: 2, gross: 3 }]);
  assert.deepEqual(daysOfSlices([slice("week", "2026-11-02"), slice("week", "2026-11-09")], "2026-11-04").map((each) => each.day), ["2026-11-04", "2026-11-09"]);
});
