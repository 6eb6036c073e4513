// Every view of the dashboard, on a phone and a desktop, light and dark, with the demo site's data through the real
// binary. The list is the dashboard's own: a new view is looked at without a change here. A view that needs to be told of
// what (an article, say) is reached by a link on another view, as people reach it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, findViews, focusViolations, keepScreenshot, launchBrowser, makeDemo, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { serve } from "./support.mjs";

const kScreens = [
  { name: "desktop-light", width: 1280, height: 900, scheme: "light" },
  { name: "desktop-dark", width: 1280, height: 900, scheme: "dark" },
  { name: "phone-light", width: 390, height: 844, scheme: "light" },
  { name: "phone-dark", width: 390, height: 844, scheme: "dark" },
];

let browser;
let folder;
let config;
let site;
let page;
const troubles = [];
let views = []; // [path, address]

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = makeDemo(folder);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles });
  await signIn(page, config);
  await settled(page);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("every view is reached by the navigation or by a link on another view", async () => {
  const all = await findViews(page, site);
  assert.deepEqual(all.missed, [], "no link leads to these views");
  assert(all.views.length >= 8, JSON.stringify(all.views));
  views = all.views;
});

test("every view keeps its promises on every screen", async (t) => {
  for (const { name, width, height, scheme } of kScreens)
    await t.test(name, async () => {
      const found = [];
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const [path, address] of views) {
        await visit(page, site, address);
        for (const each of [...(await ownViolations(page)), ...(await axeViolations(page))]) found.push(`${path}: ${each}`);
        await keepScreenshot(page, `${path.slice(1).replaceAll("/", "-")}-${name}`);
      }
      assert.deepEqual(found, []);
    });
});

test("no view is wider than the narrowest phone, nor lost on the widest screen", async () => {
  const found = [];
  for (const [width, height] of [[320, 640], [3840, 2160]]) {
    await page.setViewportSize({ width, height });
    for (const [path, address] of views) {
      await visit(page, site, address);
      for (const each of await ownViolations(page)) found.push(`${path} at ${width} px: ${each}`);
    }
  }
  assert.deepEqual(found, []);
});

test("keys reach everything, and it shows", async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const found = [];
  for (const [path, address] of views) {
    await visit(page, site, address);
    for (const each of await focusViolations(page)) found.push(`${path}: ${each}`);
  }
  assert.deepEqual(found, []);
});

test("on paper stands what is to be read, and nothing to press", async () => {
  const found = [];
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.setViewportSize({ width: 760, height: 1000 });
  for (const [path, address] of views) {
    await visit(page, site, address);
    const pressed = await page.evaluate(() => [...document.querySelectorAll("nav, button:not(.sort), input, select, textarea")].filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 100)));
    for (const each of pressed) found.push(`${path}: ${each}`);
    if (!(await page.locator("#page-title").isVisible())) found.push(`${path}: no heading`);
  }
  await page.emulateMedia({ media: "screen" });
  assert.deepEqual(found, []);
});

test("no view broke the policy, wrote an error or asked in vain", () => assert.deepEqual([...new Set(troubles)], []));
