// What must go on when something else does not: the disk, the database, the user.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { candor, eventually, json, launch, output, parseCsv, phone, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kLink = ["link", "add", "kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"];
const follow = (site, n) =>
  Promise.all(Array.from({ length: n }, () => request(`${site.redirect_url}/go/kettle`, { headers: { "User-Agent": phone } })));

/// The owner's view of a running site, through its socket.
async function owner(site, path) {
  const agent = new Agent({ socketPath: site.socket });
  return (await request(`http://localhost${path}`, { agent })).body;
}

async function settled(site) {
  return eventually(async () => {
    const { front } = JSON.parse(await owner(site, "/api/v1/status"));
    return front.accepted === front.recorded + front.unrecorded + front.shed && front;
  });
}

function metrics(text) {
  return Object.fromEntries([...text.matchAll(/^candor_(\w+) (\d+)/gm)].map(([, name, value]) => [name, Number(value)]));
}

test("a disk that takes no more clicks costs records, never redirects", async (t) => {
  const config = writeConfig(temporaryFolder(t));
  json([...kLink, "--config", config]);
  // Beyond this size every write fails, as on a full disk; a journal segment is larger.
  const site = await serve(config, { under: ["prlimit", "--fsize=2000000"] });
  t.after(() => site.stop());
  const answers = await follow(site, 50);
  assert(answers.every((answer) => answer.status === 302 && answer.headers.location.startsWith("https://www.awin1.com/")));

  const front = await settled(site);
  assert.equal(front.accepted, 50);
  assert(front.unrecorded > 0, JSON.stringify(front));
  await site.told("clicks are not recorded");
  const counted = metrics(await owner(site, "/metrics"));
  assert.equal(counted.clicks_accepted_total, counted.clicks_recorded_total + counted.clicks_unrecorded_total + counted.clicks_shed_total);
  assert.equal(counted.clicks_unrecorded_total, front.unrecorded);
  const { problems } = JSON.parse(await owner(site, "/api/v1/overview"));
  const problem = problems.find((each) => each.kind === "unrecorded");
  assert.match(problem.message, new RegExp(`^${front.unrecorded + front.shed} redirects`));
  const end = await site.stop();
  assert.equal(end.code, 0, end.errors);
});

/// Holds the database as another process of candor would.
async function holdDatabase(folder) {
  const script = "import fcntl,sys\nf=open(sys.argv[1],'r+')\nfcntl.lockf(f,fcntl.LOCK_EX)\nprint('held',flush=True)\nsys.stdin.read()\n";
  const child = spawn("python3", ["-c", script, join(folder, "data", "candor.db.lock")]);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve, reject) => {
    child.stdout.once("data", resolve);
    child.once("exit", () => reject(new Error("the lock could not be taken")));
  });
  return () => {
    child.stdin.end();
    return exited;
  };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("redirects need no database: known links work while another process holds it, and their clicks are kept", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const address = `127.0.0.1:${await freePort()}`;
  writeFileSync(config, readFileSync(config, "utf8").replace('"127.0.0.1:0"', `"${address}"`));
  json([...kLink, "--config", config]);
  await (await serve(config)).stop(); // leaves links.snapshot

  const release = await holdDatabase(folder);
  const site = launch(config);
  t.after(async () => {
    await release();
    await site.stop();
  });
  await site.told("waiting for the database");
  const answers = await follow({ redirect_url: `http://${address}` }, 20);
  assert(answers.every((answer) => answer.status === 302));
  assert.equal(run(["link", "list", "--config", config]).status, 75, "a verb is told to try again");
  assert(!existsSync(join(folder, "data", "run.json")));

  await release();
  await site.ready;
  const tokens = answers.map((answer) => new URL(answer.headers.location).searchParams.get("clickref")).sort();
  const stored = await eventually(() => {
    const clicks = parseCsv(output(["click", "list", "--all", "--format", "csv", "--config", config]));
    return clicks.length === 20 && clicks;
  });
  assert.deepEqual(stored.map((click) => click.token).sort(), tokens);
});

test("Ctrl-C ends a site that waits for its database", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json(["link", "list", "--config", config]);
  const release = await holdDatabase(folder);
  t.after(release);
  const site = launch(config);
  await site.told("waiting for the database");
  assert.equal((await site.kill("SIGINT")).code, 0);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  test(`${signal} ends in order`, async (t) => {
    const folder = temporaryFolder(t);
    const site = await serve(writeConfig(folder));
    const end = await site.kill(signal);
    assert.deepEqual([end.code, end.signal], [0, null], end.errors);
    assert(!existsSync(join(folder, "data", "run.json")));
    const again = await serve(site.config);
    assert.equal(JSON.parse(await owner(again, "/api/v1/overview")).outages.at(-1).orderly, true);
    await again.stop();
  });
}

test("a start that fails halfway says why, and leaves nothing running", async (t) => {
  const folder = temporaryFolder(t);
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  t.after(() => taken.close());
  const address = `127.0.0.1:${taken.address().port}`;
  const config = writeConfig(folder);
  writeFileSync(config, readFileSync(config, "utf8").replace('[admin]\nlisten = "127.0.0.1:0"', `[admin]\nlisten = "${address}"`));
  const end = await launch(config).exited;
  assert.deepEqual([end.code, end.signal], [1, null]);
  assert(end.errors.includes(address), end.errors);
  assert(!existsSync(join(folder, "data", "run.json")));
});

test("another user is told whose site it is", { skip: process.getuid() !== 0 && "needs root to be somebody else" }, (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json(["link", "list", "--config", config]);
  chmodSync(folder, 0o755);
  const program = join(folder, "candor"); // the build may be where others may not look
  copyFileSync(candor, program);
  chmodSync(program, 0o755);
  const before = readFileSync(join(folder, "data", "candor.db"));
  const args = ["--reuid=65534", "--regid=65534", "--clear-groups", program, "link", "list", "--config", config];
  const result = spawnSync("setpriv", args, { encoding: "utf8", cwd: "/" });
  assert.equal(result.status, 1, result.stderr);
  assert.match(result.stderr, /belongs to root; run as that user: sudo -u root candor/);
  assert(before.equals(readFileSync(join(folder, "data", "candor.db"))));
});

test("an unknown link helps the reader and is counted", async (t) => {
  const site = await serve(writeConfig(temporaryFolder(t)));
  t.after(() => site.stop());
  const answer = await request(`${site.redirect_url}/go/ketle`, { headers: { "User-Agent": phone } });
  assert.equal(answer.status, 404);
  assert.match(answer.headers["content-type"], /^text\/html/);
  assert.match(answer.body, /<html lang="en">[^]*<h1>[^]*site\.example[^]*<a href="\/">/);
  const { front } = JSON.parse(await owner(site, "/api/v1/status"));
  assert.equal(front.not_found, 1);
  assert.equal(front.accepted, 0);
  assert.equal(metrics(await owner(site, "/metrics")).links_not_found_total, 1);
});

test("the sign-in link goes to stderr only when asked for, and works", async (t) => {
  const config = writeConfig(temporaryFolder(t));
  const silent = await serve(config);
  assert.doesNotMatch(silent.errors(), /Sign in/);
  await silent.stop();
  const site = await serve(config, { args: ["--sign-in"] });
  t.after(() => site.stop());
  await site.told("within an hour)");
  const url = site.errors().match(/Sign in\s+(\S+)/)[1];
  assert(url.startsWith(`${site.admin_url}/#/login?once=`));
  const body = JSON.stringify({ once: url.split("once=")[1] });
  const answer = await request(`${site.admin_url}/api/v1/session`, { method: "POST", headers: { "X-Candor": "1" }, body });
  assert.equal(answer.status, 204);
});
