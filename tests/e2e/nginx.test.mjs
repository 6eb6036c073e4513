// With a web server in front: links go through Candor while it runs and past it while it is stopped, what is no link
// reaches the site behind, and no reader's address is written anywhere.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, json, output, phone, request, serve, temporaryFolder, writeConfig } from "./support.mjs";
import { caddy, freePort, nginx, siteBehind } from "./web_server.mjs";

const kettle = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2";

/// A configuration whose redirect front keeps its port over a restart.
async function house(t) {
  const folder = temporaryFolder(t);
  const candor = await freePort();
  const config = writeConfig(folder);
  const text = readFileSync(config, "utf8").replace('listen = "127.0.0.1:0"', `listen = "127.0.0.1:${candor}"`);
  writeFileSync(config, text);
  return { folder, config, candor, site: await siteBehind(t), exportDir: join(folder, "data/export") };
}

/// A link over the daemon's socket: hundreds are quicker than by command.
function addLink(socket, link) {
  return new Promise((resolve, reject) => {
    const call = http.request({ socketPath: socket, path: "/api/v1/links", method: "POST" }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    call.on("error", reject);
    call.end(JSON.stringify(link));
  });
}

const exported = (exportDir, name, text) => {
  const file = join(exportDir, name);
  return existsSync(file) && readFileSync(file, "utf8").includes(text);
};

/// One request from a loopback address of its own.
function from(address, url, headers = {}, agent) {
  return new Promise((resolve, reject) => {
    http
      .get(url, { localAddress: address, agent, maxHeaderSize: 1 << 16, headers: { "User-Agent": phone, ...headers } }, (response) => {
        response.resume();
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers }));
      })
      .on("error", reject);
  });
}

function assertRedirect(answer, location) {
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.location, location);
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.equal(answer.headers["x-robots-tag"], "noindex, nofollow");
}

async function assertSiteBehind(url, path) {
  const answer = await request(url + path);
  assert.deepEqual([answer.status, answer.body], [200, `the site behind: ${path}`]);
}

/// What is no link of ours, although it looks like one.
const strangers = ["/go/unknown", "/go/KETTLE", "/go/kettle/", "/go/a/b?c=d", "/go/", "/other"];

test("nginx hands links to Candor, redirects by itself without it, and never writes an address", async (t) => {
  const { folder, config, candor, site, exportDir } = await house(t);
  output(["link", "add", "kettle", kettle, "--config", config]);
  output(["link", "add", "default", "https://shop.example/$uri;{}?q=%22'", "--config", config]);
  output(["link", "add", "off", "https://off.example/", "--config", config]);
  output(["link", "edit", "off", "--state", "disabled", "--config", config]);
  assert(exported(exportDir, "nginx-map.conf", "/go/kettle"), "also a command without a daemon exports");
  const front = await nginx(t, folder, { candor, site, exportDir });
  let daemon = await serve(config);
  t.after(() => daemon.stop());

  // Running: by Candor, with a token, under the address that nginx saw.
  const through = await from("127.0.0.2", `${front.url}/go/kettle`);
  assert.match(through.headers.location, /awinaffid=2&clickref=[a-z0-9]{17}$/);
  await from("127.0.0.2", `${front.url}/go/kettle`, { "X-Forwarded-For": "198.51.100.7" });
  await from("127.0.0.3", `${front.url}/go/kettle`);
  for (const path of [...strangers, "/go/off"]) await assertSiteBehind(front.url, path);
  const prefetch = await from("127.0.0.4", `${front.url}/go/kettle`, { "Sec-Purpose": "prefetch" });
  assert.equal(prefetch.status, 503, "Candor's own answers are left as they are");
  assert.match((await request(`${front.url}/go/-/candor.js`)).headers["content-type"], /javascript/);
  const verdicts = await eventually(() => {
    const rows = json(["click", "list", "--gross", "--config", config]).data;
    return rows.length === 4 && rows.map((row) => row.verdict).reverse();
  });
  assert.deepEqual(verdicts, ["human", "repeat", "human", "prefetch"], "one reader, the same forging an address, another");

  // Stopped: by nginx, without a token.
  await daemon.stop();
  assertRedirect(await from("127.0.0.5", `${front.url}/go/kettle?a=/soup/`), kettle);
  assertRedirect(await from("127.0.0.5", `${front.url}/go/default`), "https://shop.example/$uri;%7B%7D?q=%22%27");
  for (const path of [...strangers, "/go/off"]) await assertSiteBehind(front.url, path);

  assert.equal((await request(`${front.url}/go/-/b`, { method: "POST", body: "{}" })).status, 204, "a lost beacon troubles nobody");

  // A link added meanwhile is there after a reload.
  output(["link", "add", "pan", "https://pan.example/", "--config", config]);
  front.check();
  await front.reload();
  // The old worker may still take a connection or two.
  assertRedirect(
    await eventually(async () => {
      const answer = await from("127.0.0.5", `${front.url}/go/pan`);
      return answer.status === 302 && answer;
    }),
    "https://pan.example/",
  );

  // Started again: by Candor.
  daemon = await serve(config);
  assert.match((await from("127.0.0.6", `${front.url}/go/kettle`)).headers.location, /clickref=[a-z0-9]{17}$/);
  await eventually(() => json(["click", "list", "--gross", "--config", config]).data.length === 5);

  const logs = front.logs();
  assert.match(logs, /GET \/other/, "the site's own requests are logged");
  for (const line of logs.split("\n")) assert(!(line.includes("/go/") && line.includes("127.0.0.")), `an address is logged: ${line}`);
});

test("Another prefix takes the change that the files name, in both web servers", async (t) => {
  const { folder, config, candor, site, exportDir } = await house(t);
  writeFileSync(config, readFileSync(config, "utf8").replace("[redirect]", '[redirect]\ngo_prefix = "/out/"'));
  output(["link", "add", "kettle", kettle, "--config", config]);
  const front = await nginx(t, folder, {
    candor, site, exportDir,
    change: (text) => text.replaceAll("/go/", "/out/"),
    changeHttp: (text) => text.replace('"~*^/+(g|%67)(o|%6f)(', '"~*^/+out('),
  });
  const second = await caddy(t, folder, { candor, site, exportDir, change: (text) => text.replaceAll("/go/", "/out/") });
  for (const { url } of [front, second]) {
    assertRedirect(await from("127.0.0.5", `${url}/out/kettle`), kettle);
    await assertSiteBehind(url, "/go/kettle");
  }
  const daemon = await serve(config);
  t.after(() => daemon.stop());
  for (const { url } of [front, second])
    assert.match((await from("127.0.0.6", `${url}/out/kettle`)).headers.location, /clickref=/);
  for (const line of front.logs().split("\n")) assert(!(line.includes("/out/") && line.includes("127.0.0.")), line);
});

test("A running daemon exports each change, and only changes", async (t) => {
  const { config, exportDir } = await house(t);
  const daemon = await serve(config);
  t.after(() => daemon.stop());
  await eventually(() => exported(exportDir, "nginx-map.conf", "map $uri"));
  await eventually(() => exported(exportDir, "Caddyfile", "map {path}"));
  await addLink(daemon.socket, { slug: "kettle", destination: kettle });
  await eventually(() => exported(exportDir, "nginx-map.conf", `"/go/kettle" "${kettle}";`));
  await eventually(() => exported(exportDir, "Caddyfile", "`/go/kettle` `" + kettle + "`"));
  assert.equal(output(["link", "export", "--for", "nginx", "--config", config]), readFileSync(join(exportDir, "nginx-map.conf"), "utf8"));
  assert.equal(output(["link", "export", "--for", "caddy", "--config", config]), readFileSync(join(exportDir, "Caddyfile"), "utf8"));
  // Added a moment before the end: exported before it.
  await addLink(daemon.socket, { slug: "pan", destination: kettle });
  await daemon.stop();
  assert(exported(exportDir, "nginx-map.conf", "/go/pan"));
});

/// Deterministic: the same hostile destinations in every run.
function* hostileDestinations(count) {
  let state = 20261123;
  const below = (n) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % n;
  const pieces = ["$", "${uri}", "$uri", "$$", "${", "}", "{", "{path}", "{$HOME}", "{http.request.host}", "{args.0}", "\\", "\\\\", "\\n", '"', "'", "`",
    ";", ";\n".trim(), "#", "~", "~*", "^.*$", "*", "|", "(", ")", "[", "]", "<", ">", "%", "%0d%0a", "%24", "%7B", "%00", " ", "é", "日本", "&", "=", "?",
    "a", "B", "0", "/", "//", "-", "_", ".", ",", "!", "@", ":", "default", "include", "hostnames", "import x", "return 200;"];
  for (let i = 0; i < count; ++i) {
    const part = () => Array.from({ length: below(12) }, () => pieces[below(pieces.length)]).join("");
    yield `https://shop.example/${part()}?${part()}${below(3) ? "" : `#${part()}`}`;
  }
  yield `https://shop.example/?q=${"$".repeat(8000)}`;
  yield `https://shop.example/?q=${"\\".repeat(8000)}`;
  yield `https://shop.example/?q=${"${uri}{".repeat(1000)}`;
  yield `https://shop.example/?q=${"x".repeat(4100)}`;
  yield "https://shop.example/?q=ends\\";
}

test("Every hostile destination comes out of nginx and Caddy as it is", async (t) => {
  const { folder, config, candor, site, exportDir } = await house(t);
  const daemon = await serve(config);
  t.after(() => daemon.stop());
  const longest = "l".repeat(100);
  const expected = new Map();
  let number = 0;
  const destinations = [...hostileDestinations(400)];
  const checked = output(["link", "check-url"], { input: destinations.join("\n") + "\n" }).trimEnd().split("\n");
  for (const [at, destination] of destinations.entries()) {
    assert(checked[at].startsWith("ok\t"), `${destination}: ${checked[at]}`);
    const slug = ["default", "include", "volatile", "hostnames", longest][number] ?? `s${number}`;
    ++number;
    assert.equal(await addLink(daemon.socket, { slug, destination }), 201, destination);
    expected.set(slug, checked[at].slice(3));
  }
  const last = [...expected.keys()].at(-1);
  await eventually(() => exported(exportDir, "Caddyfile", `/go/${last}`) && exported(exportDir, "nginx-map.conf", `/go/${last}`));
  await daemon.stop();

  const front = await nginx(t, folder, { candor, site, exportDir });
  assert.equal(front.check(), "", "no warning about table sizes either");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  for (const [slug, href] of expected) {
    const answer = await from("127.0.0.1", `${front.url}/go/${slug}`, {}, agent);
    assert.deepEqual([answer.status, answer.headers.location], [302, href], slug);
  }
  const second = await caddy(t, folder, { candor, site, exportDir });
  const encoded = { "{": "%7B", "}": "%7D", "`": "%60", "\\": "%5C" };
  for (const [slug, href] of expected) {
    const answer = await from("127.0.0.1", `${second.url}/go/${slug}`, {}, agent);
    assert.deepEqual([answer.status, answer.headers.location], [302, href.replace(/[{}`\\]/g, (c) => encoded[c])], slug);
  }
});

test("Caddy hands links to Candor, and redirects by itself without it", async (t) => {
  const { folder, config, candor, site, exportDir } = await house(t);
  output(["link", "add", "kettle", kettle, "--config", config]);
  const front = await caddy(t, folder, { candor, site, exportDir });
  const daemon = await serve(config);
  t.after(() => daemon.stop());
  await from("127.0.0.2", `${front.url}/go/kettle`);
  await from("127.0.0.2", `${front.url}/go/kettle`, { "X-Forwarded-For": "198.51.100.7" });
  const through = await from("127.0.0.3", `${front.url}/go/kettle`);
  assert.match(through.headers.location, /clickref=[a-z0-9]{17}$/);
  for (const path of strangers) await assertSiteBehind(front.url, path);
  const verdicts = await eventually(() => {
    const rows = json(["click", "list", "--gross", "--config", config]).data;
    return rows.length === 3 && rows.map((row) => row.verdict).reverse();
  });
  assert.deepEqual(verdicts, ["human", "repeat", "human"]);
  await daemon.stop();
  assertRedirect(await from("127.0.0.5", `${front.url}/go/kettle`), kettle);
  for (const path of strangers) await assertSiteBehind(front.url, path);
  assert(!/127\.0\.0\.[2-5]/.test(front.logs()), front.logs());
});
