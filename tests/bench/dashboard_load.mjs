// Loads the overview of a demo site again and again, and prints as JSON when its numbers and its chart stood, and what came.
// usage: node dashboard_load.mjs CANDOR RUNS
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");
const [candor, runs] = [process.argv[2], Number(process.argv[3])];

/// A telephone of some years ago in a train: Chromium's "slow 4G", and a quarter of this machine's speed.
const kPhone = { rtt_ms: 150, bytes_s: 200_000, slower: 4 };
const kLoads = [
  { name: "desk, nothing kept", kept: false },
  { name: "desk, files kept", kept: true },
  { name: "phone, nothing kept", kept: false, way: kPhone },
  { name: "phone, files kept", kept: true, way: kPhone },
];

async function sessionFor(page, { kept, way }) {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: !kept });
  if (!way) return client;
  await client.send("Network.emulateNetworkConditions", { offline: false, latency: way.rtt_ms, downloadThroughput: way.bytes_s, uploadThroughput: way.bytes_s });
  await client.send("Emulation.setCPUThrottlingRate", { rate: way.slower });
  return client;
}

/// One load: {numbers_ms, chart_ms, script_bytes, bytes, requests}, bytes of bodies as they travelled.
async function load(page, url) {
  await page.goto("about:blank");
  await page.goto(url, { waitUntil: "commit" });
  const stood = (selector) => page.waitForFunction((what) => document.querySelector(what) && performance.now(), selector, { polling: "raf" }).then((handle) => handle.jsonValue());
  const numbers_ms = await stood("dl.figures .figure");
  const chart_ms = await stood(".uplot canvas");
  await page.waitForLoadState("networkidle");
  const came = await page.evaluate(() => performance.getEntriesByType("resource").filter((each) => !each.name.includes("/api/")).map((each) => [new URL(each.name).pathname, each.transferSize > 0 ? each.encodedBodySize : 0]));
  const sum = (some) => some.reduce((total, [, size]) => total + size, 0);
  return { numbers_ms, chart_ms, script_bytes: sum(came.filter(([name]) => name.endsWith(".js"))), bytes: sum(came), requests: came.length };
}

async function measure(context, site, kind) {
  const page = await context.newPage();
  await sessionFor(page, kind);
  if (kind.kept) await load(page, `${site.admin_url}/#/overview`);
  const all = [];
  for (let n = 0; n < runs; n += 1) all.push(await load(page, `${site.admin_url}/#/overview`));
  await page.close();
  return { ...all[0], name: kind.name, numbers_ms: all.map((each) => each.numbers_ms), chart_ms: all.map((each) => each.chart_ms) };
}

const folder = mkdtempSync(join(tmpdir(), "candor-bench-"));
const config = join(folder, "demo", "candor.toml");
let daemon;
let browser;
try {
  execFileSync(candor, ["init", "--demo", join(folder, "demo")], { stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(config, readFileSync(config, "utf8").replace(/^listen = "127\.0\.0\.1:\d+"$/gm, 'listen = "127.0.0.1:0"'));
  daemon = spawn(candor, ["serve", "--config", config, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const [told] = await once(daemon.stdout.setEncoding("utf8"), "data");
  const site = JSON.parse(told.split("\n")[0]);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(execFileSync(candor, ["user", "invite", "--config", config], { encoding: "utf8" }).trim());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Views" }).waitFor({ state: "attached" });
  await page.close();
  const found = [];
  for (const kind of kLoads) found.push(await measure(context, site, kind));
  console.log(JSON.stringify(found));
} finally {
  await browser?.close();
  if (daemon?.exitCode === null) {
    const ended = once(daemon, "exit");
    daemon.kill();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
