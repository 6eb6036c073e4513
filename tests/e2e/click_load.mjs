// Readers who follow a link until the server is killed, and the count of what must not be lost by it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import { json, output, parseCsv, phone, request, serve, writeConfig } from "./support.mjs";

const kConnections = 32;

/// A site with one link, /go/kettle, whose clicks carry tokens.
export function siteWithLink(folder, durability) {
  const config = writeConfig(folder, { redirect: `durability = "${durability}"` });
  json(["link", "add", "kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2", "--config", config]);
  return config;
}

/// Follows the link on one keep-alive connection until the server is gone or `enough()`; gives the tokens of answered clicks.
async function follow(url, tokens, enough) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    while (!enough()) {
      const answer = await request(url, { agent, headers: { "User-Agent": phone } });
      assert.equal(answer.status, 302);
      tokens.push(new URL(answer.headers.location).searchParams.get("clickref"));
    }
  } catch (error) {
    assert(["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code), error);
  } finally {
    agent.destroy();
  }
}

/// Many readers at once, until `enough()` or the server's end.
export function followAll(site, answered, enough) {
  return Promise.all(Array.from({ length: kConnections }, () => follow(`${site.redirect_url}/go/kettle`, answered, enough)));
}

/// One round: starts the site, lets readers follow the link, and kills the server in the middle of it when `clicks` more
/// are answered. Gives how long the start took and what memory the server had at its end.
export async function killUnderLoad(config, answered, clicks) {
  const begin = performance.now();
  const site = await serve(config);
  const start_ms = performance.now() - begin;
  const target = answered.length + clicks;
  const readers = followAll(site, answered, () => answered.length >= target + 5000);
  while (answered.length < target) await new Promise((resolve) => setImmediate(resolve));
  const rss_kib = rssKib(site.pid);
  await site.kill("SIGKILL");
  await readers;
  return { start_ms, rss_kib };
}

/// Resident memory of a process.
export function rssKib(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}

/// Every answered click is stored, none twice, and at most the unanswered ones of each kill besides. Gives the counts.
export function expectNothingLost(config, answered, kills) {
  assert(answered.every((token) => /^[a-z][a-z0-9]{16}$/.test(token)));
  assert.equal(new Set(answered).size, answered.length, "every answer has a token of its own");
  const stored = parseCsv(output(["click", "list", "--all", "--format", "csv", "--config", config]));
  const tokens = new Set(stored.map((click) => click.token));
  assert.equal(tokens.size, stored.length, "no click is stored twice");
  const lost = answered.filter((token) => !tokens.has(token));
  assert.deepEqual(lost, []);
  assert(stored.length <= answered.length + kConnections * kills, "at most the unanswered ones besides");
  return `answered ${answered.length}, stored ${stored.length}, lost ${lost.length}`;
}
