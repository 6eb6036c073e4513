// Thousands of connections that do nothing, or nearly nothing, harm nobody and hold up no stop.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { json, phone, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kCrowd = 10_000;
const kLink = ["link", "add", "kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"];

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}

/// Opens connections a few at a time; each sends `text` once and stays.
async function crowd(t, url, count, text) {
  const { hostname, port } = new URL(url);
  const sockets = [];
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  const open = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on("error", reject);
      socket.once("connect", () => {
        socket.removeListener("error", reject);
        socket.on("error", () => {});
        sockets.push(socket);
        if (!text) return resolve();
        socket.write(text, resolve);
      });
    });
  for (let left = count; left > 0; left -= 200) await Promise.all(Array.from({ length: Math.min(200, left) }, open));
  return sockets;
}

async function quickest(url, rounds) {
  const times = [];
  for (let i = 0; i < rounds; ++i) {
    const begin = performance.now();
    assert.equal((await request(url, { headers: { "User-Agent": phone } })).status, 302);
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

test("ten thousand idle connections cost little, and a stop takes less than five seconds", async (t) => {
  const limit = Number(/Max open files\s+\d+\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8"))[1]);
  const count = Math.min(kCrowd, limit - 1000);
  const config = writeConfig(temporaryFolder(t), { redirect: `[redirect.limits]\nkeep_alive_ms = 600000\nconnections = ${kCrowd + 100}` });
  json([...kLink, "--config", config]);
  const site = await serve(config);
  t.after(() => site.stop());
  const link = `${site.redirect_url}/go/kettle`;
  const quiet = await quickest(link, 50);
  const before = residentBytes(site.pid);

  // Each has asked once and been answered, as a browser that keeps its connection open.
  const sockets = await crowd(t, site.redirect_url, count - 100, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("data", resolve))));
  const each = (residentBytes(site.pid) - before) / count;
  // Slow senders of heads and bodies, and readers who never read.
  await crowd(t, site.redirect_url, 50, "GET / HT");
  await crowd(t, site.redirect_url, 40, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1");
  const greedy = await crowd(t, site.redirect_url, 10);
  greedy.forEach((socket) => socket.pause().write("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20_000)));
  const crowded = await quickest(link, 50);
  t.diagnostic(`${count} connections: ${each.toFixed(0)} bytes each; a redirect took ${crowded.toFixed(2)} ms, ${quiet.toFixed(2)} alone`);
  assert(each < 4096, `${each} bytes a connection`);

  const begin = performance.now();
  const end = await site.stop();
  const took = performance.now() - begin;
  t.diagnostic(`stopped within ${took.toFixed(0)} ms`);
  assert.equal(end.code, 0, end.errors);
  assert(took < 5000, `${took} ms`);
  const doctor = JSON.parse(run(["doctor", "--config", config, "--json"]).stdout);
  assert.match(doctor.data.find((row) => row.check === "journal").message, /no damage/);
});
