// What all views have in common: days and comparison in the address, Back, keys, kept views, colours, a chart for keys and
// ears. With the demo site's data through the real binary.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser, makeDemo, openPage, settled, signIn, visit } from "./dashboard.mjs";
import { serve } from "./support.mjs";

let browser;
let folder;
let site;
let page;
const troubles = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  const config = makeDemo(folder);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles });
  await signIn(page, config);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const address = () => new URL(page.url()).hash;
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const rangeOf = (hash) => new URLSearchParams(hash.split("?")[1] ?? "");

test("28 days at first; presets, own days and the days before stand in the address, and Back goes back", async () => {
  await visit(page, site, "#/articles");
  assert.equal(await page.locator('.segments [aria-current="true"]').innerText(), "28 days");
  await page.getByRole("link", { name: "7 days" }).click();
  await page.waitForURL(/#\/articles\?range=7d$/);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("link", { name: "Last month" }).click();
  await page.waitForURL(/range=last-month$/);
  assert.equal(await page.locator("#range-more").innerText(), "Last month");
  await page.getByRole("link", { name: /^The days before/ }).click();
  await page.waitForURL(/from=\d{4}-\d\d-01&to=/);
  const { from, to } = Object.fromEntries(rangeOf(address()));
  assert.equal(new Date(`${from}T00:00:00Z`).getUTCMonth(), new Date(`${to}T00:00:00Z`).getUTCMonth(), "a whole month before a month");
  await page.locator("#range-more").click();
  await page.locator("input[name=from]").fill("2026-01-05");
  await page.locator("input[name=to]").fill("2026-01-11");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/from=2026-01-05&to=2026-01-11/);
  await page.goBack();
  await page.goBack();
  await page.waitForURL(/range=last-month$/);
  await settled(page);
  await page.reload();
  await settled(page);
  assert.equal(await page.locator("#range-more").innerText(), "Last month", "the address is all there is to know");
  await page.locator("nav.places a, #places a").filter({ hasText: "Overview" }).first().click();
  await page.waitForURL(/#\/overview\?range=last-month$/);
});

test("single keys choose views, days and help, and can be switched off", async () => {
  await visit(page, site, "#/overview");
  await press("g", "a");
  await page.waitForURL(/#\/articles$/);
  await page.waitForFunction(() => document.activeElement.id === "page-title");
  await press("w");
  await page.waitForURL(/range=7d/);
  await press("[");
  await page.waitForURL(/from=/);
  await press("y");
  await page.waitForURL(/range=year/);
  await press("m");
  await page.waitForURL(/#\/articles$/);
  await settled(page);
  await press("/");
  await page.keyboard.type("oats");
  await page.waitForURL(/q=oats/);
  assert.equal(address().includes("range"), false, "letters typed into a field are letters");
  await page.evaluate(() => document.activeElement.blur());
  await press("x");
  await page.waitForURL(/#\/articles$/);
  await press("?");
  const help = page.locator("dialog[open]");
  await help.waitFor();
  assert.match(await help.innerText(), /Compare/);
  await press("Escape");
  await help.waitFor({ state: "detached" });

  await visit(page, site, "#/settings");
  await page.getByLabel("Shortcuts of single keys").uncheck();
  await page.evaluate(() => document.activeElement.blur());
  await press("g", "l");
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(address(), "#/settings");
  await page.getByLabel("Shortcuts of single keys").check();
});

test("a view is kept under a name, and taken away with an undo", async () => {
  await visit(page, site, "#/articles?range=91d&sort=-clicks");
  await page.getByRole("button", { name: "Save this view" }).click();
  await page.getByLabel("Name").fill("Quarter's best");
  await press("Enter");
  const kept = page.getByRole("link", { name: "Quarter's best" });
  await kept.waitFor();
  await visit(page, site, "#/links");
  await page.reload();
  await settled(page);
  await kept.click();
  await page.waitForURL(/#\/articles\?range=91d&sort=-clicks$/);
  await page.getByRole("button", { name: "Remove the view Quarter's best" }).click();
  await kept.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await kept.waitFor();
});

test("light and dark follow the system until told otherwise", async () => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground();
  assert.notEqual(dark, light);
  await visit(page, site, "#/settings");
  await page.getByLabel("Colours").selectOption("light");
  assert.equal(await ground(), light);
  await page.reload();
  await settled(page);
  assert.equal(await ground(), light, "remembered");
  await page.getByLabel("Colours").selectOption("");
  assert.equal(await ground(), dark);
  await page.emulateMedia({ colorScheme: "light" });
});

test("a chart is read with the arrow keys, and never by colour alone", async () => {
  await visit(page, site, "#/overview");
  const chart = page.locator("figure.chart").first();
  await chart.locator("canvas").first().waitFor({ state: "attached" });
  await chart.locator(".chart-focus").focus();
  const read = () => chart.locator(".chart-readout").innerText();
  const last = await read();
  assert.match(last, /so far: Human clicks [\d,]+, All requests [\d,]+/);
  await press("ArrowLeft");
  const before_last = await read();
  assert.notEqual(before_last, last);
  await press("Home");
  const first = await read();
  const cells = (row) => row.locator("th, td").allTextContents();
  const [label, net, gross] = await cells(chart.locator("tbody tr").first());
  assert(first.startsWith(`${label}: Human clicks ${net}, All requests ${gross}`), `${first} is what the table says: ${label} ${net} ${gross}`);
  await press("PageDown");
  assert.notEqual(await read(), first);
  await press("End");
  assert.equal(await read(), last);
  const dashes = await page.evaluate(() => [...document.querySelectorAll("figure.chart .chart-key svg")].map((each) => getComputedStyle(each).strokeDasharray));
  assert.equal(new Set(dashes).size, dashes.length, "each line has a dash of its own");
});

test("ten years are drawn by week: fewer than 750 points, the same sums", async () => {
  await visit(page, site, "#/overview?range=all");
  const chart = page.locator("figure.chart").first();
  const rows = await chart.locator("tbody tr").count();
  assert(rows > 1 && rows < 750, `${rows} rows`);
  const total = await chart.locator("tfoot td").first().textContent();
  assert.equal(await chart.locator("figcaption strong").innerText(), `${total} human clicks`);
});

test("what is not there is fetched once: an unchanged answer is empty", async () => {
  await visit(page, site, "#/overview");
  const again = await page.waitForResponse((response) => response.url().includes("/api/v1/overview?") && response.status() === 304, { timeout: 12000 });
  assert.match(await again.request().headerValue("if-none-match"), /"/);
});

test("none of it broke the policy or wrote an error", () => assert.deepEqual([...new Set(troubles)], []));

test("when Candor cannot be reached, the last numbers stay, marked as old", async () => {
  await visit(page, site, "#/overview");
  await site.stop();
  await page.getByText("Not reached since").waitFor({ timeout: 15000 });
  assert(await page.locator("section[aria-labelledby=days]").isVisible());
});
