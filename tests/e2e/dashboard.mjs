// The dashboard in Chromium, as its owner sees it, and what no view may do: break the policy, write errors, ask for what is
// not there, hide things from a keyboard or a screen reader, or be wider than the screen.
//
// With CANDOR_WEB_DIR (this repository's web/) its files come from there instead of from the binary, so that a view can be
// tried without a build.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromWeb, output } from "./support.mjs";

const { chromium } = fromWeb("playwright-core");
const axe = fromWeb("axe-core");
const kAxeRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const launchBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/// A page that notes into `troubles` whatever no page may do. `allow(status, url)`: refusals that the test brings about.
export async function openPage(browser, { width = 1280, height = 900, scheme = "light", troubles = [], allow = () => false, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, locale: "en-GB", timezoneId: "America/New_York", reducedMotion: "reduce", acceptDownloads: true, ...more,
  });
  const page = await context.newPage();
  const at = () => page.url().replace(/^https?:\/\/[^/]+/, "");
  page.on("console", (message) => {
    // The browser's own remark about a refused request; the answer itself is judged below.
    if (["error", "warning"].includes(message.type()) && !message.text().includes("responded with a status")) troubles.push(`${at()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`${at()}: ${error.stack}`));
  page.on("requestfailed", (request) => {
    // A view that is left gives up what it asked for.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") troubles.push(`${at()}: ${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !allow(response.status(), response.url())) troubles.push(`${at()}: ${response.status()} for ${response.request().method()} ${response.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  if (process.env.CANDOR_WEB_DIR) await page.route(/\.(js|css|html)$|\/$/, fromDisk);
  return page;
}

/// A file's name below web/, of its address: "lib/api.js" of ".../v/HASH/lib/api.js".
export const nameOf = (url) => new URL(url).pathname.slice(1).replace(/^v\/[0-9a-f]+\//, "") || "index.html";

/// The binary's answer, its headers above all, with the file's present text.
async function fromDisk(route) {
  const name = nameOf(route.request().url());
  const file = join(process.env.CANDOR_WEB_DIR, name);
  if (!existsSync(file)) return route.continue();
  const home = new URL(route.request().url()).origin;
  const headers = { ...(await route.fetch({ url: `${home}/` })).headers() };
  delete headers["content-length"];
  delete headers["content-encoding"];
  const type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
  return route.fulfill({ status: 200, headers: { ...headers, "content-type": `${type}; charset=utf-8` }, body: readFileSync(file) });
}

/// Makes the demo site below the folder, on ports that the system picks; gives its configuration file.
export function makeDemo(folder) {
  output(["init", "--demo", join(folder, "demo")]);
  const config = join(folder, "demo", "candor.toml");
  writeFileSync(config, readFileSync(config, "utf8").replace(/^listen = "127\.0\.0\.1:\d+"$/gm, 'listen = "127.0.0.1:0"'));
  return config;
}

/// Signs the page in as an owner, by a one-time link, and waits for the first view.
export async function signIn(page, config, args = []) {
  await page.goto(output(["user", "invite", ...args, "--config", config]).trim());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Views" }).waitFor({ state: "attached" });
}

/// Waits until the view has its code and its data, and nothing moves.
export async function settled(page) {
  await page.waitForFunction(() => document.getElementById("page-title") && !document.querySelector(".skeleton, .stale"));
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
}

/// Goes to a view by its address, like "#/links?q=x".
export async function visit(page, site, hash) {
  await page.goto(`${site.admin_url}/${hash}`);
  // Where only the part after # differs, the page is the same one: let it take notice first.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await settled(page);
}

/// Not behind the sign-in.
const kOutside = ["/login"];

/// [path, address] of every view of the dashboard's own list, in the order they are found: from the overview by links, as
/// people find them, so that a view that needs to be told of what (an article, say) is told by another view. `missed` are
/// the paths that no link leads to.
export async function findViews(page, site) {
  const paths = await page.evaluate(async () => Object.keys((await import(document.querySelector("script[src]").src)).kViews));
  const wanted = new Set(paths.filter((path) => !kOutside.includes(path)));
  const found = new Map();
  const queue = ["#/overview"];
  while (queue.length > 0) {
    await visit(page, site, queue.shift());
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href^="#/"]')].map((each) => each.getAttribute("href")));
    for (const link of links) {
      const path = link.slice(1).split("?")[0];
      if (!wanted.has(path) || found.has(path)) continue;
      found.set(path, link);
      queue.push(link); // One of each kind is enough to go on from.
    }
  }
  return { views: [...found], missed: [...wanted].filter((path) => !found.has(path)) };
}

/// What axe finds, each as one line.
export async function axeViolations(page) {
  // From inside, as the policy forbids scripts from outside: evaluate is not bound by it.
  await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run({ runOnly: rules });
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }, kAxeRules);
}

/// What axe does not look at: width, one heading, named tables, and charts that say in words and numbers what they draw.
export const ownViolations = (page) => page.evaluate(() => {
  const found = [];
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) found.push(`${over} px wider than the screen`);
  if (document.querySelectorAll("h1").length !== 1) found.push(`${document.querySelectorAll("h1").length} headings of the first level`);
  if (!document.title.includes(" · ")) found.push(`the title says no view: ${document.title}`);
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption?.textContent.trim()) found.push(`a table without a caption: ${table.outerHTML.slice(0, 120)}`);
    for (const head of table.querySelectorAll("th:not([scope])")) found.push(`a heading without scope: ${head.outerHTML.slice(0, 120)}`);
  }
  for (const canvas of document.querySelectorAll("canvas"))
    if (!canvas.closest("figure")) found.push("a drawing outside of a figure");
  // "1,234.50 USD" as 1234.5; the dash of what is not known as nothing.
  const number = (text) => {
    const digits = text.replace(/[^\d.,-]/g, "").replaceAll(",", "");
    return digits === "" || digits === "-" ? null : Number(digits);
  };
  for (const figure of document.querySelectorAll("figure")) {
    const name = figure.querySelector("figcaption")?.textContent.trim();
    if (!name) {
      found.push(`a figure without a caption: ${figure.outerHTML.slice(0, 120)}`);
      continue;
    }
    for (const drawing of figure.querySelectorAll("canvas")) {
      if (!drawing.closest("[aria-hidden=true]")) found.push(`${name}: the drawing is read out as a riddle`);
      if (!drawing.closest("[tabindex='0']")) found.push(`${name}: no key reaches it`);
    }
    const table = figure.querySelector("table");
    if (!table) {
      found.push(`${name}: no table beside it`);
      continue;
    }
    if (table.hasAttribute("data-no-total")) continue;
    const foot = [...(table.tFoot?.rows[0]?.cells ?? [])].map((cell) => number(cell.textContent));
    if (foot.length === 0) found.push(`${name}: its table has no totals`);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    foot.forEach((total, n) => {
      if (n === 0 || total === null) return;
      const sum = rows.reduce((all, row) => all + (number(row.cells[n]?.textContent ?? "") ?? 0), 0);
      if (Math.abs(sum - total) > 1e-6) found.push(`${name}: column ${n} sums to ${sum}, its foot says ${total}`);
    });
    const first = foot.find((total, n) => n > 0 && total !== null);
    const said = name.match(/\d[\d.,]*/g)?.map(number) ?? [];
    if (first !== undefined && !said.includes(first)) found.push(`${name}: does not say its total, ${first}`);
  }
  return found;
});

/// Tabs through the page: everything reached must show that it has the focus. Gives what does not.
export async function focusViolations(page, most = 60) {
  const found = [];
  await page.evaluate(() => document.activeElement?.blur());
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return { end: true };
      const style = getComputedStyle(at);
      const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
      const { width, height } = at.getBoundingClientRect();
      return { html: at.outerHTML.slice(0, 120), seen, shown: width > 0 && height > 0 };
    });
    if (state.end) break;
    if (!state.seen) found.push(`focus cannot be seen: ${state.html}`);
    if (!state.shown) found.push(`focus is on what is not shown: ${state.html}`);
  }
  return found;
}

/// A picture kept with the build's results: build/…/screenshots/NAME.png.
export async function keepScreenshot(page, name) {
  if (!process.env.CANDOR_BUILD_DIR) return;
  const folder = join(process.env.CANDOR_BUILD_DIR, "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
