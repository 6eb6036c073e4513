// The command line as a person and a script meet it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { json, output, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";

test("help has examples for every command", () => {
  const commands = [
    ["init"], ["serve"], ["link", "add"], ["link", "list"], ["link", "show"], ["link", "edit"], ["link", "rm"], ["link", "check-url"],
    ["click", "tail"], ["click", "list"], ["click", "explain"], ["inject"], ["audit"], ["rules"], ["revenue", "import"], ["revenue", "attribute"], ["report", "articles"],
    ["nightly"], ["doctor"], ["user", "invite"], ["bots", "classify"], ["version"],
  ];
  for (const words of commands) {
    const result = run([...words, "--help"]);
    assert.equal(result.status, 0, words.join(" "));
    assert.match(result.stdout, /Examples?/, words.join(" "));
  }
});

test("unknown words and options are usage errors with a suggestion", (t) => {
  const folder = temporaryFolder(t);
  const verb = run(["lnik", "list"], { cwd: folder });
  assert.equal(verb.status, 2);
  assert.match(verb.stderr, /unknown word "lnik" \(did you mean "link"\?\)/);
  const inner = run(["link", "lst"], { cwd: folder });
  assert.equal(inner.status, 2);
  assert.match(inner.stderr, /did you mean "list"/);
  const option = run(["click", "list", "--limt", "5"], { cwd: folder });
  assert.equal(option.status, 2);
  assert.match(option.stderr, /did you mean "--limit"/);
});

test("a configuration error names file, line, column, reason and the nearest key", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder, { redirect: 'durabilty = "power"' });
  const result = run(["link", "list", "--config", config]);
  assert.equal(result.status, 2);
  assert.match(result.stderr, /candor\.toml:\d+:\d+: unknown key "durabilty" \(did you mean "durability"\?\)/);

  writeFileSync(config, "[site\n");
  assert.match(run(["link", "list", "--config", config]).stderr, /candor\.toml:1:\d+: /);
  writeFileSync(config, '[site]\nurl = "javascript:alert(1)"\n');
  const scheme = run(["serve", "--config", config]);
  assert.equal(scheme.status, 2);
  assert.match(scheme.stderr, /candor\.toml:2:7: site\.url/);
  assert.equal(run(["serve"], { cwd: folder, env: { ...process.env, CANDOR_CONFIG: "nowhere.toml" } }).status, 2);
});

test("without any configuration a site's verb says how to make one", (t) => {
  const result = run(["link", "list"], { cwd: temporaryFolder(t) });
  assert.equal(result.status, 2);
  assert.match(result.stderr, /candor init/);
});

test("init writes a commented configuration that loads, and overwrites nothing", (t) => {
  const folder = temporaryFolder(t);
  const args = ["init", "--name", 'A "quoted" site', "--url", "https://site.example"];
  output(args, { cwd: folder });
  assert.match(readFileSync(join(folder, "candor.toml"), "utf8"), /# durability = "power"/);
  assert.equal(json(["link", "list"], { cwd: folder }).data.length, 0);
  assert.equal(run(args, { cwd: folder }).status, 1);
});

test("links are added, listed, shown, edited and removed; bad ones are refused with the reason", (t) => {
  const config = writeConfig(temporaryFolder(t));
  const link = (...args) => json(["link", ...args, "--config", config]);
  const added = link("add", "kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2");
  assert.equal(added.network, "awin");
  assert.equal(added.url, "https://site.example/go/kettle");
  assert.equal(link("edit", "kettle", "--title", "Kettle").title, "Kettle");
  assert.equal(link("show", "kettle").title, "Kettle");
  assert.deepEqual(link("list").data.map((each) => each.slug), ["kettle"]);
  link("rm", "kettle");
  assert.equal(link("list").data.length, 0);
  assert.equal(run(["link", "show", "kettle", "--config", config]).status, 1);

  for (const [slug, url, reason] of [
    ["a", "javascript:alert(1)", /http/],
    ["a", "https://user:secret@shop.example/", /user name or password|credentials/i],
    ["a", "https://shop.example/\r\nSet-Cookie: a=1", /control/i],
    ["a", "https://", /host/i],
    ["bad slug", "https://shop.example/", /slug/],
    ["../up", "https://shop.example/", /slug/],
  ]) {
    const refused = run(["link", "add", slug, url, "--config", config]);
    assert.equal(refused.status, 1, url);
    assert.match(refused.stderr, reason, url);
  }
});

test("CLI and HTTP give the same JSON, with and without a daemon", async (t) => {
  const config = writeConfig(temporaryFolder(t));
  json(["link", "add", "kettle", "https://shop.example/kettle", "--config", config]);
  const alone = output(["link", "list", "--json", "--config", config]);
  const site = await serve(config);
  t.after(() => site.stop());
  const through = output(["link", "list", "--format", "json", "--config", config]);
  assert.equal(through, alone);
  const direct = await request("http://localhost/api/v1/links", { agent: new Agent({ socketPath: site.socket }) });
  assert.equal(direct.body + "\n", through);
});

test("a second daemon is told who owns the site; verbs go through the first", async (t) => {
  const config = writeConfig(temporaryFolder(t));
  const site = await serve(config);
  t.after(() => site.stop());
  const second = run(["serve", "--config", config]);
  assert.equal(second.status, 75);
  assert.match(second.stderr, new RegExp(`owned by pid ${site.pid}`));
  assert.equal(run(["link", "list", "--config", config]).status, 0);
});

test("run.json is there while the daemon is ready, and gone afterwards", async (t) => {
  const folder = temporaryFolder(t);
  const site = await serve(writeConfig(folder));
  const file = join(folder, "data", "run.json");
  const told = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(Object.keys(told).sort(), ["admin_url", "pid", "proxy_url", "redirect_url", "socket"]);
  assert.equal(told.proxy_url, null);
  assert.equal((await request(`${told.admin_url}/healthz`)).status, 200);
  await site.stop();
  assert(!existsSync(file));
});

test("a database of a newer version is refused and left as it is", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json(["link", "list", "--config", config]);
  const database = join(folder, "data", "candor.db");
  // What a later version would leave: a migration this one does not know.
  changeDatabase(database, "INSERT INTO migrations SELECT max(number) + 1, 'later', 'x' FROM migrations");
  const before = readFileSync(database);
  const result = run(["link", "list", "--config", config]);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /newer/);
  assert(before.equals(readFileSync(database)));
});

function changeDatabase(database, sql) {
  const done = spawnSync("python3", ["-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()", database, sql], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
}

test("check-url, bots classify, inject and audit need no configuration", (t) => {
  const folder = temporaryFolder(t);
  const urls = output(["link", "check-url"], { cwd: folder, input: "https://Shop.example:443/a b\nhttps://u:p@h.example/\nftp://x/\n" });
  assert.equal(urls, "ok\thttps://shop.example/a%20b\nbad\tcredentials\nbad\tnot-http\n");
  const bots = output(["bots", "classify"], { cwd: folder, input: "Googlebot/2.1 (+http://www.google.com/bot.html)\n" });
  assert.match(bots, /^bot\t/);

  const page = `<!doctype html><html lang="en"><head><title>t</title></head><body><main><h1>Kettles</h1><p>Text.</p><p><a href="https://www.amazon.com/dp/B000000001?tag=gear-20">Kettle on Amazon</a></p></main></body></html>`;
  const audited = run(["audit", "-", "--json"], { cwd: folder, input: page });
  assert.equal(audited.status, 3);
  const rules = JSON.parse(audited.stdout).findings.map((finding) => finding.rule);
  assert(rules.includes("CD101") && rules.includes("CD401") && rules.includes("CD501"), rules.join());
  const injected = run(["inject", "-"], { cwd: folder, input: page });
  assert.equal(injected.status, 0, injected.stderr);
  assert.match(injected.stdout, /As an Amazon Associate I earn from qualifying purchases/);
  assert.match(injected.stdout, /href="https:\/\/www\.amazon\.com\/dp\/B000000001\?tag=gear-20"/);
  assert.equal(output(["inject", "-"], { cwd: folder, input: injected.stdout }), injected.stdout);
  assert.equal(run(["audit", "-"], { cwd: folder, input: injected.stdout }).status, 0);
});

test("an email says that its links pay before the first of them, and asks Amazon's readers first", (t) => {
  const folder = temporaryFolder(t);
  const link = '<p><a href="https://www.amazon.com/dp/B000000001?tag=gear-20">Kettle</a></p>';
  const says = "<p>This email contains paid links: we earn a commission if you buy through them.</p>";
  const rules = (input, ...more) => {
    const audited = run(["audit", "-", "--surface", "email", "--json", ...more], { cwd: folder, input });
    return [audited.status, ...JSON.parse(audited.stdout).findings.map((finding) => finding.rule)].join();
  };
  assert.equal(rules(link + says, "--opt-in"), "3,CD603");
  assert.equal(rules(says + link), "3,CD603");
  assert.equal(rules(says + link, "--opt-in"), "0");
});

test("a folder is disclosed in place, or beside with --out; unchanged files stay untouched", (t) => {
  const folder = temporaryFolder(t);
  const site = join(folder, "public");
  mkdirSync(join(site, "kettles"), { recursive: true });
  const page = `<!doctype html><html lang="en"><head><title>t</title></head><body><main><h1>Kettles</h1><p><a href="https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2">Kettle</a></p></main></body></html>`;
  writeFileSync(join(site, "kettles", "index.html"), page);
  writeFileSync(join(site, "plain.html"), "<p>No links.</p>");
  const plainTime = statSync(join(site, "plain.html")).mtimeMs;
  assert.equal(run(["inject", site, "--dry-run"], { cwd: folder }).status, 0);
  assert.equal(readFileSync(join(site, "kettles", "index.html"), "utf8"), page);
  assert.equal(run(["inject", site], { cwd: folder }).status, 0);
  const disclosed = readFileSync(join(site, "kettles", "index.html"), "utf8");
  assert.match(disclosed, /rel="sponsored nofollow"/);
  assert.equal(statSync(join(site, "plain.html")).mtimeMs, plainTime);
  assert.equal(run(["audit", site], { cwd: folder }).status, 0);
});

test("broken rows of a report are listed with row and column; good rows stay", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const file = join(folder, "earnings.csv");
  writeFileSync(file, `Fee-Earnings reports from 03-01-2026 to 03-31-2026
Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,Revenue($),Ad Fees($),Device Type Group
Kitchen,Blender,B0SYNTH001,Amazon,site-20,2026-03-02 00:00:00,89.99,1,0,89.99,4.05,DESKTOP
Kitchen,Blender,B0SYNTH001,Amazon,site-20,2026-03-02 00:00:00,89.99,1,0,89.99,four,DESKTOP
`);
  const result = run(["revenue", "import", file, "--json", "--config", config]);
  assert.equal(result.status, 3, result.stderr);
  const body = JSON.parse(result.stdout);
  assert.equal(body.import.new_count, 1);
  assert.equal(body.errors[0].row, 4);
  assert.equal(body.errors[0].column, "Ad Fees($)");
  assert.match(result.stderr, /earnings\.csv:4: Ad Fees/);
  const report = json(["report", "articles", "--from", "2026-03-01", "--to", "2026-03-31", "--config", config]);
  assert.equal(report.balanced, true);
  assert.equal(report.total.revenue[0].approved_micro, 4050000);
  assert.equal(report.unattributed.revenue[0].approved_micro, 4050000);
});

test("nightly imports the drop folder once, writes the report, and is safe to repeat", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder, { rest: '[revenue]\ncurrency = { awin = "GBP" }\n' });
  const drop = join(folder, "data", "drop");
  mkdirSync(drop, { recursive: true });
  const sample = new URL("../fixtures/networks/awin_transactions.csv", import.meta.url);
  copyFileSync(sample, join(drop, "awin-march.csv"));
  const first = json(["nightly", "--config", config]);
  assert.equal(first.failed, false);
  assert(existsSync(join(drop, "done", "awin-march.csv")));
  const ask = () => output(["report", "articles", "--from", "2026-03-01", "--to", "2026-03-31", "--json", "--config", config]);
  const before = ask();
  assert(JSON.parse(before).total.revenue.length > 0);
  copyFileSync(sample, join(drop, "awin-march.csv"));
  assert.equal(json(["nightly", "--config", config]).failed, false);
  assert.equal(ask(), before);
  assert(existsSync(join(folder, "data", "reports", `articles-${first.watermark}.csv`)));
});

test("doctor says what is well and what is not", (t) => {
  const config = writeConfig(temporaryFolder(t));
  const result = run(["doctor", "--json", "--config", config]);
  assert.equal(result.status, 3, result.stdout); // no daemon runs
  const checks = JSON.parse(result.stdout).data;
  assert(checks.some((check) => check.check === "journal" && check.state === "ok"));
  assert(checks.some((check) => check.check === "daemon" && check.state === "look"));
});

test("whatever a link's row says, Amazon gets no token, and another shop's URL keeps no old network", async (t) => {
  const config = writeConfig(temporaryFolder(t));
  json(["link", "add", "amazon", "https://www.amazon.com/dp/B000000001?tag=site-20", "--network", "awin", "--config", config]);
  json(["link", "add", "moved", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2", "--config", config]);
  json(["link", "edit", "moved", "--destination", "https://shop.example/plain", "--config", config]);
  assert.equal(run(["link", "add", "odd", "https://shop.example/", "--network", "<script>", "--config", config]).status, 1);
  const site = await serve(config);
  t.after(() => site.stop());
  const to = async (slug) => (await request(`${site.redirect_url}/go/${slug}`)).headers.location;
  assert.equal(await to("amazon"), "https://www.amazon.com/dp/B000000001?tag=site-20");
  assert.equal(await to("moved"), "https://shop.example/plain");
});
