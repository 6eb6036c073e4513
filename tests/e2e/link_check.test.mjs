// Whether shops' pages are still there, against a shop of the test's own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import http from "node:http";
import { test } from "node:test";
import { candor, temporaryFolder, writeConfig } from "./support.mjs";

/// Like run(), but lets this process' own shop answer meanwhile.
function runBeside(args) {
  const child = spawn(candor, args);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, stdout, stderr })));
}

test("shops' pages are looked at, networks' never", async (t) => {
  const asked = [];
  const answers = { "/gone": 404, "/head": 405, "/moved": 302, "/private/x": 200, "/robots.txt": 200 };
  const shop = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    let status = answers[request.url] ?? 200;
    if (request.url === "/head" && request.method === "GET") status = 200;
    response.writeHead(status, request.url === "/moved" ? { Location: "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2" } : {});
    response.end(request.url === "/robots.txt" ? "User-agent: *\nDisallow: /private/\n" : "<p>kettle</p>");
  });
  await new Promise((resolve) => shop.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    shop.closeAllConnections();
    shop.close();
  });
  const base = `http://127.0.0.1:${shop.address().port}`;
  const folder = temporaryFolder();
  const config = writeConfig(folder, { rest: "[links]\ncheck_private = true\ncheck_pace_ms = 0\n" });
  const words = (...args) => [...args, "--config", config];
  const add = async (slug, url) => assert.equal((await runBeside(words("link", "add", slug, url))).status, 0);
  await add("ok", `${base}/ok`);
  await add("gone", `${base}/gone`);
  await add("head", `${base}/head`);
  await add("moved", `${base}/moved`);
  await add("robots", `${base}/private/x`);
  await add("awin", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=kettle");
  await add("deep", `https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=${encodeURIComponent(`${base}/deep`)}`);

  const one = await runBeside(words("link", "check", "ok", "--json"));
  assert.equal(one.status, 0, one.stderr);
  assert.equal(JSON.parse(one.stdout).data[0].state, "ok");
  const all = await runBeside(words("link", "check", "--json"));
  assert.equal(all.status, 3, "one is dead");
  const states = Object.fromEntries(JSON.parse(all.stdout).data.map((each) => [each.slug, each.state]));
  assert.deepEqual(states, { awin: "unchecked", deep: "ok", gone: "dead", head: "ok", moved: "ok", ok: "ok", robots: "unsure" });
  assert.ok(asked.includes("HEAD /deep") && asked.includes("GET /head"));
  assert.ok(!asked.some((each) => each.includes("/private/")), "robots.txt is heard");

  const night = JSON.parse((await runBeside(words("nightly", "--json"))).stdout);
  const step = night.steps.find((each) => each.step === "links");
  assert.match(step.message, /^0 links looked at.*1 that may not be asked$/, "they were, a moment ago");
  assert.deepEqual(night.alerts.map((alert) => [alert.kind, alert.subject]), [["dead-link", "gone"]]);
  const shown = JSON.parse((await runBeside(words("link", "show", "gone", "--json"))).stdout);
  assert.equal(shown.health.state, "dead");
  assert.equal(shown.health.status, 404);
});

test("addresses of private networks are not asked unless the owner says so", async (t) => {
  let asked = 0;
  const inner = http.createServer((request, response) => {
    asked += 1;
    response.end("secret");
  });
  await new Promise((resolve) => inner.listen(0, "127.0.0.1", resolve));
  t.after(() => inner.close());
  const config = writeConfig(temporaryFolder(), { rest: "[links]\ncheck = true\n" });
  const words = (...args) => [...args, "--config", config];
  await runBeside(words("link", "add", "inner", `http://127.0.0.1:${inner.address().port}/`));
  const checked = JSON.parse((await runBeside(words("link", "check", "inner", "--json"))).stdout).data[0];
  assert.equal(checked.state, "failing");
  assert.match(checked.detail, /public/);
  assert.equal(asked, 0);
});
