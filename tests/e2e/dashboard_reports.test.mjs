// Reports by any dimension in the dashboard: the same numbers as the command line, narrowed down row by row to the clicks,
// compared, and taken along as files.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launchBrowser, makeDemo, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { json, output, parseCsv, serve } from "./support.mjs";

let browser;
let folder;
let config;
let site;
let page;
const troubles = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = makeDemo(folder);
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

const report = (...args) => json(["report", "by", ...args, "--config", config]);
const table = () => page.locator('section[aria-labelledby="rows"] table');
const cells = async (row) => (await row.locator("th, td").allInnerTexts()).map((text) => text.split("\n")[0].trim());
const count = (text) => Number(text.replace(/\D/g, ""));

/// What a press on a button brings, as text.
async function download(press) {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test("rows and totals are the command line's", async () => {
  for (const by of ["merchant", "network", "country", "day", "month"]) {
    const expected = report(by, "--compare", "previous");
    await visit(page, site, `#/reports?by=${by}`);
    assert.equal(await table().locator("tbody tr").count(), expected.data.length, by);
    const total = await cells(table().locator("tfoot tr").last());
    assert.equal(count(total[1]), expected.total.clicks, by);
    assert.equal(count(total[2]), expected.total.before.clicks, by);
    assert((await table().locator("tfoot tr").last().innerText()).includes((expected.total.money[0].earned_micro / 1e6).toFixed(2)), by);
    const said = await page.locator("figure.chart figcaption strong").innerText();
    assert.equal(count(said), expected.total.clicks, "the chart's sum");
  }
});

test("from a merchant to its articles, their links and their clicks; every step in the address, and Back", async () => {
  const merchant = report("merchant").data.find((row) => row.clicks > 20 && row.orders > 0);
  await visit(page, site, "#/reports");
  await table().getByRole("link", { name: merchant.key, exact: true }).click();
  await page.waitForURL(/by=article/);
  await settled(page);
  const articles = report("article", "--filter", `merchant=${merchant.key}`);
  assert.equal(articles.total.clicks, merchant.clicks);
  assert.deepEqual(articles.total.money.map((line) => line.earned_micro), merchant.money.map((line) => line.earned_micro));
  assert.equal(count((await cells(table().locator("tfoot tr").last()))[1]), merchant.clicks);
  assert.match(await page.locator(".balance").innerText(), /Adds up: .*left out by the filters/);

  const [article] = articles.data;
  await table().locator("tbody tr").filter({ hasText: article.key }).getByRole("link").first().click();
  await page.waitForURL(/by=link/);
  await settled(page);
  const links = report("link", "--filter", `merchant=${merchant.key}`, "--filter", `article=${article.key}`);
  assert.equal(links.total.clicks, article.clicks);
  assert.equal(count((await cells(table().locator("tfoot tr").last()))[1]), article.clicks);
  assert.equal(await page.locator(".chip").count(), 2);

  await table().locator("tbody a").first().click();
  await page.waitForURL(new RegExp(`#/clicks\\?link=${links.data[0].key}&article=`));
  await settled(page);
  await page.goBack();
  await settled(page);
  await page.getByRole("link", { name: `No longer only merchant ${merchant.key}` }).click();
  await page.waitForFunction(() => !location.hash.includes("merchant="));
  assert.equal(await page.locator(".chip").count(), 1);
});

test("a day leads to its articles; a year before and nothing can stand beside", async () => {
  const days = report("day");
  const busy = days.data.findLast((row) => row.clicks > 50);
  await visit(page, site, "#/reports?by=day");
  await table().locator("tbody tr").nth(days.data.indexOf(busy)).getByRole("link").click();
  await page.waitForURL(new RegExp(`from=${busy.key}&to=${busy.key}`));
  await settled(page);
  assert.equal(count((await cells(table().locator("tfoot tr").last()))[1]), busy.clicks);
  await visit(page, site, "#/reports");
  await page.keyboard.press("c");
  await page.waitForURL(/compare=year/);
  await settled(page);
  assert.equal(count((await cells(table().locator("tfoot tr").last()))[2]), report("merchant", "--compare", "year").total.before.clicks);
  await page.keyboard.press("c");
  await page.waitForURL(/compare=none/);
  await settled(page);
  assert.equal(await table().getByRole("columnheader", { name: "Clicks before" }).count(), 0);
});

test("the table leaves as CSV and JSON exactly as it is shown: filtered, sorted, compared", async () => {
  await visit(page, site, "#/reports?sort=clicks&q=a");
  const shown = [];
  for (const row of await table().locator("tbody tr").all()) shown.push(await cells(row));
  assert(shown.length > 1);
  const csv = await download(() => page.getByRole("button", { name: /^Download CSV of: Clicks and revenue/ }).click());
  assert.match(csv.name, /^clicks-and-revenue-by-merchant-.*\.csv$/);
  const rows = parseCsv(csv.text.replace(/^\ufeff/, ""));
  assert.deepEqual(rows.slice(0, -1).map((row) => row.Merchant), shown.map((row) => row[0]));
  assert.deepEqual(rows.slice(0, -1).map((row) => row.Clicks), shown.map((row) => String(count(row[1]))));
  assert("Clicks before" in rows[0] && "Earned before" in rows[0], "the comparison comes along");
  const expected = report("merchant", "--compare", "previous");
  const micro = (text) => Math.round(Number(text) * 1e6);
  for (const row of rows.slice(0, -1)) assert.equal(micro(row.Earned), expected.data.find((each) => each.key === row.Merchant).money[0]?.earned_micro ?? 0, row.Merchant);
  const file = await download(() => page.getByRole("button", { name: /^Download JSON of: Clicks and revenue/ }).click());
  const data = JSON.parse(file.text);
  assert.deepEqual(data.data.map((row) => row.Clicks), shown.map((row) => count(row[1])));
  assert.equal(data.total.at(-1).Clicks, expected.total.clicks);

  await page.locator("figure.chart summary").click();
  const chart = await download(() => page.getByRole("button", { name: /^Download CSV of: Clicks per day/ }).click());
  const lines = parseCsv(chart.text.replace(/^\ufeff/, ""));
  assert.equal(lines.length, 29, "28 days and the total");

  const whole = await download(() => page.getByRole("link", { name: "Whole report as CSV" }).click());
  assert.equal(whole.text, output(["report", "by", "merchant", "--compare", "previous", "--format", "csv", "--config", config]));
});

test("a report that finds nothing says what to do; every form fits every screen", async () => {
  await visit(page, site, "#/reports?merchant=Nobody");
  assert.match(await page.locator(".empty").innerText(), /Take a filter off/);
  const found = [];
  for (const [width, scheme] of [[1280, "light"], [390, "dark"], [320, "light"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    for (const address of ["#/reports?by=article&show=status", "#/reports?by=month&chart=earned&range=all", "#/reports?by=link&network=awin", "#/reports?merchant=Nobody", "#/reports?range=today"]) {
      await visit(page, site, address);
      for (const each of [...(await ownViolations(page)), ...(await axeViolations(page))]) found.push(`${address} at ${width}: ${each}`);
    }
  }
  assert.deepEqual(found, []);
});

test("none of it broke the policy or wrote an error", () => assert.deepEqual([...new Set(troubles)], []));
