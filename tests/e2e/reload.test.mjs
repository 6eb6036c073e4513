// A running site takes a changed candor.toml over without dropping anybody.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { test } from "node:test";
import { eventually, json, phone, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kLink = ["link", "add", "kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"];
const told = (site, text) => eventually(() => site.errors().includes(text), 10000, `"${text}" on stderr: ${site.errors()}`);

test("reloading under load drops no request, and new limits hold", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json([...kLink, "--config", config]);
  const site = await serve(config);
  t.after(() => site.stop());
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  t.after(() => agent.destroy());

  let running = true;
  let answered = 0;
  const readers = Array.from({ length: 16 }, async () => {
    while (running) {
      const answer = await request(`${site.redirect_url}/go/kettle`, { agent, headers: { "User-Agent": phone } });
      assert.equal(answer.status, 302);
      ++answered;
    }
  });
  for (let i = 1; i <= 10; ++i) {
    writeConfig(folder, { redirect: `deadline_ms = ${200 + i}\n[redirect.limits]\nkeep_alive_ms = ${1000 + i}\ntarget_bytes = 300` });
    process.kill(site.pid, "SIGHUP");
    await eventually(() => site.errors().split("took over").length === i + 1, 10000, `reload ${i}: ${site.errors()}`);
  }
  running = false;
  await Promise.all(readers);
  assert(answered > 10, `${answered} answers`);
  assert.equal((await request(`${site.redirect_url}/go/${"a".repeat(400)}`)).status, 414);
  const end = await site.stop();
  assert.equal(end.code, 0, end.errors);
});

test("a proxy that becomes trusted is believed from then on", async (t) => {
  const folder = temporaryFolder(t);
  const strict = "[redirect.limits]\nnot_found_per_minute = 1";
  const config = writeConfig(folder, { redirect: `trusted_proxies = []\n${strict}` });
  const site = await serve(config);
  t.after(() => site.stop());
  const guess = async (client) => (await request(`${site.redirect_url}/go/guess`, { headers: { "X-Forwarded-For": client } })).status;
  assert.deepEqual([await guess("198.51.100.1"), await guess("198.51.100.2")], [404, 429]);
  writeConfig(folder, { redirect: `trusted_proxies = ["127.0.0.0/8"]\n${strict}` });
  process.kill(site.pid, "SIGHUP");
  await told(site, "took over");
  assert.deepEqual([await guess("198.51.100.1"), await guess("198.51.100.2"), await guess("198.51.100.1")], [404, 404, 429]);
});

test("a file with an error changes nothing, and what needs a restart is named", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json([...kLink, "--config", config]);
  const site = await serve(config);
  t.after(() => site.stop());
  writeFileSync(config, '[site]\nurl = "https://site.example"\n[redirect]\ntrusted_proxies = ["nobody"]\n');
  process.kill(site.pid, "SIGHUP");
  await told(site, "the configuration stays as it was");
  assert.match(site.errors(), /candor\.toml:4:19: redirect\.trusted_proxies/);
  assert.equal((await request(`${site.redirect_url}/go/kettle`)).status, 302);

  writeConfig(folder, { site: 'zone = "Europe/Berlin"', redirect: 'go_prefix = "/out/"\nnode = 5' });
  process.kill(site.pid, "SIGHUP");
  await told(site, "a restart is needed for: site.zone, redirect.go_prefix, redirect.node");
  assert.equal((await request(`${site.redirect_url}/go/kettle`)).status, 302);
  assert.equal((await site.stop()).code, 0);
});

test("an address that cannot be listened on is named", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  writeFileSync(config, '[site]\nurl = "https://site.example"\n[redirect]\nlisten = "localhost"\n');
  const bad = run(["serve", "--config", config]);
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /candor\.toml:4:10: redirect\.listen: "localhost" is no address and port/);
  writeFileSync(config, '[site]\nurl = "https://site.example"\n[redirect]\nlisten = "192.0.2.1:8080"\n');
  const absent = run(["serve", "--config", config]);
  assert.equal(absent.status, 1);
  assert.match(absent.stderr, /cannot listen on 192\.0\.2\.1:8080/);
});
