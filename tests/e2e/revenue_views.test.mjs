// Revenue in the dashboard, with a real browser, program and database: a report brought in and taken back, the ledger, a
// payment compared, and what was known on an earlier day; each number is the command line's.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launchBrowser, makeDemo, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { eventually, json, output, serve } from "./support.mjs";

const kHeader = readFileSync(new URL("../fixtures/networks/awin_transactions.csv", import.meta.url), "utf8").split("\n")[0].trim();
const today = new Date().toISOString().slice(0, 10);
/// An Awin report of sales given as {id, commission, date}.
const report = (...sales) => {
  const row = (sale) => {
    const values = { advertiser_id: "7052", sale_amount: "40.00", commission_status: "pending", date: `${today} 00:00:01`, site_name: "The Nourished Fork", amended: "no", paid_to_publisher: "no", ...sale };
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

const cli = (...args) => json([...args, "--config", config]);
const amounts = async (locator) => (await locator.allInnerTexts()).map((text) => Number(text.replace(/[^\d.-]/g, "")));

test("a report is dropped in, its bad rows are shown, and the import is undone", async () => {
  const before_report = cli("report", "articles");
  await visit(page, site, "#/imports");
  const text = report({ id: "777100001", commission: "5.25" }, { id: "777100002", commission: "not money" });
  const transfer = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([bytes], "dropped.csv", { type: "text/csv" }));
    return data;
  }, text);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: transfer });
  await page.getByText("dropped.csv").first().waitFor();
  await page.getByText("It would bring 1 new row, 0 changed, 0 unchanged; 1 cannot be read.").waitFor();
  const would = page.locator("section[aria-labelledby=import] table", { hasText: "What the file says" });
  assert.match(await would.innerText(), /Pending, USD\s+1\s+US\$5\.25/);
  assert.deepEqual(cli("report", "articles"), before_report, "looking changes nothing");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("dropped.csv: 1 new row, 0 changed, 0 unchanged, 1 could not be read.").waitFor();
  const errors = page.locator("section[aria-labelledby=result] table");
  assert.match(await errors.innerText(), /not money/, "the bad row as it stands");
  const after_report = cli("report", "articles");
  const pending = (each) => each.total.revenue.find((line) => line.currency === "USD").pending_micro;
  assert.equal(pending(after_report) - pending(before_report), 5_250_000);

  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.locator("tbody tr", { hasText: "dropped.csv" }).getByText("Taken back").waitFor();
  assert.equal(pending(cli("report", "articles")), pending(before_report));
  assert.equal(cli("revenue", "check").balanced, true);
});

test("taking an import back can be thought over; its bad rows stay readable", async () => {
  await visit(page, site, "#/imports");
  await page.locator("#report-file").setInputFiles({ name: "chosen.csv", mimeType: "text/csv", buffer: Buffer.from(report({ id: "777100003", commission: "1.10" }, { id: "777100004", commission: "?" })) });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("chosen.csv: 1 new row").waitFor();
  const row = page.locator("tbody tr", { hasText: "chosen.csv" });
  await row.getByRole("button", { name: "Take back chosen.csv" }).click();
  await row.getByText("Being taken back").waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await row.getByRole("button", { name: "Take back chosen.csv" }).waitFor();
  assert.equal(cli("revenue", "imports").data[0].undone_at, null);

  await row.getByRole("button", { name: "1 bad row of chosen.csv" }).click();
  await page.waitForURL(/import=\d+/);
  await page.locator("tr.more").getByText("?", { exact: true }).waitFor();

  await row.getByRole("button", { name: "Take back chosen.csv" }).click();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await row.getByText("Taken back", { exact: true }).waitFor();
  assert.notEqual(cli("revenue", "imports").data[0].undone_at, null);
});

test("a layout that nobody knows is explained once, and then read", async () => {
  await visit(page, site, "#/imports");
  const rows = [[`${today}`, "1.50", "in review", "R-1"], [`${today}`, "2.25", "ok", "R-2"]];
  const text = ["Sale day;Our fee;How it stands;Reference", ...rows.map((row) => row.join(";"))].join("\n");
  const file = (name) => ({ name, mimeType: "text/csv", buffer: Buffer.from(`${text}\n`) });
  await page.locator("#report-file").setInputFiles(file("Café Shop.csv"));
  const mapping = page.locator("section[aria-labelledby=mapping]");
  await mapping.getByLabel("Date of the order (needed)").waitFor();
  assert.deepEqual(await ownViolations(page), []);
  assert.deepEqual(await axeViolations(page), []);
  await mapping.getByLabel("Date of the order (needed)").selectOption("Sale day");
  await mapping.getByLabel("Commission (needed)").selectOption("Our fee");
  await mapping.getByLabel("Status", { exact: true }).selectOption("How it stands");
  await mapping.getByLabel("Id of the row").selectOption("Reference");
  assert.equal(await mapping.getByLabel("Name of the mapping").inputValue(), "cafe-shop");
  await mapping.getByRole("button", { name: "Keep the mapping and look again" }).click();
  await page.waitForFunction(() => document.activeElement.id === "mapping-currency", undefined, { timeout: 5000 });
  await mapping.getByLabel("Currency of all rows").fill("EUR");
  await mapping.getByLabel("Words for statuses").fill("in review = pending\nok = approved");
  await mapping.getByRole("button", { name: "Keep the mapping and look again" }).click();
  await page.getByText("Read by your mapping cafe-shop.").waitFor();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("Café Shop.csv: 2 new rows").waitFor();
  const check = cli("revenue", "check").data.filter((line) => line.network === "cafe-shop");
  assert.deepEqual(check.map((line) => [line.currency, line.status, line.imported_micro]), [["EUR", "pending", 1_500_000], ["EUR", "approved", 2_250_000]]);

  await page.getByRole("button", { name: "Remove the mapping cafe-shop" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("button", { name: "Remove the mapping cafe-shop" }).waitFor();
  const expected = troubles.splice(0);
  assert(expected.every((each) => each.includes("422")), JSON.stringify(expected));
});

test("a file that cannot be read says why, and leads to what helps", async () => {
  await visit(page, site, "#/imports");
  await page.locator("#report-file").setInputFiles({ name: "picture.csv", mimeType: "text/csv", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]) });
  await page.getByRole("alert").getByText(/picture\.csv/).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await page.getByRole("alert").count(), 0);
  const expected = troubles.splice(0);
  assert(expected.length > 0 && expected.every((each) => each.includes("422")), JSON.stringify(expected));
});

test("the summary says what the command line says, now and as known before", async () => {
  const told = cli("report", "articles");
  const line = told.total.revenue.find((each) => each.currency === "USD");
  await visit(page, site, "#/revenue");
  const shown = await amounts(page.locator("section[aria-labelledby=summary] tbody td"));
  assert.deepEqual(shown.slice(0, 5), ["pending", "approved", "paid", "reversed", "earned"].map((status) => line[`${status}_micro`] / 1e6));
  const earned = told.unattributed.revenue.find((each) => each.currency === "USD")?.earned_micro ?? 0;
  assert.equal(shown[5], earned / 1e6, "unattributed");

  const yesterday = new Date(Date.now() - 2 * 864e5).toISOString().slice(0, 10);
  await page.getByLabel("As known on").fill(yesterday);
  await page.waitForURL(/as_of=/);
  await page.getByText(/what the ledger knew at the end of/).waitFor();
  await settled(page);
  const rows = page.locator("section[aria-labelledby=summary] tbody tr");
  await eventually(async () => (await rows.first().locator("td").count()) === 3);
  const [then, now, change] = await amounts(rows.nth(4).locator("td"));
  assert.deepEqual([then, now], [0, line.earned_micro / 1e6], "nothing was imported two days ago");
  assert.equal(change, now);
  await page.goBack();
  await page.waitForURL((url) => !url.hash.includes("as_of"));

  const by_network = cli("report", "by", "network");
  const evidence = await amounts(page.locator("section[aria-labelledby=evidence] tfoot td:nth-last-child(2)"));
  assert.deepEqual(evidence, by_network.total.money.map((each) => each.earned_micro / 1e6));
});

test("the ledger's lines and a payment compared agree with the command line", async () => {
  const check = cli("revenue", "check");
  await visit(page, site, "#/revenue/ledger");
  assert.equal(await page.locator("section[aria-label='Every line'] tbody tr").count(), check.data.length);
  await page.getByRole("status").getByText(/Imported = attributed \+ unattributed/).waitFor();

  const lines = check.data.filter((each) => each.network === "awin" && ["approved", "paid"].includes(each.status));
  const { period } = lines[0];
  const micro = lines.filter((each) => each.period === period).reduce((sum, each) => sum + each.imported_micro, 0);
  await visit(page, site, "#/revenue/reconcile");
  await page.getByLabel("Amount paid").fill((micro / 1e6).toFixed(2).replace(".", ","));
  await page.getByLabel("For the month").fill(period);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByText("agree to the cent").waitFor();
  await page.getByLabel("Amount paid").fill((micro / 1e6 - 1).toFixed(2));
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByText("They differ.").waitFor();
  assert.deepEqual(await amounts(page.locator("section[aria-labelledby=compared] tbody strong")), [-1]);
});

test("on a phone a report is brought in all the same, and nothing broke a promise", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, site, "#/imports");
  await page.locator("#report-file").setInputFiles({ name: "phone.csv", mimeType: "text/csv", buffer: Buffer.from(report({ id: "777100009", commission: "2.00" })) });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("phone.csv: 1 new row").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  assert.deepEqual(troubles, []);
});
