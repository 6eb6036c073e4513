import assert from "node:assert/strict";
import { test } from "node:test";
import { formOf, sectionsOf } from "../lib/site_settings.js";

const file = {
  version: "1", restart: [],
  site: { name: "Kettles", hosts: ["www.kettles.example", "kettles.test"] },
  privacy: { visitors: "on", beacon: "off", click_token: "consent" },
  retention: { raw_click_days: 7 },
  mail: { to: [], from: "", digests: ["daily"], alerts: true },
  links: { check: false },
  backup: { keep: 3 },
};

test("what the file says comes back as it was", () => {
  const { version, restart, ...sections } = file;
  assert.deepEqual(sectionsOf(formOf(file)), sections);
});

test("lists are typed with commas, and what is no number is left for the server to refuse", () => {
  const form = { ...formOf(file), "mail.to": " anna@site.example ,, bo@site.example", "backup.keep": "many", "site.name": " Pans " };
  const sections = sectionsOf(form);
  assert.deepEqual(sections.mail.to, ["anna@site.example", "bo@site.example"]);
  assert.equal(sections.backup.keep, "many");
  assert.equal(sections.site.name, "Pans");
});
