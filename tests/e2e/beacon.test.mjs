// Clicks on direct links, told by the page: a real browser, a real daemon, a front end that looks like one host, and a
// shop that exists in the browser only.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, fromWeb, json, output, phone, request, run, serve, writeConfig } from "./support.mjs";

const { chromium } = fromWeb("playwright-core");
const kArticle = "/kettles/";
const kSite = "http://site.test";
const desktop = (n) => `Mozilla/5.0 (X11; Linux x86_64; rv:12${n}.0) Gecko/20100101 Firefox/12${n}.0`;
const kPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const kPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Kettles</title></head>
<body><main><h1>Kettles</h1>
<p>The <a href="https://www.amazon.com/dp/B000000001?tag=site-20" id="left">steel kettle</a> boils fast,
the <a href="https://www.amazon.com/dp/B000000002?tag=site-20" id="middle">glass kettle</a> looks well,
the <a href="https://www.amazon.com/dp/B000000003?tag=site-20" id="enter">clay kettle</a> lasts and
the <a href="https://www.awin1.com/cread.php?awinmid=7052&amp;awinaffid=189999" id="go">tin kettle</a> is cheap.</p>
</main></body></html>
`;

let folder;
let browser;
let front; // what a web server in front does: one host, links and beacons to Candor, pages to the pages front
let site;

/// A site of one page; `more` are further lines of its configuration.
async function open_site(more = "", impressions = false) {
  await site?.stop();
  const home = mkdtempSync(join(folder, "site-"));
  mkdirSync(join(home, "public", "kettles"), { recursive: true });
  writeFileSync(join(home, "public", "kettles", "index.html"), kPage);
  const config = writeConfig(home, {
    rest: `[pages]\nroot = "public"\nlisten = "127.0.0.1:0"\nlink_impressions = ${impressions}\n${more}`,
  });
  writeFileSync(config, readFileSync(config, "utf8").replace("https://site.example", kSite));
  site = await serve(config);
  site.cli = (...args) => json([...args, "--config", config]);
  site.clicks = () => site.cli("click", "list", "--gross", "--limit", "100").data;
  site.row = () => site.cli("report", "articles").data.find((row) => row.path === kArticle);
  return site;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  front = http.createServer((asked, answer) => {
    const target = asked.url.startsWith("/go/") ? site.redirect_url : site.proxy_url;
    const headers = { ...asked.headers, "x-forwarded-for": "198.51.100.7" };
    const onward = http.request(target + asked.url, { method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode, { ...got.headers, "content-security-policy": kPolicy });
      got.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise((resolve) => front.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", `--host-resolver-rules=MAP site.test 127.0.0.1:${front.address().port}, MAP * ~NOTFOUND`],
  });
});
after(async () => {
  await browser?.close();
  front?.closeAllConnections();
  front?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/// A reader whose browser knows a shop; `problems` collects what it complains of.
async function reader(options = {}) {
  const context = await browser.newContext({ userAgent: desktop(8), ...options });
  context.shop = [];
  await context.route("https://www.amazon.com/**", (route) => {
    context.shop.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<title>Shop</title>" });
  });
  const page = await context.newPage();
  page.problems = [];
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  page.on("pageerror", (error) => page.problems.push(String(error)));
  return { context, page };
}

const settled = (count) => eventually(() => site.clicks().length === count && site.clicks(), 10000, `${count} clicks`);
const one_more_moment = () => new Promise((resolve) => setTimeout(resolve, 400));

/// The page's proof and the slug of its n-th link.
async function proof_of_page() {
  const page = (await request(`${site.proxy_url}${kArticle}`)).body;
  return {
    mac: page.match(/data-m="([0-9a-f]{16})"/)?.[1],
    slug: page.match(/data-candor-link="([^"/]+)\/1"/)?.[1],
    page,
  };
}

const told = async (body, headers = {}) =>
  (await request(`${site.redirect_url}/go/-/b`, { method: "POST", headers: { Origin: kSite, "User-Agent": phone, ...headers }, body })).status;

test("click, wheel button and Enter on direct links each give one click under the article", async () => {
  await open_site();
  const { context, page } = await reader();
  await page.goto(kSite + kArticle);
  assert.equal(await page.locator('script[data-candor="beacon"]').count(), 1);
  for (const id of ["left", "middle", "enter"])
    assert.match(await page.locator(`#${id}`).getAttribute("href"), /^https:\/\/www\.amazon\.com\/dp\/B/, "stays direct");
  assert.deepEqual(page.problems, [], "the policy lets everything through");

  // A tab that the browser opens by itself is out of the shop's reach; it ends in an error page.
  const tab = context.waitForEvent("page");
  await page.locator("#middle").click({ button: "middle" });
  await tab;
  await page.locator("#enter").focus();
  await Promise.all([page.waitForURL("https://www.amazon.com/**"), page.keyboard.press("Enter")]);
  await page.goBack();
  await Promise.all([page.waitForURL("https://www.amazon.com/**"), page.locator("#left").click()]);
  assert.equal(context.shop.length, 2);
  await settled(3);
  await one_more_moment();
  const clicks = site.clicks();
  assert.equal(clicks.length, 3, JSON.stringify(clicks));
  assert.deepEqual(clicks.map((click) => click.link).sort(), ["clay-kettle", "glass-kettle", "steel-kettle"]);
  for (const click of clicks) {
    assert.equal(click.article, kArticle);
    assert.equal(click.verdict, "human");
  }
  assert.equal(site.row().clicks, 3, "the report counts them");
  assert.equal((await request(`${site.redirect_url}/go/steel-kettle`)).status, 404, "a direct link is never redirected to");
  await context.close();
});

test("a right click is not counted, and a view is counted once", async () => {
  const { context, page } = await reader({ userAgent: desktop(7) });
  const views = site.row().views ?? 0;
  await page.goto(kSite + kArticle);
  await page.locator("#left").click({ button: "right" });
  await eventually(() => site.row().views > views, 10000, "the view");
  await one_more_moment();
  assert.equal(site.row().views, views + 1);
  assert.equal(site.row().ctr_micro, Math.round((3 / (views + 1)) * 1e6));
  assert.equal(site.clicks().length, 3);
  assert.match(output(["report", "articles", "--config", site.config]), /Views/);
  await context.close();
});

test("a link's click can be told by its ping where scripts are blocked, and nothing breaks", async () => {
  const { context, page } = await reader({ userAgent: desktop(6), javaScriptEnabled: false });
  await page.goto(kSite + kArticle);
  await Promise.all([page.waitForURL("https://www.amazon.com/**"), page.locator("#left").click()]);
  const clicks = await settled(4);
  assert.equal(clicks.filter((click) => click.link === "steel-kettle" && click.verdict === "human").length, 2);
  await context.close();
});

test("what is forged, foreign, too long or too much is refused", async () => {
  const { mac, slug } = await proof_of_page();
  const before_count = site.clicks().length;
  let id = 0;
  const body = (more = "") => `k=c&a=${kArticle}&m=${mac}&i=${++id}&l=${slug}/1${more}`;
  assert.equal(await told(body().replace(kArticle, "/other/")), 403);
  assert.equal(await told(body().replace(mac, "0123456789abcdef")), 403);
  assert.equal(await told(body(), { Origin: "https://evil.example" }), 403);
  assert.equal(await told(body(), { Origin: "" }), 403);
  assert.equal(await told(body(`&x=${"x".repeat(2048)}`)), 413);
  assert.equal(await told("nonsense"), 400);
  assert.equal((await request(`${site.redirect_url}/go/-/b`)).status, 405);
  assert.equal(site.clicks().length, before_count);
  const answers = [];
  for (let i = 0; i < 150; ++i) answers.push(await told(`k=v&a=${kArticle}&m=${mac}&i=flood${i}`));
  assert(answers.includes(204) && answers.at(-1) === 429, JSON.stringify(answers.slice(-3)));
});

test("own pages audit clean, and injecting twice changes nothing", async () => {
  const { page } = await proof_of_page();
  const file = join(folder, "page.html");
  writeFileSync(file, page);
  assert.equal(run(["audit", file, "--config", site.config]).status, 0);
  const again = output(["inject", "-", "--path", kArticle, "--config", site.config], { input: page });
  assert.equal(again, page);
});

test("impressions are told when the owner wants them", async () => {
  await open_site("", true);
  const { context, page } = await reader({ userAgent: desktop(5) });
  await page.goto(kSite + kArticle);
  await eventually(() => site.row()?.views === 1, 10000, "the view");
  const agent = new http.Agent({ socketPath: site.socket });
  const seen = async () =>
    JSON.parse((await request(`http://localhost/api/v1/articles/detail?path=${encodeURIComponent(kArticle)}`, { agent })).body).impressions;
  await eventually(async () => (await seen()).length === 3, 10000, "three impressions");
  assert((await seen()).every((each) => each.impressions === 1));
  await context.close();
});

test("switched off, pages carry nothing and nothing listens", async () => {
  await open_site('[privacy]\nbeacon = "off"\n');
  const { mac, page } = await proof_of_page();
  assert.equal(mac, undefined);
  assert(!page.includes("data-candor-link") && !page.includes("<script"));
  assert.equal(await told(`k=v&a=${kArticle}&m=0123456789abcdef&i=1`), 404);
  assert.equal((await request(`${site.redirect_url}/go/-/candor.js`)).status, 404);
  assert.equal(site.row().views, null);
  assert.match(output(["report", "articles", "--config", site.config]), /n\/a/);
  assert.match(output(["privacy", "--config", site.config]), /no script of ours runs/);
});

test("with consent, only readers whose cookies say so are counted", async () => {
  await open_site('[privacy]\nbeacon = "consent"\nvisitors = "consent"\nclick_token = "consent"\n');
  const first = await reader({ userAgent: desktop(4) });
  await first.page.goto(kSite + kArticle);
  await Promise.all([first.page.waitForURL("https://www.amazon.com/**"), first.page.locator("#left").click()]);
  await first.context.close();
  const second = await reader({ userAgent: desktop(3) });
  await second.context.addCookies([{ name: "candor_consent", value: "beacon", url: kSite }]);
  await second.page.goto(kSite + kArticle);
  await Promise.all([second.page.waitForURL("https://www.amazon.com/**"), second.page.locator("#middle").click()]);
  await second.context.close();
  const [click] = await settled(1);
  assert.equal(click.link, "glass-kettle");

  const go = async (cookie) =>
    new URL((await request(`${site.redirect_url}/go/tin-kettle`, { headers: { "User-Agent": phone, ...(cookie && { Cookie: cookie }) } })).headers.location).searchParams.get("clickref") || null;
  assert.equal(await go(), null, "no token without consent");
  assert.match(await go("wp_consent_marketing=allow"), /^[a-z][a-z0-9]{16}$/);
  assert.match(await go("candor_consent=click_token"), /^[a-z][a-z0-9]{16}$/);
});

test("the privacy notice names what this configuration keeps, in two languages", () => {
  const notice = site.cli("privacy");
  assert.equal(notice.kept.beacon, "consent");
  assert.deepEqual(notice.kept.token_networks, ["awin"]);
  assert.deepEqual(notice.kept.direct_networks, ["amazon"]);
  for (const word of ["awin", "amazon", "48 hours", "consented"]) assert(notice.text.en.includes(word), word);
  for (const word of ["awin", "amazon", "48 Stunden", "eingewilligt"]) assert(notice.text.de.includes(word), word);
  assert.match(output(["privacy", "--language", "de", "--html", "--config", site.config]), /^<section lang="de">\n<p>/);
});
