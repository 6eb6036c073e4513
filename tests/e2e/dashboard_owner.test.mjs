// What an owner does of a morning, through the real binary: sees what needs doing, mends a page, follows an article's money
// to its links, asks why a click counts, notes what changed; and a new site's first steps, which tick themselves.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launchBrowser, makeDemo, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { eventually, json, output, phone, request, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kArticle = "/overnight-oats/";
const kScreens = [
  { name: "phone", width: 390, height: 844, scheme: "dark" },
  { name: "desktop", width: 1280, height: 900, scheme: "light" },
];

let browser;
let folder;
let config;
let site;
let page;
const troubles = [];
const refused = new Set(); // addresses whose refusal a test brings about

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = makeDemo(folder);
  leaveUnjudged(["fibre-first", "chia-pudding", "best-blenders"]);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles, allow: (_, url) => [...refused].some((each) => url.includes(each)) });
  await signIn(page, config);
  await settled(page);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/// Pages that earn, with a style sheet that nobody here can read: what it decides is not judged.
function leaveUnjudged(names) {
  for (const name of names) {
    const file = join(folder, "demo", "site", name, "index.html");
    writeFileSync(file, readFileSync(file, "utf8").replace("</head>", '<link rel="stylesheet" href="https://cdn.example/late.css"></head>'));
  }
  output(["nightly", "--config", config]);
}

/// What the dashboard's own session is answered.
const api = (path) => page.evaluate(async (address) => (await fetch(address)).json(), `/api/v1${path}`);
const count = (text) => Number(text.replace(/[^\d-]/g, ""));

async function onScreen({ width, height, scheme }) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
}

async function wellMade(where) {
  assert.deepEqual([...(await ownViolations(page)), ...(await axeViolations(page))], [], where);
}

for (const screen of kScreens) {
  test(`${screen.name}: problems come by the money at risk, and each leads to its remedy`, async () => {
    await onScreen(screen);
    await visit(page, site, "#/overview");
    const { problems, clicks } = await api("/overview");
    const risks = problems.filter((each) => each.at_risk.length > 0).map((each) => each.at_risk[0].earned_micro);
    assert(risks.length > 1, "pages that earn and are not judged");
    assert.deepEqual(risks, [...risks].sort((a, b) => b - a));
    const listed = page.locator("section[aria-labelledby=attention] .problems > li");
    assert.equal(await listed.filter({ hasText: "At risk: " }).count(), Math.min(5, problems.length) - problems.slice(0, 5).filter((each) => each.at_risk.length === 0).length);
    const report = await api("/reports?by=day&compare=previous");
    await page.locator(".kpi-line .spark").first().waitFor();
    const figures = await page.locator("dl.figures").innerText();
    assert(figures.replaceAll(",", "").includes(String(clicks.net)), "clicks");
    assert.equal(report.total.clicks, clicks.net, "one number, whoever is asked");
    const change = ((report.total.clicks - report.total.before.clicks) / report.total.before.clicks) * 100;
    const said = Number((await page.locator(".kpi-change").first().innerText()).match(/[+-]?[\d.]+/)[0]);
    assert(Math.abs(said - change) <= 0.05, `${said} for ${change}`);
    await wellMade("overview");
    await listed.getByRole("link", { name: /Review and fix/ }).first().click();
    await page.waitForURL(/#\/disclosures\?path=/);
    await settled(page);
    await page.locator("section[aria-labelledby=review]").waitFor();
  });

  test(`${screen.name}: the steps from requests to clicks add up, and each opens its rows`, async () => {
    await onScreen(screen);
    await visit(page, site, "#/clicks");
    const flow = page.locator("figure.flow");
    const steps = (await flow.locator("tbody td").allInnerTexts()).map(count);
    const net = count(await flow.locator("tfoot td").innerText());
    assert(steps.length >= 4, "the demo has robots, prefetches, HEADs and repeats");
    assert.equal(steps.reduce((sum, step) => sum + step, 0), net);
    const { clicks } = await api("/overview");
    assert.equal(net, clicks.net);
    assert.equal(steps[0], clicks.gross);
    await flow.getByRole("link", { name: "Bots by rule" }).click();
    const rules = page.locator("section[aria-labelledby=rules]");
    await rules.locator("tfoot").waitFor();
    const byRule = (await rules.locator("tbody td").allInnerTexts()).map(count);
    assert.equal(byRule.reduce((sum, each) => sum + each, 0), clicks.by_verdict.bot);
    await wellMade("clicks by rule");
    await flow.getByRole("link", { name: "Bots", exact: true }).click();
    await page.waitForURL(/verdict=bot/);
    await settled(page);
    const verdicts = await page.locator("section[aria-labelledby=log] tbody .badge").allInnerTexts();
    assert(verdicts.length > 5 && verdicts.every((each) => each.trim() === "Bot"), verdicts.join());
    await page.locator("a.why").first().click();
    await page.getByText("Does not count.").waitFor();
    assert.match(await page.locator(".checks").innerText(), /Prefetches: no[^]*Bots: yes[^]*Repeats: not asked/);
    await wellMade("a click explained");
    await page.goBack();
    await page.goBack();
    await page.waitForURL((url) => !url.hash.includes("verdict="));
  });

  test(`${screen.name}: an article's money is told by status, evidence and place, with equal sums`, async () => {
    await onScreen(screen);
    await visit(page, site, `#/articles/detail?path=${encodeURIComponent(kArticle)}`);
    const row = (await api("/reports?by=article")).data.find((each) => each.key === kArticle);
    await page.locator("section[aria-labelledby=earned] table").first().waitFor();
    const heat = page.locator("figure.heat");
    await heat.locator("tfoot").waitFor();
    const cells = (line) => heat.locator(`${line} > tr`).first().locator("td").allInnerTexts();
    const foot = await cells("tfoot");
    assert.equal(count(foot[0]), row.clicks, "clicks by place are the article's clicks");
    assert.equal(count(foot[1]), row.gross_clicks);
    const earned = row.money.find((line) => line.currency === "USD").earned_micro;
    const amount = (text) => Math.round(Number(text.replace(/[^\d.-]/g, "")) * 1e6);
    assert.equal(amount(foot[2]), earned, "money by place is the article's money");
    for (const caption of ["Earned by status", "Earned by evidence"]) {
      const table = page.locator("table", { has: page.locator("caption", { hasText: caption }) });
      assert.equal(amount(await table.locator("tfoot tr").first().locator("td").first().innerText()), earned, caption);
      const parts = await table.locator("tbody td").allInnerTexts();
      assert.equal(parts.reduce((sum, each) => sum + (amount(each) || 0), 0), earned, caption);
    }
    assert.match(await page.locator("section[aria-labelledby=time-line]").innerText(), /First seen/);
    await wellMade("article");
  });

  test(`${screen.name}: a page is mended in its file, and the mending taken back`, async () => {
    await onScreen(screen);
    const file = join(folder, "demo", "site", "overnight-oats", "index.html");
    const written = readFileSync(file, "utf8");
    await visit(page, site, `#/disclosures?path=${encodeURIComponent(kArticle)}`);
    const review = page.locator("section[aria-labelledby=review]");
    await review.locator("mark").first().waitFor();
    const marked = await review.locator("mark").first().textContent();
    assert(written.includes(marked.slice(0, 40)), "the place is marked in the page's own source");
    assert.match(await review.locator(".reasons").first().innerText(), /Why/);
    assert((await review.locator(".diff-in").count()) > 0, "what would change is shown");
    assert.equal(readFileSync(file, "utf8"), written, "and nothing is written by looking");
    await wellMade("review");
    await review.getByRole("button", { name: "Write it into the file" }).click();
    await page.getByText(`Wrote the fix into ${kArticle}`).waitFor();
    assert.match(readFileSync(file, "utf8"), /data-candor="disclosure"/);
    await page.getByText("There is nothing for Candor to change in this file.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(`${kArticle} is as it was`).waitFor();
    assert.equal(readFileSync(file, "utf8"), written, "byte for byte");
    await review.getByRole("button", { name: "Write it into the file" }).waitFor();
  });

  test(`${screen.name}: an annotation stands on its day, is changed, removed and brought back`, async () => {
    await onScreen(screen);
    await visit(page, site, "#/annotations");
    await page.getByRole("button", { name: "Annotate" }).first().click();
    refused.add("/annotations");
    await page.getByRole("textbox", { name: "What happened" }).fill("");
    await page.getByRole("textbox", { name: "Article" }).fill("/nowhere/");
    await page.locator("dialog").getByRole("button", { name: "Annotate" }).click();
    await page.locator("#annotation-text[aria-invalid=true]").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "annotation-text");
    await page.getByRole("textbox", { name: "What happened" }).fill("New <b>theme</b>");
    await page.keyboard.press("Enter");
    await page.locator("#annotation-article[aria-invalid=true]").waitFor();
    refused.clear();
    await page.getByRole("textbox", { name: "Article" }).fill("");
    await wellMade("annotation dialog");
    await page.keyboard.press("Enter");
    const row = page.locator("tbody tr", { hasText: "New <b>theme</b>" });
    await row.waitFor();
    await page.getByRole("button", { name: "Edit New <b>theme</b>" }).click();
    await page.getByRole("textbox", { name: "What happened" }).fill("Faster theme");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("tbody tr", { hasText: "Faster theme" }).waitFor();
    await wellMade("annotations");
    await visit(page, site, "#/overview");
    await page.locator("figure.chart summary").click();
    await page.locator("figure.chart tbody", { hasText: "Faster theme" }).waitFor();
    await visit(page, site, "#/annotations");
    await page.getByRole("button", { name: "Remove Faster theme" }).click();
    await page.getByText("No annotation in these days").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator("tbody tr", { hasText: "Faster theme" }).waitFor();
    await page.getByRole("button", { name: "Remove Faster theme" }).click();
    await page.getByText("No annotation in these days").waitFor();
  });
}

test("a click made now shows by itself", async () => {
  await visit(page, site, "#/overview");
  const recent = page.locator("section[aria-labelledby=recent] tbody tr");
  await recent.first().waitFor();
  const answer = await request(`${site.redirect_url}/go/fjord-omega?a=${encodeURIComponent(kArticle)}`, { headers: { "User-Agent": `${phone} live` } });
  assert.equal(answer.status, 302);
  await eventually(async () => (await recent.first().innerText()).includes("fjord-omega"), 30000, "the click on screen");
});

test("coverage is read out day by day, and its numbers are the pages below", async () => {
  await visit(page, site, "#/disclosures");
  const coverage = await api("/disclosure");
  const figure = page.locator("figure.chart");
  assert.match(await figure.locator("figcaption").innerText(), new RegExp(`${coverage.now.pass + coverage.now.warn} of \\d+`));
  await figure.locator(".chart-focus").focus();
  const read = await figure.locator(".chart-readout").innerText();
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await figure.locator(".chart-readout").innerText(), read);
  assert.equal(await page.locator("section[aria-labelledby=pages] tbody tr").count(), coverage.data.length);
});

test("own words are tried before they are used", async () => {
  await visit(page, site, "#/disclosures?tab=texts");
  await wellMade("texts");
  await page.getByRole("combobox", { name: /^Language/ }).selectOption("de");
  await page.locator(".page-preview[lang=de]").waitFor();
  await page.getByRole("combobox", { name: /^Language/ }).selectOption("");
  await page.locator(".page-preview[lang=en-US]").waitFor();
  refused.add("/disclosure/texts");
  const own = page.locator("#own-top");
  await own.fill("We love kettles.");
  await page.getByRole("button", { name: "Try them" }).click();
  await page.locator("#own-top[aria-invalid=true]").waitFor();
  refused.clear();
  await own.fill("We earn a commission when you buy through the links on this page.");
  await page.getByRole("button", { name: "Try them" }).click();
  await page.getByText("These words disclose.").waitFor();
  assert.match(await page.locator("pre[aria-label='Lines for candor.toml']").innerText(), /^\[disclosure\.texts\.en-US\]\ntop = "We earn a commission/);
});

test("two thousand articles are shown a hundred at a time, and found at once", async () => {
  const report = await api("/reports/articles");
  const [model] = report.data;
  const many = { ...report, data: Array.from({ length: 2000 }, (_, n) => ({ ...model, path: `/article-${n}/`, title: `Article ${n}`, clicks: n })) };
  await page.route(/\/api\/v1\/reports\/articles\?/, (route) => route.fulfill({ json: many }));
  await visit(page, site, "#/articles?sort=-clicks");
  assert.equal(await page.locator("tbody tr").count(), 100);
  assert.match(await page.locator("tbody tr").first().innerText(), /Article 1999/);
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/page=2/);
  await page.waitForFunction(() => document.querySelector("tbody tr").innerText.includes("Article 1899"));
  const took = await page.evaluate(async () => {
    const input = document.getElementById("filter");
    const begun = performance.now();
    input.value = "article 1234";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while (document.querySelectorAll("tbody tr").length !== 1) await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  });
  assert.match(await page.locator("tbody tr").first().innerText(), /Article 1234/);
  assert(took < 2000, `${took} ms to filter`);
  await page.unroute(/\/api\/v1\/reports\/articles\?/);
});

test("a new site's first steps tick themselves, and a test click arrives", async () => {
  const fresh = temporaryFolder();
  const its = writeConfig(fresh);
  const other = await serve(its);
  const owner = await openPage(browser, { troubles });
  try {
    await signIn(owner, its);
    await settled(owner);
    const steps = owner.locator(".setup > li");
    await steps.first().waitFor();
    assert.equal(await owner.locator(".setup > li.tone-ok").count(), 0);
    assert.equal(await owner.locator("figure").count(), 0, "no chart of nothing");
    assert.deepEqual([...(await ownViolations(owner)), ...(await axeViolations(owner))], []);
    output(["link", "add", "kettle", `${other.redirect_url}/nowhere`, "--config", its]);
    await steps.nth(0).and(owner.locator(".tone-ok")).waitFor();
    const send = owner.getByRole("link", { name: "Send a test click" });
    await send.waitFor();
    const address = new URL(await send.getAttribute("href"));
    // The site's public name is nobody's here: the same request at the redirects' own address.
    await owner.evaluate(() => document.querySelector(".test-click a").addEventListener("click", (event) => event.preventDefault()));
    await send.click();
    const answer = await request(`${other.redirect_url}${address.pathname}${address.search}`, { headers: { "User-Agent": phone } });
    assert.equal(answer.status, 302);
    await owner.getByText(/Arrived .* It counts for nothing\./).waitFor({ timeout: 15000 });
    await steps.nth(2).and(owner.locator(".tone-ok")).waitFor();
    assert.equal(json(["click", "list", "--gross", "--config", its]).data[0].verdict, "test");
  } finally {
    await owner.context().close();
    await other.stop();
  }
});

test("nothing was said on the console, refused or failed", () => assert.deepEqual(troubles, []));
