// A browser as judge: wherever readers of a saved page see a paid link, they see the disclosure, on a phone and on a
// desktop. Pages come from files; nothing else is reachable.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { injectedPages } from "./saved_pages.mjs";
import { fromWeb } from "./support.mjs";

const { chromium } = fromWeb("playwright-core");
const kWidths = [390, 1280];
const kLeastContrast = 4.5;
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(() => browser?.close());

/// Runs in the page: what a reader sees of `element`, "" when all is well.
function faultIn(element, leastContrast) {
  if (!element) return "is missing";
  element.scrollIntoView({ block: "center", inline: "nearest" });
  const box = element.getBoundingClientRect();
  if (box.width < 1 || box.height < 1) return `has no size (${box.width} x ${box.height})`;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
    return "is not shown";
  const range = document.createRange();
  range.selectNodeContents(element);
  const lines = [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1);
  if (lines.length === 0) return "shows no text";
  const root = document.documentElement;
  if (lines.some(({ left }) => left < -1 || left > root.clientWidth - 20)) return "begins outside of the window";
  const wide = root.scrollWidth;
  element.style.display = "none";
  const wideWithout = root.scrollWidth;
  element.style.display = "";
  if (wide > wideWithout + 1) return `makes the page wider, from ${wideWithout} to ${wide}`;
  for (const { left, top, height } of lines) {
    if (top < 0 || top + height > innerHeight) continue;
    const seen = document.elementFromPoint(left + 4, top + height / 2);
    // An image that fills its frame fills the page while the stylesheet that makes the frame one is out of reach.
    if (seen?.tagName === "IMG" && getComputedStyle(seen).position === "absolute" && seen.offsetParent === document.body)
      continue;
    if (!seen || !(element.contains(seen) || seen.contains(element)))
      return `is covered by ${seen?.outerHTML.slice(0, 200)}`;
  }
  const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) =>
    [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const text = element.querySelector("p") ?? element;
  let ground = [255, 255, 255];
  for (let at = text; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== "none") return ""; // not to be told from colours
    const [r, g, b, alpha = 1] = numbers(style.backgroundColor);
    if (alpha === 0) continue;
    ground = [r, g, b];
    break;
  }
  const [light, dark] = [luminance(numbers(getComputedStyle(text).color)), luminance(ground)].sort((a, b) => b - a);
  const contrast = (light + 0.05) / (dark + 0.05);
  return contrast < leastContrast ? `has a contrast of ${contrast.toFixed(2)}` : "";
}

for (const width of kWidths) {
  test(`readers who see a paid link see the disclosure at ${width} pixels`, async () => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: false,
      serviceWorkers: "block",
    });
    await context.route(/^https?:/, (route) => route.abort());
    const page = await context.newPage();
    const faults = [];
    let seen = 0;
    for (const saved of injectedPages().filter((each) => !each.before.equals(each.after))) {
      await page.goto(pathToFileURL(saved.file).href, { waitUntil: "domcontentloaded" });
      const [link, block] = await page.evaluate(
        ([source, least]) => {
          const fault = new Function(`return ${source}`)();
          return ["p.planted", "[data-candor=disclosure]"].map((name) => fault(document.querySelector(name), least));
        },
        [faultIn.toString(), kLeastContrast],
      );
      if (link) continue; // this page shows nothing there without what it loads
      seen += 1;
      if (block) faults.push(`${saved.name}: the disclosure ${block}`);
    }
    await context.close();
    console.log(`${seen} pages show a paid link at ${width} pixels`);
    assert.deepEqual(faults, []);
    assert(seen >= 10 || process.env.CANDOR_HTML_CORPUS, `only ${seen} pages could be looked at`);
  });
}
