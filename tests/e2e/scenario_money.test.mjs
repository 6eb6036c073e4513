// Money, once through: an Amazon zip and a file whose layout nobody knows come in through the dashboard, are divided over the
// articles, told by the night in four places with the same figures, and taken back to the last cent.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launchBrowser, openPage, ownViolations, signIn, visit } from "./dashboard.mjs";
import { mailServer } from "./mail_server.mjs";
import { eventually, json, output, parseCsv, request, runBeside, serve, temporaryFolder, writeConfig } from "./support.mjs";

// Where it is early in the day: yesterday's sales are of a closed day, the clicks of now still lie within the half day by which
// a report's day may be another zone's, and no midnight comes while this runs.
const kZone = ["Pacific/Kiritimati", "Asia/Tokyo", "Africa/Nairobi", "America/Sao_Paulo", "America/Phoenix", "Pacific/Honolulu"].find((zone) => {
  const hour = Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(new Date()));
  return hour >= 2 && hour <= 8;
});
const kDay = (() => {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: kZone }).format(new Date());
  return new Date(Date.parse(today) - 864e5).toISOString().slice(0, 10);
})();

const amazon = (product, tag) => `https://www.amazon.com/dp/${product}?tag=${tag}`;
/// One article has a tracking ID of its own; the others share the site's.
const kOwn = { article: "/blenders/", tag: "own-blend-20" };
const kPages = [
  { path: "/blenders/", url: amazon("B0SYNTH001", "site-20") },
  { path: "/lamps/", url: amazon("B0SYNTH003", "site-20") },
  { path: "/desks/", url: amazon("B0SYNTH003", "site-20") },
];
/// Human clicks on the link of each page.
const kClicks = { "/lamps/": 2, "/desks/": 1 };

const kAmazonHeader = "Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,Revenue($),Ad Fees($),Device Type Group";
/// `sign` -1: a return.
const shipped = (product, tag, price, fee, sign = 1) => ({
  fee_micro: sign * Math.round(fee * 1e6),
  line: ["Kitchen", `"Example ${product}, The"`, product, "Amazon", tag, `${kDay} 00:00:00`, price, sign > 0 ? 1 : 0, sign > 0 ? 0 : 1, (sign * price).toFixed(2), (sign * fee).toFixed(2), "PHONE"].join(","),
});
const kSold = [
  shipped("B0SYNTH001", kOwn.tag, 89.99, 4.05),
  shipped("B0SYNTH001", kOwn.tag, 89.99, 4.05),
  shipped("B0SYNTH001", kOwn.tag, 89.99, 4.05, -1),
  shipped("B0SYNTH003", "site-20", 40, 1),
];
/// What comes back later: the rest of what was sold.
const kReturned = [shipped("B0SYNTH001", kOwn.tag, 89.99, 4.05, -1), shipped("B0SYNTH003", "site-20", 40, 1, -1)];
const sumOf = (rows) => rows.reduce((sum, row) => sum + row.fee_micro, 0);

const shopFile = (...rows) => Buffer.from(["Sale day;Our fee;How it stands;Reference;Where", ...rows.map((row) => [kDay, ...row].join(";"))].join("\n") + "\n");
const kShopRows = [["1,50", "in review", "R-1", "desks"], ["2,25", "ok", "R-2", ""]];
const kShop = shopFile(...kShopRows);
const kShopLater = shopFile(["1,50", "gone back", "R-1", "desks"], kShopRows[1]);

let browser;
let folder;
let config;
let site;
let mail;
let page;
const troubles = [];
const closing = [];

/// As Amazon gives it: a zip with one CSV, whose first line is a title.
function amazonZip(name, rows) {
  const [year, month, day] = kDay.split("-");
  const title = `Fee-Earnings reports from ${month}-${day}-${year} to ${month}-${day}-${year}`;
  writeFileSync(join(folder, `${name}.csv`), `\ufeff${[title, kAmazonHeader, ...rows.map((row) => row.line)].join("\r\n")}\r\n`);
  execFileSync("zip", ["-q", "-j", join(folder, `${name}.zip`), join(folder, `${name}.csv`)]);
  return readFileSync(join(folder, `${name}.zip`));
}

/// Readers of different browsers press the page's link; its beacon tells.
let readers = 0;
async function press({ path }, times) {
  const text = (await request(site.proxy_url + path)).body;
  const mac = text.match(/data-m="([0-9a-f]{16})"/)[1];
  const link = text.match(/data-candor-link="([^"]+)"/)[1];
  for (let n = 0; n < times; n += 1) {
    const version = 120 + (readers += 1);
    const agent = `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
    const told = await request(`${site.redirect_url}/go/-/b`, {
      method: "POST", headers: { Origin: "https://site.example", "User-Agent": agent }, body: `k=c&a=${path}&m=${mac}&i=${path}${n}&l=${link}`,
    });
    assert.equal(told.status, 204, told.body);
  }
}

before(async () => {
  folder = temporaryFolder();
  mail = await mailServer({ after: (hook) => closing.push(hook) }, { disabledCommands: ["STARTTLS", "AUTH"] });
  config = writeConfig(folder, {
    site: `zone = "${kZone}"`,
    rest: `[pages]\nroot = "public"\nlisten = "127.0.0.1:0"\n[mail]\nfrom = "candor@site.example"\nto = ["owner@site.example"]\n` +
      `host = "127.0.0.1"\nport = ${mail.port}\nencryption = "none"`,
  });
  for (const { path, url } of kPages) {
    mkdirSync(join(folder, "public", path), { recursive: true });
    writeFileSync(join(folder, "public", path, "index.html"),
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>All about ${path}</title></head><body><main><h1>All about ${path}</h1>` +
        `<p>Of all that we tried in a month of mornings, <a href="${url}">this one</a> lasted, and it is quiet too.</p></main></body></html>`);
  }
  output(["inject", join(folder, "public"), "--config", config]);
  json(["revenue", "tags", "assign", kOwn.article, kOwn.tag, "--config", config]);
  site = await serve(config);
  for (const each of kPages) if (kClicks[each.path]) await press(each, kClicks[each.path]);
  await eventually(() => cli("report", "articles").total.clicks === 3, 10000, "the clicks");
  browser = await launchBrowser();
  page = await openPage(browser, { troubles, allow: (status, url) => status === 422 && url.includes("dry_run") });
  await signIn(page, config);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  for (const hook of closing) await hook();
});

const cli = (...args) => json([...args, "--config", config]);
const articles = (...more) => cli("report", "by", "article", "--from", kDay, "--to", kDay, ...more);
const amounts = async (locator) => (await locator.allInnerTexts()).map((text) => Number(text.replace(/[^\d.-]/g, "")));
/// {"/path/ USD": line} of a report by article, with money.
const linesOf = (report) => Object.fromEntries(report.data.flatMap((row) => row.money.map((line) => [`${row.key} ${line.currency}`, line])));
/// In millionths, where any are left.
const earnedOf = (report) => Object.fromEntries(Object.entries(linesOf(report)).map(([name, line]) => [name, line.earned_micro]));

/// Drags the file onto the imports view, as from the desktop.
async function drop(name, bytes) {
  const transfer = await page.evaluateHandle(([title, base64]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], title));
    return data;
  }, [name, bytes.toString("base64")]);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: transfer });
}
const commit = () => page.getByRole("button", { name: "Import", exact: true }).click();
const would = () => page.locator("section[aria-labelledby=import] table", { hasText: "What the file says" });

test("an Amazon zip is dragged in: what it would do, and what it did", async () => {
  await visit(page, site, "#/imports");
  await drop("Earnings.zip", amazonZip("earnings", kSold));
  await page.getByText("It would bring 4 new rows, 0 changed, 0 unchanged; 0 cannot be read.").waitFor();
  assert.deepEqual(await amounts(would().locator("tbody td.num").nth(1)), [sumOf(kSold) / 1e6]);
  assert.deepEqual(cli("revenue", "check").data, [], "looking stores nothing");
  assert.deepEqual([...(await ownViolations(page)), ...(await axeViolations(page))], []);
  await commit();
  await page.getByText("Earnings.zip: 4 new rows, 0 changed, 0 unchanged, 0 could not be read.").waitFor();
});

test("a file whose layout nobody knows is mapped, looked at and brought in", async () => {
  await drop("Café Shop.csv", kShop);
  const mapping = page.locator("section[aria-labelledby=mapping]");
  await mapping.getByLabel("Date of the order (needed)").selectOption("Sale day");
  await mapping.getByLabel("Commission (needed)").selectOption("Our fee");
  await mapping.getByLabel("Status", { exact: true }).selectOption("How it stands");
  await mapping.getByLabel("Id of the row").selectOption("Reference");
  await mapping.getByLabel("Sub-id").selectOption("Where");
  await mapping.getByLabel("Currency of all rows").fill("EUR");
  await mapping.getByLabel("Words for statuses").fill("in review = pending\nok = approved\ngone back = reversed");
  await mapping.getByRole("button", { name: "Keep the mapping and look again" }).click();
  await page.getByText("It would bring 2 new rows, 0 changed, 0 unchanged; 0 cannot be read.").waitFor();
  assert.match(await would().innerText(), /Pending, EUR\s+1\s+€1\.50[^]*Approved, EUR\s+1\s+€2\.25/);
  await commit();
  await page.getByText("Café Shop.csv: 2 new rows, 0 changed, 0 unchanged, 0 could not be read.").waitFor();
  // Which article the shop's word means, its owner says.
  assert.equal(cli("revenue", "rule", "add", "desks", "/desks/", "--network", "cafe-shop").rebooked, 1);
});

test("totals are the files', exact and modelled apart, on screen and at the command line", async () => {
  const check = cli("revenue", "check");
  assert.equal(check.balanced, true);
  assert.deepEqual(
    check.data.map((line) => [line.network, line.currency, line.status, line.imported_micro]).sort(),
    [["amazon", "USD", "approved", sumOf(kSold)], ["cafe-shop", "EUR", "approved", 2_250_000], ["cafe-shop", "EUR", "pending", 1_500_000]],
  );
  const report = articles();
  const lines = linesOf(report);
  const tiersOf = (line) => Object.fromEntries(Object.entries(line.tiers).map(([tier, { earned_micro }]) => [tier, earned_micro]).filter(([, micro]) => micro !== 0));
  assert.deepEqual(Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, tiersOf(line)])), {
    "/blenders/ USD": { tag: 4_050_000 },
    "/lamps/ USD": { modelled: 666_667 },
    "/desks/ USD": { modelled: 333_333 },
    "/desks/ EUR": { label: 1_500_000 },
  });
  assert.deepEqual(report.unattributed.money.map((line) => [line.currency, line.earned_micro]), [["EUR", 2_250_000]]);
  const byNetwork = cli("report", "by", "network", "--from", kDay, "--to", kDay);
  await visit(page, site, `#/revenue?from=${kDay}&to=${kDay}`);
  const foot = page.locator("section[aria-labelledby=evidence] tfoot tr");
  for (const [n, line] of byNetwork.total.money.entries()) {
    const shown = (await foot.nth(n).locator("td").allInnerTexts()).map((text) => Number(text.match(/-?[\d,]+\.\d+/)?.[0] ?? NaN));
    const told = ["token", "label", "tag", "modelled", "unattributed"].map((tier) => Math.round(line.tiers[tier].earned_micro / 1e4) / 100);
    assert.deepEqual(shown.slice(0, 6), [...told, line.earned_micro / 1e6], line.currency);
  }
  await visit(page, site, `#/articles/detail?path=/desks/&from=${kDay}&to=${kDay}`);
  const evidence = page.locator("section[aria-labelledby=earned] table").nth(1);
  assert.match(await evidence.locator("tr", { hasText: /^Modelled/ }).innerText(), /0\.33/);
  assert.match(await evidence.locator("tr", { hasText: /^Label/ }).innerText(), /1\.50/);
});

test("the same money again, by any name and in any packing, is 0 new", async () => {
  const known = earnedOf(articles());
  await visit(page, site, "#/imports");
  await drop("Earnings.zip", readFileSync(join(folder, "earnings.zip")));
  await page.getByText("This very file was imported before: nothing would change.").waitFor();
  await commit();
  await page.getByText("Earnings.zip was imported before. Nothing changed.").waitFor();
  const text = readFileSync(join(folder, "earnings.csv"), "utf8");
  await drop("utf-16.csv", Buffer.from(text, "utf16le"));
  await page.getByText("This very file was imported before: nothing would change.").waitFor();
  const [title, header, ...rows] = text.trimEnd().split("\r\n");
  const others = [["other-order.csv", [title, header, ...rows.reverse()].join("\n"), 4], ["Café Shop (2).csv", shopFile(...kShopRows.toReversed()).toString(), 2]];
  for (const [name, turned, count] of others) {
    await drop(name, Buffer.from(turned));
    await page.getByText(`It would bring 0 new rows, 0 changed, ${count} unchanged; 0 cannot be read.`).waitFor();
    await commit();
    await page.getByText(`${name}: 0 new rows, 0 changed, ${count} unchanged, 0 could not be read.`).waitFor();
  }
  assert.deepEqual(earnedOf(articles()), known);
});

test("two nights tell the same figures: by mail, in the dashboard, at the command line, as CSV", async () => {
  const night = async () => {
    const ran = await runBeside(["nightly", "--config", config]);
    assert.equal(ran.status, 0, ran.stderr);
  };
  await night();
  const words = ["report", "by", "article", "--from", kDay, "--to", kDay, "--compare", "previous", "--config", config];
  const told = () => ({ csv: output([...words, "--format", "csv"]), table: output([...words, "--format", "table"]), earned: earnedOf(articles()) });
  const first = told();
  assert.deepEqual(mail.mails.map((each) => each.mail.attachments.map((one) => one.filename)), [[`article-${kDay}-${kDay}.csv`]]);
  await night();
  assert.equal(mail.mails.length, 1, "a day is told once");
  assert.deepEqual(told(), first);

  const [{ mail: digest }] = mail.mails;
  assert.equal(digest.attachments[0].content.toString(), first.csv);
  assert.ok(digest.text.includes(first.table.trimEnd()), "the table is the text part's");
  const rows = parseCsv(first.csv).filter((row) => row.currency && !row.article.startsWith("("));
  assert.deepEqual(Object.fromEntries(rows.map((row) => [`${row.article} ${row.currency}`, Math.round(row.earned * 1e6)])), first.earned);

  await visit(page, site, `#/reports?by=article&from=${kDay}&to=${kDay}&compare=previous`);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Whole report as CSV" }).click()]);
  assert.equal(readFileSync(await file.path(), "utf8"), first.csv);
  const table = page.locator('section[aria-labelledby="rows"] table');
  for (const [name, micro] of Object.entries(first.earned)) {
    const [path, currency] = name.split(" ");
    const row = await table.locator("tbody tr").filter({ hasText: path }).innerText();
    const figure = (micro / 1e6).toFixed(6).replace(/0{1,4}$/, "");
    assert(row.includes(figure), `${figure} ${currency} in ${row}`);
    assert(digest.html.includes(figure), `${figure} ${currency} in the mail`);
  }
});

test("when all of it comes back, every article nets 0 and the files still add up", async () => {
  await visit(page, site, "#/imports");
  await drop("Earnings-later.zip", amazonZip("later", [...kSold, ...kReturned]));
  await page.getByText("It would bring 2 new rows, 0 changed, 4 unchanged; 0 cannot be read.").waitFor();
  await commit();
  await page.getByText("Earnings-later.zip: 2 new rows, 0 changed, 4 unchanged, 0 could not be read.").waitFor();
  await drop("Café Shop.csv", kShopLater);
  await page.getByText("It would bring 0 new rows, 1 changed, 1 unchanged; 0 cannot be read.").waitFor();
  await commit();
  await page.getByText("Café Shop.csv: 0 new rows, 1 changed, 1 unchanged, 0 could not be read.").waitFor();

  assert.equal(sumOf([...kSold, ...kReturned]), 0);
  const lines = linesOf(articles());
  for (const name of ["/blenders/ USD", "/lamps/ USD", "/desks/ USD", "/desks/ EUR"]) assert.equal(lines[name]?.earned_micro ?? 0, 0, name);
  assert.equal(lines["/desks/ EUR"].reversed_micro, 1_500_000);
  const check = cli("revenue", "check");
  assert.equal(check.balanced, true);
  for (const line of check.data) assert.equal(line.attributed_micro + line.unattributed_micro, line.imported_micro);
  assert(check.data.every((line) => line.network !== "amazon" || line.imported_micro === 0), JSON.stringify(check.data));

  for (const path of ["/blenders/", "/lamps/"]) {
    await visit(page, site, `#/articles/detail?path=${path}&from=${kDay}&to=${kDay}`);
    assert.doesNotMatch(await page.locator("dl.figures div", { hasText: "pending, approved and paid" }).innerText(), /[1-9]/);
  }
  await visit(page, site, `#/articles/detail?path=/desks/&from=${kDay}&to=${kDay}`);
  assert.match(await page.locator("section[aria-labelledby=earned] tfoot").first().innerText(), /Earned\s+€0\.00\s+US\$0\.00\s+Reversed, in no sum\s+€1\.50\s+US\$0\.00/);
  assert.deepEqual(troubles, []);
});
