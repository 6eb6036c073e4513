// What a browser must fetch: the first load in bytes as they travel, no address asked twice for one view, and never more
// points than a chart can show, however many years are chosen.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { preloaded } from "../../web/preload.mjs";
import { findViews, launchBrowser, makeDemo, nameOf, openPage, settled, signIn, visit } from "./dashboard.mjs";
import { serve } from "./support.mjs";

const kMostScript = 60 * 1024;
const kMostPoints = 750;
/** An address that is asked again before this is asked for one view twice; views that stay fresh ask every eight seconds. */
const kPollMs = 7500;

let browser;
let folder;
let site;
let page;
let views;
const troubles = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  const config = makeDemo(folder);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles });
  await signIn(page, config);
  views = (await findViews(page, site)).views.map(([, address]) => address);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/// Loads the overview, signed in: [{name, status, coding, bytes}] of the dashboard's files, bytes of bodies as they travelled.
async function load(cached) {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: !cached });
  const files = new Map();
  client.on("Network.responseReceived", ({ requestId, response }) => {
    const name = nameOf(response.url);
    if (response.url.startsWith("http") && !name.startsWith("api/")) files.set(requestId, { name, status: response.status, asked: !response.fromDiskCache, coding: response.headers["Content-Encoding"], head: response.encodedDataLength });
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = Math.max(0, encodedDataLength - file.head);
  });
  await page.goto("about:blank");
  await visit(page, site, "#/overview");
  await page.locator(".uplot canvas").first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  await client.detach();
  return [...files.values()];
}

test("the first load is below 60 KB of script as it travels, and the chart's code comes behind the numbers", async (t) => {
  const files = await load(false);
  const scripts = files.filter((file) => file.name.endsWith(".js"));
  const first = new Set([...preloaded(), "app.js"]);
  const sum = (some) => some.reduce((total, file) => total + file.bytes, 0);
  const [before, behind] = [scripts.filter((file) => first.has(file.name)), scripts.filter((file) => !first.has(file.name))];
  t.diagnostic(`${sum(before)} bytes in ${before.length} scripts, then ${sum(behind)} in ${behind.length}; all files ${sum(files)}`);
  assert.equal(before.length, first.size, "each of the preloaded, once");
  assert(sum(before) < kMostScript, `${sum(before)} bytes`);
  assert(behind.some((file) => file.name === "vendor/uplot.js"), JSON.stringify(behind));
  for (const file of files) assert.equal(file.coding, "gzip", file.name);
});

test("the next load asks for the first page alone, and brings nothing again", async () => {
  await load(true);
  const again = (await load(true)).filter((file) => file.asked);
  assert.deepEqual(again.map((file) => [file.name, file.bytes]), [["index.html", 0]]);
});

/// Visits an address, and gives what of the API was asked meanwhile: [{url, at, body}].
async function asked(address) {
  const answers = [];
  const note = async (response) => {
    const url = new URL(response.url());
    if (!url.pathname.startsWith("/api/") || response.request().method() !== "GET") return;
    const answer = { url: url.pathname + url.search, at: Date.now(), body: null };
    answers.push(answer);
    if (response.status() === 200 && response.headers()["content-type"]?.includes("json")) answer.body = await response.json().catch(() => null);
  };
  await page.goto("about:blank");
  page.on("response", note);
  await visit(page, site, address);
  await page.waitForLoadState("networkidle");
  page.off("response", note);
  return answers;
}

test("no view asks for the same thing twice", async () => {
  const found = [];
  for (const address of views) {
    const seen = new Map();
    for (const { url, at } of await asked(address)) {
      if (seen.has(url) && at - seen.get(url) < kPollMs) found.push(`${address}: ${url}`);
      seen.set(url, at);
    }
  }
  assert.deepEqual(found, []);
});

/// The longest list of days, weeks or clicks in an answer: [length, where].
function longest(value, at = "") {
  if (value === null || typeof value !== "object") return [0, at];
  let most = Array.isArray(value) ? [value.length, at] : [0, at];
  for (const [name, each] of Object.entries(value)) {
    const inner = longest(each, `${at}/${name}`);
    if (inner[0] > most[0]) most = inner;
  }
  return most;
}

test("years come as weeks: no chart gets 750 points, and its sums stay", async () => {
  const to = new Date().toISOString().slice(0, 10);
  const years = `from=${Number(to.slice(0, 4)) - 3}-01-01&to=${to}`;
  const found = [];
  for (const address of views) {
    if (!(await page.goto(`${site.admin_url}/${address}`).then(() => settled(page)).then(() => page.locator("[data-range]").count()))) continue;
    const long = `${address}${address.includes("?") ? "&" : "?"}${years}`;
    for (const { url, body } of await asked(long)) {
      const [length, at] = longest(body);
      if (length >= kMostPoints) found.push(`${long}: ${url} sends ${length} in ${at}`);
    }
    for (const rows of await page.locator("figure table").evaluateAll((tables) => tables.map((table) => table.rows.length)))
      if (rows >= kMostPoints) found.push(`${long}: a chart of ${rows} rows`);
  }
  assert.deepEqual(found, []);
  await visit(page, site, `#/overview?${years}`);
  const clicks = await page.evaluate(async (query) => (await (await fetch(`/api/v1/overview?${query}`)).json()).clicks.net, years);
  assert.equal((await page.locator("#overview-days-caption strong").innerText()).replace(/\D/g, ""), String(clicks));
  assert.match(await page.locator("figure.chart summary").first().innerText(), /week/);
});

test("nothing broke the policy, wrote an error or asked in vain", () => assert.deepEqual([...new Set(troubles)], []));
