// Settings in the dashboard: what candor.toml says is what stands there, for owners only, and a backup is made now.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser, makeDemo, openPage, ownViolations, signIn, visit } from "./dashboard.mjs";
import { output, serve, temporaryFolder } from "./support.mjs";

let browser;
let outbox;
let folder;
let config;
let site;
let page;
const troubles = [];

before(async () => {
  folder = temporaryFolder();
  config = makeDemo(folder);
  // A sendmail that keeps what it is given, or refuses it.
  outbox = join(folder, "outbox");
  const sendmail = join(folder, "sendmail");
  writeFileSync(sendmail, `#!/bin/sh\ncase "$*" in *refused*) echo "no such user" >&2; exit 67;; esac\ncat >> "${outbox}"\n`);
  chmodSync(sendmail, 0o755);
  writeFileSync(config, `${readFileSync(config, "utf8")}\n[privacy]\nvisitors = "consent"\nbeacon = "off"\n[retention]\nraw_click_days = 9\n[[programmes]]\nname = "kettle <club>"\nhosts = ["shop.example"]\n[mail]\nfrom = "candor@nourished.example"\nto = ["owner@nourished.example"]\nsendmail = "${sendmail}"\n`);
  site = await serve(config);
  browser = await launchBrowser();
  page = await openPage(browser, { troubles });
  await signIn(page, config);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const valueOf = (key) => page.locator("tr", { has: page.locator("code", { hasText: new RegExp(`^${key.replace(/[[\]]/g, "\\$&")}$`) }) }).locator("td").first().innerText();

test("what the file says stands beside its key", async () => {
  await visit(page, site, "#/settings");
  for (const [key, value] of [
    ["[site] name", "The Nourished Fork"], ["[site] zone", "America/New_York"], ["[site] jurisdictions", "US"], ["[privacy] visitors", "With consent"],
    ["[privacy] beacon", "Off"], ["[privacy] click_token", "On"], ["[retention] raw_click_days", "9"], ["[revenue] model", "linear"], ["[revenue] currency", "Awin USD"],
  ]) assert.equal((await valueOf(key)).trim(), value, key);
  await page.locator("section[aria-labelledby=programmes]").getByText("kettle <club>").waitFor();
});

test("what is changed stands in the file, with its comments, and runs as far as it can", async () => {
  writeFileSync(config, `# mine\n${readFileSync(config, "utf8")}`);
  await visit(page, site, "#/settings");
  await page.reload();
  await visit(page, site, "#/settings");
  const panel = page.locator("section[aria-labelledby=edit-settings]");
  const before_lines = readFileSync(config, "utf8").split("\n");
  await panel.getByLabel("Further host names").fill("no host");
  await panel.getByRole("button", { name: "Save settings" }).click();
  await panel.locator("#setting-site-hosts[aria-invalid=true]").waitFor();
  await page.waitForFunction(() => document.activeElement.id === "setting-site-hosts");
  assert.deepEqual(readFileSync(config, "utf8").split("\n"), before_lines, "refused as a whole");
  await panel.getByLabel("Further host names").fill("www.fork.example");
  await panel.getByLabel("Name of the site").fill('The "Fork" <é>');
  await panel.getByLabel("Visitors' keys").selectOption("on");
  await panel.getByLabel("Days that clicks stay as they came").fill("12");
  await panel.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Saved privacy.visitors, retention.raw_click_days, site.hosts, site.name.").waitFor();
  await panel.getByText(/Start Candor again for: site\.name, .*retention\.raw_click_days/).waitFor();
  const text = readFileSync(config, "utf8");
  const lines = text.split("\n");
  for (const line of ["# mine", 'name = "The \\"Fork\\" <é>"', 'hosts = ["www.fork.example"]', 'visitors = "on"', "raw_click_days = 12"])
    assert(lines.includes(line), `${line} in ${text}`);
  assert.deepEqual(before_lines.filter((line) => line.startsWith("#") && !lines.includes(line)), []);
  await site.told("took over");
  // Somebody else edits the file meanwhile.
  writeFileSync(config, `${text}\n# later\n`);
  await panel.getByLabel("Name of the site").fill("Mine");
  await panel.getByRole("button", { name: "Save settings" }).click();
  await panel.getByText(/changed meanwhile/).waitFor();
  assert(readFileSync(config, "utf8").endsWith("# later\n"));
  const log = (await page.evaluate(async () => (await fetch("/api/v1/log")).json())).data.find((each) => each.action === "PATCH /api/v1/settings");
  assert.deepEqual(log.changes["retention.raw_click_days"], { from: 9, to: 12 });
  const expected = troubles.splice(0);
  assert(expected.every((each) => /(422|412) for PATCH/.test(each)), JSON.stringify(expected));
});

test("a backup is made now, and listed", async () => {
  const backups = join(folder, "demo", "data", "backups");
  const copies = () => { try { return readdirSync(backups).filter((name) => name.endsWith(".db")); } catch { return []; } };
  const before_copies = copies();
  await page.getByRole("button", { name: "Back up now" }).click();
  await page.getByText(/^Copied [\d.,]+ MB\.$/).waitFor();
  const made = copies().filter((name) => !before_copies.includes(name));
  assert.equal(made.length, 1, JSON.stringify(copies()));
  await page.locator("section[aria-labelledby=backup] tbody").getByText(made[0]).waitFor();
});

test("a test mail is sent, or its refusal is told", async () => {
  const panel = page.locator("section[aria-labelledby=mail]");
  await panel.getByRole("button", { name: "Send a test mail" }).click();
  await panel.getByText(/for owner@nourished\.example/).waitFor();
  assert.match(readFileSync(outbox, "utf8"), /Subject: The Nourished Fork: test mail/);
  await panel.getByLabel("Send a test to").fill("refused@nourished.example");
  await panel.getByRole("button", { name: "Send a test mail" }).click();
  await panel.getByRole("alert").getByText(/The mail was not taken/).waitFor();
  const expected = troubles.splice(0);
  assert(expected.length > 0 && expected.every((each) => each.includes("502")), JSON.stringify(expected));
});

test("on a phone it fits, an editor sees none of it, and nothing broke a promise", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, site, "#/settings");
  assert.deepEqual(await ownViolations(page), []);
  const editor = await openPage(browser, { troubles });
  await signIn(editor, config, ["--role", "editor", "anna"]);
  await visit(editor, site, "#/settings");
  assert.equal(await editor.locator("section[aria-labelledby=site]").count(), 0);
  assert.equal(await editor.evaluate(async () => (await fetch("/api/v1/settings")).status), 403);
  assert.deepEqual(troubles.filter((each) => !each.includes("403 for GET")), []);
});
