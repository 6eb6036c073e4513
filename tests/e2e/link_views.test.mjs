// Links and merchants in the dashboard, with a real browser, program and database: a link is made, given rules while the
// server looks on, tried out, redirects as it says, is undone, edited with others at once, and printed.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launchBrowser, makeDemo, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { eventually, json, output, phone, request, serve } from "./support.mjs";

let browser;
let folder;
let config;
let site;
let page;
const troubles = [];
// What the server refuses while it is typed: that is what the test brings about.
const allow = (status, url) => status === 422 && url.includes("/api/v1/links");

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = makeDemo(folder);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles, allow });
  await signIn(page, config);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cli = (...args) => json([...args, "--config", config]);
const location = async (path) => (await request(`${site.redirect_url}/go/${path}`, { headers: { "User-Agent": phone } })).headers.location;

test("a link is made and its page reached from the list", async () => {
  await visit(page, site, "#/links");
  await page.getByRole("button", { name: "Add link" }).click();
  await page.getByLabel("Short name").fill("kettle");
  await page.getByLabel("Destination").fill("https://shop.example/kettle");
  await page.getByLabel("Merchant", { exact: true }).fill("Kettle Shop");
  await page.locator("dialog").getByRole("button", { name: "Add link" }).click();
  await page.getByText("Saved kettle.").waitFor();
  await page.getByRole("link", { name: "kettle", exact: true }).click();
  await page.getByRole("heading", { name: "kettle", level: 1 }).waitFor();
  await settled(page);
  assert.deepEqual([...(await ownViolations(page)), ...(await axeViolations(page))], []);
});

test("a rule is checked while it is typed, tried before it is saved, and then redirects", async () => {
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.locator("#rule-0-country").fill("Germany");
  await page.locator("#rule-0-target-0-destination").fill("https://shop.example/de");
  await page.locator("#rule-0-country[aria-invalid=true]").waitFor();
  await page.locator("#rule-0-country-error").getByText("two letters").waitFor();
  assert.deepEqual(cli("link", "show", "kettle").rules, [], "nothing is stored while it is typed");
  await page.locator("#rule-0-country").fill("");
  await page.locator("#rule-0-device").getByLabel("mobile").check();
  await page.getByText("Readers on mobile").waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-invalid=true]"));

  const trial = page.locator("section[aria-labelledby=trial]");
  await trial.getByLabel("Device").selectOption("mobile");
  await trial.getByRole("button", { name: "Try as typed" }).click();
  await trial.getByText("https://shop.example/de", { exact: true }).first().waitFor();
  await trial.getByText("with what is not saved yet").waitFor();
  assert.match(await location("kettle"), /shop\.example\/kettle$/, "readers go where they went");

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Redirects follow at once").waitFor();
  await eventually(async () => (await location("kettle")) === "https://shop.example/de", 5000, "the rule at work");
  assert.deepEqual(cli("link", "show", "kettle").rules, [{ device: ["mobile"], destination: "https://shop.example/de" }]);
  await trial.getByLabel("Device").selectOption("desktop");
  await trial.getByRole("button", { name: "Try it" }).click();
  await trial.locator("code", { hasText: /^https:\/\/shop\.example\/kettle$/ }).waitFor();

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await eventually(async () => (await location("kettle")) === "https://shop.example/kettle", 5000, "the undo");
  await eventually(async () => (await page.locator("section[aria-labelledby=history] tbody tr").count()) === 3, 5000, "added, edited, undone");
  assert.match(await page.locator("section[aria-labelledby=history] tbody tr").nth(1).innerText(), /rules: .* → .*shop\.example\/de/);
});

test("a split shares readers by weight, and what cannot be is said at its field", async () => {
  await visit(page, site, "#/links/detail?slug=kettle");
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.locator("#rule-0-target-0-destination").fill("https://a.example/");
  await page.getByRole("button", { name: "Split: another destination for rule 1" }).click();
  await page.locator("#rule-0-target-1-destination").fill("https://b.example/");
  await page.locator("#rule-0-target-0-weight").fill("3");
  await page.getByText("Weight (75 %)").waitFor();
  await page.locator("#rule-0-target-1-weight").fill("5000");
  await page.locator("#rule-0-target-1-weight-error").getByText("1 to 1000").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForFunction(() => document.activeElement.id === "rule-0-target-1-weight");
  await page.locator("#rule-0-target-1-weight").fill("1");
  await page.locator("summary", { hasText: "Times, cap" }).click();
  await page.locator("#link-click_cap").fill("100");
  await page.locator("#link-code").selectOption("301");
  await page.getByText("Browsers and search engines may keep a 301").waitFor();
  await page.locator("#link-code").selectOption("302");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Redirects follow at once").waitFor();
  const link = cli("link", "show", "kettle");
  assert.deepEqual(link.rules, [{ split: [{ destination: "https://a.example/", weight: 3 }, { destination: "https://b.example/", weight: 1 }] }]);
  assert.deepEqual([link.click_cap, link.code], [100, 302]);
  await page.getByRole("button", { name: "Dismiss" }).click();
});

test("somebody else's change is not undone without a word", async () => {
  await visit(page, site, "#/links/detail?slug=kettle");
  await page.locator("#link-title").waitFor();
  const stale = page.waitForResponse((response) => response.status() === 412);
  output(["link", "edit", "kettle", "--title", "Other", "--config", config]);
  await page.locator("#link-title").fill("Mine");
  await stale;
  await page.getByRole("alert").getByText("The link was changed meanwhile.").waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForFunction(() => document.getElementById("link-title").value === "Other");
  const expected = troubles.splice(0);
  assert(expected.length > 0 && expected.every((each) => each.includes("412")), JSON.stringify(expected));
});

test("the QR code is an image of the link's address", async () => {
  const image = page.locator("section[aria-labelledby=qr] img");
  await image.scrollIntoViewIfNeeded();
  await eventually(() => image.evaluate((each) => each.complete && each.naturalWidth > 0));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download SVG" }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "kettle.svg");
  assert.equal(readFileSync(await file.path(), "utf8"), output(["link", "qr", "kettle", "--config", config]));
  assert.equal(cli("link", "history", "kettle").data.at(-1).what, "Add");
});

test("a look where a link leads is taken and shown", async () => {
  output(["link", "add", "pot", `${site.proxy_url}/merchant/index.html`, "--config", config]);
  await visit(page, site, "#/links/detail?slug=pot");
  await page.getByRole("button", { name: "Look where it leads" }).click();
  const health = await eventually(() => cli("link", "show", "pot").health, 20000, "the look");
  const said = { ok: "Reached", dead: "Dead", failing: "Failing", unsure: "Not sure", unchecked: "Not looked at" }[health.state];
  await page.locator(".link-head").getByText(said).waitFor();
});

test("many links are changed at once, and one press takes it back", async () => {
  await visit(page, site, "#/links?q=awin");
  const before_links = cli("link", "list", "--all").data;
  const shown = await page.locator("tbody tr").count();
  await page.getByLabel(`All ${shown} shown`).check();
  await page.getByRole("button", { name: `Change ${shown} links` }).click();
  await page.getByText(`Changed ${shown} links.`).waitFor();
  const disabled = cli("link", "list", "--all").data.filter((link) => link.state === "disabled");
  assert.equal(disabled.length, shown);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText(`${shown} links as before.`).waitFor();
  const states = (links) => links.map((link) => [link.slug, link.state]);
  assert.deepEqual(states(cli("link", "list", "--all").data), states(before_links));
});

test("merchants, networks and programmes say what the command line says", async () => {
  for (const by of ["merchant", "network", "programme"]) {
    await visit(page, site, `#/merchants?by=${by}`);
    const told = cli("report", "by", by, "--compare", "previous");
    const section = page.locator("section.panel").first();
    const lines = told.data.flatMap((row) => (row.money.length > 0 ? row.money.map((line) => ({ row, line })) : [{ row, line: null }]));
    assert.equal(await section.locator("tbody tr").count(), lines.length, by);
    const earned = (await section.locator("tbody td[data-label=Earned] .money").allInnerTexts()).map((text) => Number(text.replace(/[^\d.]/g, "")));
    assert.deepEqual(earned.toSorted((a, b) => a - b), lines.filter(({ line }) => line).map(({ line }) => line.earned_micro / 1e6).toSorted((a, b) => a - b), by);
  }
  const awin = page.locator("section[aria-labelledby=networks] tbody tr", { hasText: "Awin" });
  assert.match(await awin.innerText(), /30 days/);
  const amazon = page.locator("section[aria-labelledby=networks] tbody tr", { hasText: "Amazon" });
  assert.match(await amazon.innerText(), /nourforkblend-20/);
});

test("on a phone a link is edited all the same, and nothing broke a promise", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, site, "#/links/detail?slug=kettle");
  await page.locator("#link-merchant").fill("Phone Shop");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Redirects follow at once").waitFor();
  assert.equal(cli("link", "show", "kettle").merchant, "Phone Shop");
  assert.deepEqual(await ownViolations(page), []);
  assert.deepEqual(troubles, []);
});
