// Accounts in a browser: an invited editor sets a password and an authenticator, signs in with its code, and may do
// what an editor may; a share link shows its report to somebody without an account.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeDemo } from "./dashboard.mjs";
import { fromWeb, json, output, serve } from "./support.mjs";

const { chromium } = fromWeb("playwright-core");
const kPassword = "correct horse battery";

let browser;
let folder;
let config;
let site;
const problems = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  config = makeDemo(folder);
  site = await serve(config);
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  // A refused sign-in is the browser's own remark about what the test does.
  page.on("console", (message) => message.type() === "error" && !message.text().includes("responded with a status") && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url);
  return page;
}

/// RFC 6238, apart from the program's own.
function codeAt(base32, step) {
  const bits = [...base32].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("an editor is invited, and signs in with password and code", async () => {
  const url = output(["user", "invite", "--role", "editor", "anna", "--config", config]).trim();
  const page = await open(url);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: /overview/i, level: 1 }).waitFor();
  await page.goto(`${site.admin_url}/#/settings`);
  await page.getByLabel("New password").fill(kPassword);
  await page.getByLabel("The same again").fill(kPassword);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("The password is set.").waitFor();
  assert.equal(await page.locator("#users").count(), 0, "users are for owners");

  await page.locator("#totp-password").fill(kPassword);
  await page.getByRole("button", { name: "Show the key" }).click();
  const key = (await page.locator("#totp-key").innerText()).replaceAll(" ", "");
  const step = Math.floor(Date.now() / 30000);
  await page.locator("#totp-code").fill(codeAt(key, step));
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.locator("#recovery-codes code").first().waitFor();
  const recovery = await page.locator("#recovery-codes code").allInnerTexts();
  assert.equal(recovery.length, 10);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  await page.getByLabel("Name").fill("anna");
  await page.getByLabel("Password", { exact: true }).fill(kPassword);
  await page.getByRole("button", { name: "Sign in with password" }).click();
  await page.locator("#code").fill(codeAt(key, step));
  await page.getByRole("button", { name: "Sign in with password" }).click();
  await page.getByText(/used already/).waitFor();
  await page.locator("#code").fill(recovery[0]);
  await page.getByRole("button", { name: "Sign in with password" }).click();
  await page.getByRole("heading", { name: /settings|overview/i, level: 1 }).waitFor();

  const status = await page.evaluate(async () => (await fetch("/api/v1/users")).status);
  assert.equal(status, 403, "an editor manages nobody");
  const entries = json(["user", "log", "--config", config]).data;
  assert(entries.some((entry) => entry.who === "anna" && entry.action === "sign in"));
  assert(entries.some((entry) => entry.action === "sign in refused" && entry.subject === "anna"));
  assert.deepEqual(json(["user", "list", "--config", config]).data.map((user) => [user.name, user.role, user.totp]), [["anna", "editor", true], ["owner", "owner", false]]);
});

test("the owner manages users, tokens and share links in settings", async () => {
  const page = await open(output(["user", "invite", "--config", config]).trim());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: /overview/i, level: 1 }).waitFor();
  await page.goto(`${site.admin_url}/#/settings`);
  await page.getByLabel("Role of anna").selectOption("viewer");
  await page.getByText("anna has another role.").waitFor();
  await page.getByLabel("The program's name").fill("sheet");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.locator("#token-made").innerText();
  const asked = (path) => fetch(`${site.admin_url}/api/v1/${path}`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal((await asked("overview")).status, 200);
  assert.equal((await asked("users")).status, 403);

  await page.getByLabel("For whom").fill("writer");
  await page.getByLabel("Only articles below").fill("/overnight");
  await page.getByRole("button", { name: "Make a link for 30 days" }).click();
  const share = await page.locator("#share-made").innerText();
  const guest = await open(share);
  await guest.getByRole("heading", { name: /Articles of/, level: 1 }).waitFor();
  const paths = await guest.locator("tbody tr td:nth-child(2)").allInnerTexts();
  assert(paths.length > 0 && paths.every((path) => path.startsWith("/overnight")), JSON.stringify(paths));
  output(["share", "revoke", "writer", "--config", config]);
  await guest.reload();
  await guest.getByText(/shows nothing any more/).waitFor();

  await page.locator("section[aria-labelledby=sessions]").getByText("This one").waitFor();
  assert.deepEqual(problems, []);
});
