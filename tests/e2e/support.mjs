// Starting and asking a real candor: loopback only, ports picked by the system, every process ended by its own pid.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const candor = process.env.CANDOR_BINARY;
assert(candor, "CANDOR_BINARY names the program under test");

/// npm packages live in web/node_modules.
export const fromWeb = createRequire(new URL("../../web/package.json", import.meta.url));

const folders = [];
process.on("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/// A folder of the test's own. It is removed when the process ends: hooks run in the order they were set, so that a server
/// that a later one stops might still write there.
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "candor-e2e-"));
  folders.push(folder);
  return folder;
}

/// Runs a command to its end: {status, stdout, stderr}.
export function run(args, options = {}) {
  const { CANDOR_CONFIG, ...environment } = process.env;
  const result = spawnSync(candor, args, { encoding: "utf8", maxBuffer: 1 << 30, env: environment, ...options });
  assert.equal(result.error, undefined);
  return result;
}

/// Like run(), but lets this process' own mail server answer meanwhile.
export function runBeside(args, env = {}) {
  const child = spawn(candor, args, { env: { ...process.env, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  return new Promise((resolve) => child.once("exit", (status) => child.stdout.destroyed ? resolve({ status, stdout, stderr }) :
    child.once("close", () => resolve({ status, stdout, stderr }))));
}

/// Runs a command that must succeed and gives its stdout.
export function output(args, options) {
  const result = run(args, options);
  assert.equal(result.status, 0, `candor ${args.join(" ")}: ${result.stderr}`);
  return result.stdout;
}

export const json = (args, options) => JSON.parse(output([...args, "--json"], options));

/// A configuration whose fronts pick free ports; `more` adds lines to a section ({redirect: "..."}) or whole sections.
export function writeConfig(folder, more = {}) {
  const file = join(folder, "candor.toml");
  const { site = "", redirect = "", admin = "", rest = "" } = more;
  // No test asks another machine: who wants links looked at says so.
  const links = rest.includes("[links]") ? "" : "[links]\ncheck = false\n";
  writeFileSync(
    file,
    `[site]\nname = "Test site"\nurl = "https://site.example"\n${site}\n` +
      `[redirect]\nlisten = "127.0.0.1:0"\n${redirect}\n[admin]\nlisten = "127.0.0.1:0"\n${admin}\n${rest}\n${links}`,
  );
  return file;
}

/// Starts `candor serve`: `ready` resolves with what it tells when it is, `exited` when it has ended.
export function launch(config, { under, args: more = [] } = {}) {
  const args = ["serve", "--config", config, "--json", ...more];
  const child = under ? spawn(under[0], [...under.slice(1), candor, ...args]) : spawn(candor, args);
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const exited = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal, errors })));
  const ready = new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve(JSON.parse(text.slice(0, text.indexOf("\n"))));
    });
  });
  return {
    config,
    ready,
    pid: child.pid,
    exited,
    errors: () => errors,
    /// Waits for a text on stderr.
    told: (text) =>
      new Promise((resolve) => {
        const look = () => errors.includes(text) && resolve();
        child.stderr.on("data", look);
        look();
      }),
    kill: (signal) => {
      child.kill(signal);
      return exited;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      return exited;
    },
  };
}

/// Starts `candor serve` and waits for the line that says it is ready.
export async function serve(config, options) {
  const site = launch(config, options);
  const first = await Promise.race([site.ready, site.exited]);
  assert(first.redirect_url, `candor serve ended: ${site.errors()}`);
  return { ...site, ...first };
}

/// Asks until `check` holds; for what a running daemon does by itself within moments. Fails after `within_ms`.
export async function eventually(check, within_ms = 10000, what = "the condition") {
  const end = performance.now() + within_ms;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > end) assert.fail(`${what} did not come true within ${within_ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/// Ports of the loopback that nobody has now, for what must be the same after a restart.
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => http.createServer());
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/// One request with exact control of method and headers: {status, headers, body}.
export function request(url, { method = "GET", headers = {}, body, agent } = {}) {
  return new Promise((resolve, reject) => {
    const call = http.request(url, { method, headers, agent }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }));
      response.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}

export const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/// CSV as rows of objects; fields may be quoted.
export function parseCsv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    const row = rows.at(-1);
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
      else if (c === '"') quoted = false;
      else row[row.length - 1] += c;
    } else if (c === '"') quoted = true;
    else if (c === ",") row.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") row[row.length - 1] += c;
  }
  if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  const names = rows.shift();
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}
