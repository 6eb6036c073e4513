// Attribution in the dashboard, with a real browser, program and database: money of no article is given to one by a rule that
// reaches back, and taken from it again; one commission is explained; an article gets a tracking ID of its own.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launchBrowser, makeDemo, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { json, output, serve, temporaryFolder } from "./support.mjs";

const kHeader = readFileSync(new URL("../fixtures/networks/awin_transactions.csv", import.meta.url), "utf8").split("\n")[0].trim();
const report = (...sales) => {
  const row = (sale) => {
    const values = { advertiser_id: "7052", sale_amount: "40.00", commission_status: "pending", site_name: "The Nourished Fork", amended: "no", paid_to_publisher: "no", ...sale };
    return kHeader.split(",").map((name) => values[name] ?? "").join(",");
  };
  return `${[kHeader, ...sales.map(row)].join("\n")}\n`;
};

let browser;
let folder;
let config;
let site;
let page;
const troubles = [];

before(async () => {
  folder = temporaryFolder();
  config = makeDemo(folder);
  site = await serve(config);
  // Nobody clicked in 2020, so only a rule can tell; of yesterday's order only the clicks of its window can.
  const yesterday = new Date(Date.now() - 864e5).toISOString().slice(0, 10);
  const file = join(folder, "sales.csv");
  writeFileSync(file, report(
    { id: "555000001", commission: "3.33", date: "2020-01-10 10:00:00", click_ref: "spring-mail" },
    { id: "555000002", commission: "1.11", date: "2020-01-11 10:00:00", click_ref: "spring-mail" },
    { id: "555000003", commission: "10.01", date: `${yesterday} 10:00:00` },
  ));
  output(["revenue", "import", file, "--config", config]);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles });
  await signIn(page, config);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const cli = (...args) => json([...args, "--config", config]);
const amounts = async (locator) => (await locator.allInnerTexts()).map((text) => Number(text.replace(/[^\d.-]/g, "")));
const earnedOf2020 = () => cli("report", "articles", "--from", "2020-01-01", "--to", "2020-01-31").data.find((row) => row.path === "/overnight-oats/")?.revenue.find((line) => line.currency === "USD")?.earned_micro ?? 0;

test("a rule gives what was booked to nobody to its article, and is undone", async () => {
  await visit(page, site, "#/revenue/unattributed");
  const row = page.locator("section[aria-label='Unattributed money'] tbody tr", { hasText: "spring-mail" });
  assert.match(await row.innerText(), /2 commissions with the sub-id spring-mail at Awin/);
  assert.match(await row.innerText(), /4\.44/);
  assert.equal(earnedOf2020(), 0);
  await row.getByRole("combobox", { name: "Article of spring-mail" }).fill("/overnight-oats/");
  await row.getByRole("button", { name: "Set the article of spring-mail" }).click();
  await page.getByText(/spring-mail at Awin is \/overnight-oats\/\. \d+ commissions? moved\./).waitFor();
  await row.waitFor({ state: "detached" });
  assert.equal(earnedOf2020(), 4_440_000);
  assert.equal(cli("revenue", "check").balanced, true);
  await page.locator("section[aria-labelledby=rules] tbody tr", { hasText: "spring-mail" }).waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await row.waitFor();
  assert.equal(earnedOf2020(), 0);
  assert.equal(cli("revenue", "check").balanced, true);
});

test("an article that is not known is refused in words", async () => {
  const row = page.locator("section[aria-label='Unattributed money'] tbody tr", { hasText: "spring-mail" });
  await row.getByRole("combobox", { name: "Article of spring-mail" }).fill("/nowhere/");
  await row.getByRole("button", { name: "Set the article of spring-mail" }).click();
  await page.getByText(/There is no article "\/nowhere\/"/).waitFor();
  const expected = troubles.splice(0);
  assert(expected.length > 0 && expected.every((each) => each.includes("422")), JSON.stringify(expected));
});

test("one commission is explained from its evidence to its last part", async () => {
  await page.locator("section[aria-label='Unattributed money'] tbody tr", { hasText: "spring-mail" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: /^Commission \d+$/, level: 1 }).waitFor();
  await settled(page);
  // To the article by the rule, back to nobody when it was undone.
  assert((await page.locator("section[aria-labelledby=decided] tbody tr").count()) >= 2, "what stood before is told, too");
  const booked = await amounts(page.locator("section[aria-labelledby=booked] tbody td:nth-child(3)"));
  assert.equal(Math.round(booked.reduce((sum, each) => sum + each, 0) * 100), 333, "bookings sum to the commission");
  assert.deepEqual([...(await ownViolations(page)), ...(await axeViolations(page))], []);
});

test("the models stand beside each other, as the command line has them", async () => {
  await visit(page, site, "#/revenue");
  const panel = page.locator("section[aria-labelledby=models]");
  for (const name of ["Last", "Linear", "Shapley"]) await panel.getByRole("button", { name, exact: true }).click();
  await panel.getByText("Each model adds up to what was imported, exactly.").waitFor();
  assert.match(page.url(), /models=last%2Clinear%2Cshapley|models=last,linear,shapley/);
  const { from, to } = await page.evaluate(() => fetch("/api/v1/reports/models?model=last").then((answer) => answer.json()));
  const told = cli("report", "models", "--model", "last,linear,shapley", "--from", from, "--to", to);
  assert.equal(told.balanced, true);
  assert(told.modelled_count > 0);
  const heads = await panel.locator("thead th").allInnerTexts();
  for (const [n, { model }] of told.models.entries()) {
    const shown = await amounts(panel.locator(`tfoot tr td:nth-child(${n + 3})`));
    assert.deepEqual(shown, told.total.map((row) => row.by_model[model].earned_micro / 1e6), heads.join());
  }
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await ownViolations(page), []);
});

test("an article gets a tracking ID of its own, and gives it back", async () => {
  await visit(page, site, "#/revenue/tags");
  const input = page.getByLabel("Tracking ID of /overnight-oats/");
  if ((await input.count()) > 0) {
    await input.fill("nourforkoats-20");
    await page.getByRole("button", { name: "Set the tracking ID of /overnight-oats/" }).click();
    await page.getByRole("button", { name: "Release nourforkoats-20" }).waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await input.waitFor();
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of ["#/revenue/tags", "#/revenue/unattributed"]) {
    await visit(page, site, view);
    assert.deepEqual(await ownViolations(page), [], view);
  }
  assert.deepEqual(troubles, []);
});
