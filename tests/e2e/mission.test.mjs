// The mission, once through: a reader on a phone sees the disclosure, follows a paid link, and the owner sees the click
// and, after the network's report, the money, under the article it came from.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeDemo } from "./dashboard.mjs";
import { eventually, freePorts, fromWeb, json, output, parseCsv, phone, request, run, serve } from "./support.mjs";

const { chromium } = fromWeb("playwright-core");
const axe = fromWeb("axe-core");
const kArticle = "/overnight-oats/";
const kLink = "seedling-oats";
const kCommissionMicro = 3_140_000;

let browser;
let folder;
let config;
let site;
let token;
let owner;  // the signed-in dashboard's page

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = makeDemo(folder);
  // The same ones after the restart below; the demo's merchant stands behind that of its pages.
  const ports = await freePorts(3);
  let next = 0;
  writeFileSync(config, readFileSync(config, "utf8").replaceAll('listen = "127.0.0.1:0"', () => `listen = "127.0.0.1:${ports[next++]}"`)
    .replace(/^public_url = "http:\/\/127\.0\.0\.1:\d+"$/m, `public_url = "http://127.0.0.1:${ports[0]}"`));
  const { destination, network } = cli("link", "show", kLink);
  cli("link", "edit", kLink, "--network", network, "--destination", destination.replace(new URL(destination).host, `127.0.0.1:${ports[2]}`));
  site = await serve(config);
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cli = (...args) => json([...args, "--config", config]);
const articleRow = (report, path = kArticle) => report.data.find((row) => row.path === path);

/// Relative luminance and contrast of WCAG 2.2, over the nearest opaque background.
function contrastOf(element) {
  const parse = (text) => text.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  let background = [255, 255, 255];
  for (let at = element; at; at = at.parentElement) {
    const color = parse(getComputedStyle(at).backgroundColor);
    if (color.length === 3 || color[3] === 1) {
      background = color;
      break;
    }
  }
  const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(background)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/// Headings, notes and links of the accessibility tree, in reading order.
async function readingOrder(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const order = [];
  const visit = (node) => {
    if (!node.ignored && ["heading", "note", "link"].includes(node.role?.value))
      order.push({ role: node.role.value, name: node.name?.value ?? "" });
    for (const child of node.childIds ?? []) if (byId.has(child)) visit(byId.get(child));
  };
  visit(nodes[0]);
  return order;
}

test("a phone with scripts blocked sees the disclosure above the first paid link", async () => {
  const reader = await browser.newContext({ userAgent: phone, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, javaScriptEnabled: false });
  const page = await reader.newPage();
  await page.goto(site.proxy_url + kArticle);
  const notice = page.locator('[data-candor="disclosure"]');
  assert.equal(await notice.count(), 1);
  assert(await notice.isVisible());
  const style = await notice.evaluate((element) => {
    const { display, visibility, opacity, fontSize } = getComputedStyle(element);
    const article = element.closest("article, main") ?? document.body;
    return { display, visibility, opacity, fontSize: parseFloat(fontSize), bodySize: parseFloat(getComputedStyle(article).fontSize) };
  });
  assert.notEqual(style.display, "none");
  assert.equal(style.visibility, "visible");
  assert.equal(style.opacity, "1");
  assert(style.fontSize >= style.bodySize, "as large as the text around it");
  assert((await notice.locator("p").first().evaluate(contrastOf)) >= 4.5, "contrast");

  const paid = page.locator('a[rel~="sponsored"]');
  const first = await paid.first().boundingBox();
  const box = await notice.boundingBox();
  assert(box.y + box.height <= first.y, "above the first paid link");

  const order = await readingOrder(page);
  const heading = order.findIndex((node) => node.role === "heading");
  const note = order.findIndex((node) => node.role === "note");
  const link = order.findIndex((node) => node.role === "link" && node.name.endsWith("(paid link)"));
  assert(heading >= 0 && heading < note && note < link, JSON.stringify(order.slice(0, 12)));

  const before_tap = articleRow(cli("report", "articles"));
  const awin = page.locator('a[href*="/go/seedling-oats"]').first();
  await awin.tap();
  await page.waitForURL(/\/merchant\/index\.html/);
  token = new URL(page.url()).searchParams.get("clickref");
  assert.match(token, /^[a-z][a-z0-9]{16}$/);
  assert.match(await page.textContent("body"), /demo merchant/i);

  await eventually(() => articleRow(cli("report", "articles")).clicks === before_tap.clicks + 1, 10000, "the click in the report");
  const clicks = parseCsv(output(["click", "list", "--format", "csv", "--limit", "5", "--config", config]));
  const mine = clicks.find((click) => click.token === token);
  assert.equal(mine.article, kArticle);
  assert.equal(mine.link, "seedling-oats");
  assert.equal(mine.verdict, "human");
  assert.equal(cli("click", "explain", token).counts, true);
  await reader.close();
});

test("the owner signs in once and sees the click in the dashboard within ten seconds", async () => {
  const url = output(["user", "invite", "--config", config]).trim();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  owner = await context.newPage();
  const problems = [];
  owner.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  owner.on("pageerror", (error) => problems.push(String(error)));
  owner.problems = problems;
  await owner.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await owner.goto(url);
  await owner.getByRole("button", { name: "Sign in", exact: true }).click();
  await owner.getByRole("heading", { name: /overview/i, level: 1 }).waitFor();
  const recent = owner.locator('section[aria-labelledby="recent"] tbody tr');
  await recent.first().waitFor();
  const shown_now = JSON.parse(await owner.evaluate(async () => (await fetch("/api/v1/overview")).text()));
  assert.equal(shown_now.recent[0].token, token, "the tapped click is the latest");
  assert.match(await recent.first().innerText(), /seedling-oats[^]*\/overnight-oats\//);
  assert(await owner.getByText(/demo data/i).first().isVisible(), "marked as demo data");
  await owner.locator(".uplot canvas").first().waitFor({ state: "attached" });

  const used = await request(`${site.admin_url}/api/v1/session`, {
    method: "POST", headers: { "X-Candor": "1", "Content-Type": "application/json" }, body: JSON.stringify({ once: new URL(url).hash.split("once=")[1] }),
  });
  assert.equal(used.status, 403, "the link works once");

  // A click made now shows up by itself.
  const answer = await request(`${site.redirect_url}/go/fjord-omega?a=${encodeURIComponent(kArticle)}`, { headers: { "User-Agent": `${phone} second` } });
  assert.equal(answer.status, 302);
  await eventually(async () => (await recent.first().innerText()).includes("fjord-omega"), 10000, "the new click on screen");
});

test("screen, CLI and CSV show the same numbers", async () => {
  const report = cli("report", "articles");
  const csv = parseCsv(output(["report", "articles", "--format", "csv", "--config", config]));
  const row = articleRow(report);
  const inCsv = csv.filter((each) => each.path === kArticle);
  assert(inCsv.length > 0);
  assert(inCsv.every((each) => Number(each.clicks) === row.clicks));
  await owner.goto(`${site.admin_url}/#/articles`);
  const onScreen = owner.locator("tr", { has: owner.locator(`a[href*="${encodeURIComponent(kArticle)}"], a[href*="${kArticle}"]`) }).first();
  await onScreen.waitFor();
  const cells = await onScreen.locator("td").allInnerTexts();
  assert(cells.some((cell) => cell.replaceAll(",", "").startsWith(`${row.clicks} of ${row.gross_clicks}`)), `${row.clicks} in ${JSON.stringify(cells)}`);
});

test("a prefetch, a HEAD and a repeat are gross, not net", async () => {
  const before_row = articleRow(cli("report", "articles"));
  const url = `${site.redirect_url}/go/seedling-chia?a=${encodeURIComponent(kArticle)}`;
  const headers = { "User-Agent": `${phone} third` };
  const prefetch = await request(url, { headers: { ...headers, "Sec-Purpose": "prefetch" } });
  assert.equal(prefetch.status, 503);
  assert.match(prefetch.headers["cache-control"], /no-store/);
  assert.equal((await request(url, { method: "HEAD", headers })).status, 302);
  assert.equal((await request(url, { headers })).status, 302);
  assert.equal((await request(url, { headers })).status, 302);
  const row = await eventually(() => {
    const now = articleRow(cli("report", "articles"));
    return now.gross_clicks === before_row.gross_clicks + 4 && now;
  });
  assert.equal(row.clicks, before_row.clicks + 1);
  const last = cli("click", "list", "--gross", "--limit", "4").data.map((click) => click.verdict).sort();
  assert.deepEqual(last, ["head", "human", "prefetch", "repeat"]);
});

test("the network's report turns the click into the article's revenue, at nightly", async () => {
  const earned = (report) => articleRow(report).revenue.find((line) => line.currency === "USD")?.pending_micro ?? 0;
  const before_micro = earned(cli("report", "articles"));
  const today = new Date().toISOString().slice(0, 19).replace("T", " ");
  const header = readFileSync(new URL("../fixtures/networks/awin_transactions.csv", import.meta.url), "utf8").split("\n")[0].trim();
  const values = { id: "777000001", advertiser_id: "84103", sale_amount: "31.40", commission: "3.14", date: today, commission_status: "pending", click_ref: token, site_name: "The Nourished Fork", amended: "no", paid_to_publisher: "no" };
  const drop = join(folder, "demo", "data", "drop");
  mkdirSync(drop, { recursive: true });
  writeFileSync(join(drop, "awin-today.csv"), `${header}\n${header.split(",").map((name) => values[name] ?? "").join(",")}\n`);
  const nightly = cli("nightly");
  assert.equal(nightly.failed, false, JSON.stringify(nightly));
  const report = cli("report", "articles");
  assert.equal(earned(report) - before_micro, kCommissionMicro);
  assert.equal(report.balanced, true);
  assert.deepEqual(report.total.revenue.map(({ epc_micro, ...line }) => line), report.imported);
  const explained = cli("click", "explain", token);
  assert.equal(explained.commissions[0].tier, "click-token");
  assert.equal(explained.commissions[0].commission_micro, kCommissionMicro);
  assert.equal(cli("nightly").failed, false);
  assert.deepEqual(cli("report", "articles"), report, "running it twice changes nothing");
  const earned_text = (articleRow(report).revenue[0].earned_micro / 1e6).toFixed(2);
  await owner.goto(`${site.admin_url}/#/articles`);
  await owner.reload();
  const row_on_screen = owner.locator("tr", { has: owner.locator(`a[href*="${encodeURIComponent(kArticle)}"], a[href*="${kArticle}"]`) }).first();
  await row_on_screen.waitFor();
  assert((await row_on_screen.innerText()).includes(earned_text), `${earned_text} in ${await row_on_screen.innerText()}`);
});

test("the dashboard has no accessibility violation, no console error, and fits a phone", async () => {
  const views = ["overview", "articles", `articles/detail?path=${encodeURIComponent(kArticle)}`, "links", "clicks", "imports", "jobs", "settings"];
  for (const view of views) {
    for (const [width, scheme] of [[1280, "light"], [390, "dark"]]) {
      await owner.setViewportSize({ width, height: 900 });
      await owner.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await owner.goto(`${site.admin_url}/#/${view}`);
      await owner.locator("h1").first().waitFor();
      await owner.waitForLoadState("networkidle");
      const overflow = await owner.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert(overflow <= 0, `${view} at ${width} px is ${overflow} px too wide`);
      // A colour on its way from one scheme to the other is nobody's contrast.
      await owner.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
      const session = await owner.context().newCDPSession(owner);
      await session.send("Runtime.evaluate", { expression: axe.source });
      const found = await owner.evaluate(async () => (await globalThis.axe.run()).violations.map((each) => `${each.id}: ${each.nodes[0].html}`));
      assert.deepEqual(found, [], `${view} ${width} ${scheme}`);
      await session.detach();
    }
  }
  assert.deepEqual(owner.problems, []);
  await owner.setViewportSize({ width: 1280, height: 900 });
  await owner.emulateMedia({ colorScheme: "light" });
  await owner.goto(`${site.admin_url}/#/overview`);
  await owner.locator(".uplot canvas").first().waitFor();
  const pictures = join(process.env.CANDOR_BUILD_DIR ?? folder, "screenshots");
  mkdirSync(pictures, { recursive: true });
  await owner.screenshot({ path: join(pictures, "overview.png") });
  await owner.goto(`${site.admin_url}/#/articles`);
  await owner.locator("table tbody tr").first().waitFor();
  await owner.screenshot({ path: join(pictures, "articles.png") });
});

test("after a stop and a start the outage is shown", async () => {
  await owner.goto(`${site.admin_url}/#/overview`);
  await owner.reload();
  await owner.locator(".uplot canvas").first().waitFor();
  assert.equal(await owner.locator(".severity", { hasText: "Not counted" }).count(), 0, "no outage yet");
  const stopping = Date.now();
  await site.stop();
  site = await serve(config);
  const started = Date.now();
  const agent = new Agent({ socketPath: site.socket });
  const overview = JSON.parse((await request("http://localhost/api/v1/overview", { agent })).body);
  assert.equal(overview.outages.length, 1);
  const [outage] = overview.outages;
  assert.equal(outage.orderly, true);
  assert(stopping <= outage.from_ms && outage.from_ms <= outage.to_ms && outage.to_ms <= started, JSON.stringify({ stopping, outage, started }));
  await owner.reload();
  await owner.locator(".severity", { hasText: "Not counted" }).first().waitFor();
});

test("nobody without a session sees or changes anything", async () => {
  for (const path of ["overview", "reports/articles", "links", "clicks", "jobs", "revenue/imports"])
    assert.equal((await request(`${site.admin_url}/api/v1/${path}`)).status, 401, path);
  const post = await request(`${site.admin_url}/api/v1/links`, { method: "POST", headers: { "X-Candor": "1" }, body: "{}" });
  assert.equal(post.status, 401);
  assert.equal(run(["audit", join(folder, "demo", "site", "overnight-oats", "index.html")], { cwd: folder }).status, 3);
});
