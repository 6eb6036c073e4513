// Looks at every view in a real browser: strict policy, accessibility, keyboard, narrow screens,
// and the things a person does. Against the fake API:
//
//   node web/test/browser.mjs [FOLDER FOR SCREENSHOTS]     $CHROMIUM names another browser
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startFakeApi } from "./fake_api.mjs";

const kViews = {
  overview: "#/overview",
  articles: "#/articles",
  article: "#/articles/detail?path=/magnesium-guide",
  links: "#/links",
  clicks: "#/clicks?all=1&rules=bot&why=8000000000000127",
  disclosures: "#/disclosures",
  annotations: "#/annotations",
  imports: "#/imports",
  jobs: "#/jobs",
  settings: "#/settings",
};
const kScreens = [
  { name: "wide", width: 1280, height: 860, colorScheme: "light" },
  { name: "wide-dark", width: 1280, height: 860, colorScheme: "dark" },
  { name: "phone", width: 390, height: 844, colorScheme: "light" },
  { name: "narrow-dark", width: 320, height: 640, colorScheme: "dark" },
];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.argv[2];

async function open(browser, screen, troubles) {
  const { name, width, height, colorScheme } = screen;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: "en-GB", timezoneId: "America/New_York", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => {
    // A refused request (a wrong password, say) is the browser's own remark about a test's doing.
    if (["error", "warning"].includes(message.type()) && !message.text().includes("the server responded with a status"))
      troubles.push(`${name}: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`${name}: ${error.stack}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return page;
}

const settled = (page) => page.waitForFunction(() => document.querySelector("#page-title") && !document.querySelector(".skeleton, .stale"));

async function look(page, url, view, troubles, where) {
  await page.goto(`${url}${kViews[view]}`);
  await page.reload();
  await settled(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) troubles.push(`${where}: ${over} px wider than the screen`);
  // Run from inside, as the policy forbids scripts from outside: evaluate is not bound by it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const each of violations) troubles.push(`${where}: ${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  if (shots) await page.screenshot({ path: join(shots, `${where}.png`), fullPage: true });
}

async function everyView(browser, troubles) {
  const server = await startFakeApi();
  for (const screen of kScreens) {
    const page = await open(browser, screen, troubles);
    for (const view of Object.keys(kViews)) await look(page, server.url, view, troubles, `${view}-${screen.name}`);
    await page.context().close();
  }
  server.close();
}

/** axe finds nothing wrong with a chart that says nothing: assert what it must say. */
async function chart(page, url) {
  await page.goto(`${url}#/overview`);
  await settled(page);
  const shown = await page.evaluate(() => {
    const figure = document.querySelector("figure.chart");
    const number = (text) => Number(text.replace(/\D/g, ""));
    const cells = [...figure.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => number(cell.textContent)));
    return {
      caption: figure.querySelector("figcaption strong").textContent,
      sums: [0, 1].map((n) => cells.reduce((sum, row) => sum + row[n], 0)),
      foot: [...figure.querySelectorAll("tfoot td")].map((cell) => number(cell.textContent)),
      hidden: figure.querySelector("canvas").closest("[aria-hidden=true]") !== null,
      rows: cells.length,
    };
  });
  assert.deepEqual(shown.sums, shown.foot, "the table's rows sum to its foot");
  assert.equal(Number(shown.caption.replace(/\D/g, "")), shown.sums[0], "the caption states the same sum");
  assert.equal(shown.rows, 28);
  assert.ok(shown.hidden, "the drawing is hidden from assistive technology");
  await page.locator(".chart-focus").focus();
  const read = () => page.locator(".chart-readout").textContent();
  const last = await read();
  assert.match(last, /so far: Human clicks/, "focus reads the last day");
  await page.keyboard.press("ArrowLeft");
  const before = await read();
  assert.notEqual(before, last);
  await page.keyboard.press("Home");
  const first = await read();
  await page.keyboard.press("PageDown");
  assert.notEqual(await read(), first);
  await page.keyboard.press("End");
  assert.equal(await read(), last, "end comes back to the last day");
}

async function keyboard(page, url) {
  await page.goto(`${url}#/overview?range=7d`);
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL(/#\/articles\?range=7d$/);
  await settled(page);
  await page.waitForFunction(() => document.activeElement.id === "page-title"); // Reading starts at the heading.
  await page.keyboard.press("/");
  await page.keyboard.type("oats");
  await page.waitForURL(/q=oats/);
  assert.equal(await page.locator("tbody tr").count(), 1);
  assert.match(await page.locator("tfoot").textContent(), /Unattributed.*Total/s);
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.goBack();
  await page.waitForURL(/#\/overview\?range=7d$/);
  await page.waitForFunction(() => document.activeElement.id === "page-title");
  await page.keyboard.press("Tab");
  for (let n = 0; n < 30; n += 1) {
    const outlined = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none" || document.activeElement === document.body);
    assert.ok(outlined, `focus is visible on ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}`);
    await page.keyboard.press("Tab");
  }
}

async function sorting(page, url) {
  await page.goto(`${url}#/articles`);
  await settled(page);
  const first = () => page.locator("tbody tr:first-child th").textContent();
  await page.getByRole("button", { name: "Clicks", exact: true }).click();
  await page.waitForURL(/sort=-clicks/);
  assert.equal(await page.locator("th[aria-sort=descending]").textContent(), "Clicks");
  const most = await first();
  await page.getByRole("button", { name: "Clicks", exact: true }).click();
  await page.waitForURL(/sort=clicks/);
  assert.notEqual(await first(), most);
  await page.goBack();
  await page.waitForURL(/sort=-clicks/);
  assert.equal(await first(), most, "Back gives the former order");
  assert.match(await page.getByRole("link", { name: "Download CSV" }).getAttribute("href"), /format=csv/);
}

async function links(page, url, state) {
  await page.goto(`${url}#/links`);
  await settled(page);
  await page.getByRole("button", { name: "Add link" }).click();
  await page.getByLabel("Short name").fill("Bad Name");
  await page.getByLabel("Destination").fill("https://shop.example/x");
  await page.locator("dialog").getByRole("button", { name: "Add link" }).click();
  await page.locator("#link-slug[aria-invalid=true]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "link-slug", "the field at fault has the focus");
  await page.getByLabel("Short name").fill("new-one");
  await page.getByLabel("Destination").fill("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await page.locator("#link-destination[aria-invalid=true]").waitFor();
  await page.getByLabel("Destination").fill("https://shop.example/x");
  await page.keyboard.press("Enter");
  await page.locator("tbody").getByText("new-one", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Edit new-one" }).click();
  await page.getByRole("textbox", { name: "Merchant" }).fill("Shop");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator("tbody").getByText("Shop", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Remove new-one" }).click();
  await page.getByText("Removed new-one").waitFor();
  assert.equal(state.links.find((each) => each.slug === "new-one").state, "disabled", "redirects stop at once");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Disable new-one" }).waitFor();
  assert.equal(state.links.find((each) => each.slug === "new-one").state, "active");
  await page.getByRole("button", { name: "Remove new-one" }).click();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await page.waitForFunction(() => !document.body.textContent.includes("new-one"));
  const deadline = Date.now() + 5000;
  while (state.links.some((each) => each.slug === "new-one") && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(!state.links.some((each) => each.slug === "new-one"), "deleted when the undo is over");
}

async function importing(page, url) {
  await page.goto(`${url}#/imports`);
  await settled(page);
  const report = { name: "awin.csv", mimeType: "text/csv", buffer: Buffer.from("id,commission\n1,2.50\n") };
  await page.getByLabel(/Drop a report file/).setInputFiles(report);
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByText("2 could not be read").waitFor();
  assert.match(await page.locator("table", { hasText: "Rows that could not be read" }).textContent(), /12,3,4/);
  await page.locator("#report-file").setInputFiles(report);
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByText("was imported before").waitFor();
}

async function clicks(page, url, state) {
  await page.goto(`${url}#/clicks`);
  await settled(page);
  assert.equal(await page.getByText("Googlebot").count(), 0, "robots are left out by default");
  await page.getByRole("link", { name: "All requests" }).click();
  await page.getByText("pattern Googlebot").first().waitFor();
  await page.locator("a.why").first().click();
  await page.getByText("Counts.").waitFor();
  assert.equal(await page.locator("main script").count(), 0, "a user agent is text, never markup");
  await page.getByRole("link", { name: "Older" }).click();
  await page.waitForURL(/before=/);
  await page.goto(`${url}#/overview`);
  await settled(page);
  state.clicks.unshift({ ...state.clicks[0], id: "8000000000009999", link: "just-now" });
  await page.getByText("just-now").waitFor({ timeout: 10000 });
}

async function signingIn(browser, troubles) {
  const server = await startFakeApi({ signedIn: false });
  const page = await open(browser, kScreens[0], troubles);
  await page.goto(`${server.url}#/links`);
  await page.getByText("one-time link that Candor printed").waitFor();
  await look(page, server.url, "overview", troubles, "login");
  await page.goto(`${server.url}#/login?once=one-time`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/#\/overview$/);
  await page.getByText("Needs attention").waitFor();
  await page.goto(`${server.url}#/settings`);
  await page.getByLabel("New password").fill("too short");
  await page.getByLabel("The same again").fill("too short");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("Use at least 10 characters").waitFor();
  await page.getByLabel("New password").fill("a long enough one");
  await page.getByLabel("The same again").fill("a long enough one");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("The password is set").waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.locator("input[name=password]").fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("The password is not right").waitFor();
  await page.locator("input[name=password]").fill("a long enough one");
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Views" }).waitFor();
  await page.goto(`${server.url}#/login?once=one-time`);
  server.state.signedIn = false;
  await page.reload();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("used before").waitFor();
  await page.context().close();
  server.close();
}

async function losingTheServer(browser) {
  const server = await startFakeApi();
  const page = await open(browser, kScreens[0], []);
  await page.goto(`${server.url}#/overview`);
  await settled(page);
  server.close();
  await page.getByText("Not reached since").waitFor({ timeout: 12000 });
  assert.ok(await page.getByText("Needs attention").isVisible(), "the last numbers stay, marked as old");
  await page.context().close();
}

if (shots) mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const troubles = [];
try {
  await everyView(browser, troubles);
  const server = await startFakeApi();
  const page = await open(browser, kScreens[0], troubles);
  for (const step of [chart, keyboard, sorting, links, importing, clicks]) {
    await step(page, server.url, server.state);
    console.log(`ok ${step.name}`);
  }
  await page.context().close();
  server.close();
  await signingIn(browser, troubles);
  console.log("ok signingIn");
  await losingTheServer(browser);
  console.log("ok losingTheServer");
} finally {
  await browser.close();
}
for (const trouble of troubles) console.error(`FAIL ${trouble}`);
console.log(`${Object.keys(kViews).length} views on ${kScreens.length} screens: ${troubles.length} troubles`);
process.exit(troubles.length > 0 ? 1 : 0);
