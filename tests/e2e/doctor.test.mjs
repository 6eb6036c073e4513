// candor doctor --url, through a real nginx: one that is set up as it should be, and some that are not.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, json, output, run, serve, temporaryFolder, writeConfig } from "./support.mjs";
import { freePort, nginx, siteBehind } from "./web_server.mjs";

async function house(t) {
  const folder = temporaryFolder(t);
  const candor = await freePort();
  const config = writeConfig(folder);
  writeFileSync(config, readFileSync(config, "utf8").replace('listen = "127.0.0.1:0"', `listen = "127.0.0.1:${candor}"`));
  // Where the link leads to. Nobody may ever ask it.
  let asked = 0;
  const merchant = http.createServer((_, response) => (++asked, response.end()));
  await new Promise((resolve) => merchant.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    merchant.close();
    assert.equal(asked, 0, "the destination was asked for");
  });
  output(["link", "add", "kettle", `http://127.0.0.1:${merchant.address().port}/`, "--network", "awin", "--config", config]);
  const daemon = await serve(config);
  t.after(() => daemon.stop());
  const exportDir = join(folder, "data/export");
  await eventually(() => readFileSync(join(exportDir, "nginx-map.conf"), "utf8").includes("/go/kettle"));
  const site = await siteBehind(t);
  const front = (options) => nginx(t, temporaryFolder(t), { candor, site, exportDir, ...options });
  return { config, daemon, front };
}

/// What doctor says of the way, by check; and its exit code.
function doctor(config, url) {
  const { status, stdout } = run(["doctor", "--url", url, "--config", config, "--json"]);
  const rows = JSON.parse(stdout).data.map((row) => [row.check, row]);
  return { status, ...Object.fromEntries(rows) };
}

const change = (from, to) => (text) => {
  assert(text.includes(from));
  return text.replace(from, to);
};

test("A way that is as it should be passes, and none of it is a click", async (t) => {
  const { config, front } = await house(t);
  const { url } = await front({});
  for (const slug of ["kettle", "test"]) {
    const said = doctor(config, `${url}/go/${slug}`);
    for (const check of ["redirect", "cache", "referer", "address", "scheme"])
      assert.equal(said[check].state, "ok", JSON.stringify(said[check]));
    assert.equal(said.status, said.disk.state === "ok" ? 0 : 3); // what is free on this machine is not the way
  }
  const clicks = await eventually(() => {
    const rows = json(["click", "list", "--gross", "--config", config]).data;
    return rows.length === 3 && rows;
  });
  for (const click of clicks) assert.deepEqual([click.verdict, click.reason], ["test", "candor doctor"]);
  assert.equal(json(["click", "list", "--config", config]).data.length, 0);
});

test("A cache on the way is found, whether it says so or not", async (t) => {
  const { config, front } = await house(t);
  const cache = { http: `proxy_cache_path ${temporaryFolder(t)} keys_zone=all:1m;` };
  const keep = "proxy_cache all; proxy_cache_valid any 1m; proxy_ignore_headers Cache-Control;";
  for (const more of ["", "add_header X-Cache-Status $upstream_cache_status;"]) {
    const { url } = await front({ ...cache, change: change("proxy_cache off;", keep + more) });
    const said = doctor(config, `${url}/go/kettle${more ? "?b" : ""}`);
    assert.equal(said.cache.state, "FAIL", JSON.stringify(said.cache));
    assert.match(said.cache.message, more ? /X-Cache-Status: HIT/ : /only 1 of 3 requests/);
    assert.equal(said.status, 1);
    // Filled before the check began: nothing of it arrives.
    const again = doctor(config, `${url}/go/kettle${more ? "?b" : ""}`);
    assert.equal(again.cache.state, "FAIL", JSON.stringify(again.cache));
  }
  const { url } = await front({ change: change("proxy_cache off;", "proxy_hide_header Cache-Control; expires 1h;") });
  assert.match(doctor(config, `${url}/go/kettle`).cache.message, /max-age=3600.*instead of no-store/);
});

test("A lost Referer, a lost or forged address and a wrong scheme are found", async (t) => {
  const { config, front } = await house(t);
  const cases = [
    ["proxy_set_header X-Forwarded-Proto $scheme;", 'proxy_set_header Referer "";', "referer", /Referer is lost/],
    ["proxy_set_header X-Forwarded-Proto $scheme;", 'proxy_set_header Referer "https://site.example/";', "referer", /instead of/],
    ["proxy_set_header X-Forwarded-For $remote_addr;", 'proxy_set_header X-Forwarded-For "";', "address", /does not say whose request/],
    ["X-Forwarded-For $remote_addr;", "X-Forwarded-For 198.51.100.1;", "address", /counted under 198\.51\.100\.1, although/],
    ["X-Forwarded-Proto $scheme;", "X-Forwarded-Proto https;", "scheme", /readers come by http, and the web server says https/],
  ];
  for (const [from, to, check, message] of cases) {
    const { url } = await front({ change: change(from, to) });
    const said = doctor(config, `${url}/go/kettle`);
    assert.match(said[check].message, message);
    assert.notEqual(said[check].state, "ok", said[check].message);
  }
});

test("What is not handed to Candor, or no link of the site, is said to be so", async (t) => {
  const { config, daemon, front } = await house(t);
  const { url } = await front({ change: change("proxy_pass http://candor;", "return 200 hello;") });
  assert.match(doctor(config, `${url}/go/kettle`).redirect.message, /answered 200, no redirect/);
  const gone = await front({ change: change("proxy_pass http://candor;", "return 301 https://shop.example/;") });
  const said = doctor(config, `${gone.url}/go/kettle`);
  assert.match(said.redirect.message, /301: browsers keep it/);
  assert.match(said.cache.message, /none of the requests reached Candor/);
  assert.match(doctor(config, `${url}/elsewhere`).redirect.message, /takes a link of the site/);
  assert.match(doctor(config, "https://www.awin1.com/cread.php").redirect.message, /takes a link of the site/);
  await daemon.stop();
  assert.match(doctor(config, `${url}/go/kettle`).redirect.message, /while the daemon does not run/);
});

test("Links that lead nowhere are told by doctor and by a test of the link", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const ends = ["--expires", "2030-01-01"];
  output(["link", "add", "summer", "https://shop.example/s", ...ends, "--config", config]);
  output(["link", "add", "winter", "https://shop.example/w", ...ends, "--fallback", "summer", "--config", config]);
  const rows = () => JSON.parse(run(["doctor", "--config", config, "--json"]).stdout).data.filter((row) => row.check === "links");
  assert.deepEqual(rows(), []);
  output(["link", "edit", "summer", "--fallback", "winter", "--config", config]);
  assert.deepEqual(rows().map((row) => row.state), ["look", "look"]);
  assert.match(rows()[0].message, /^summer: .*summer -> winter -> summer/);
  assert.match(run(["link", "test", "summer", "--config", config]).stderr, /round in a circle/);
});
