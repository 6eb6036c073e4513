// Webhooks to a receiver of the test's own: what happens on the site is told, signed, again when the receiver fails, and
// also when the daemon was killed between.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { Agent, createServer } from "node:http";
import { after, before, test } from "node:test";
import { candor, eventually, parseCsv, request, serve, temporaryFolder, writeConfig } from "./support.mjs";

let config;
let site;
let receiver;
let hook;
let secret;
let status = 200;
const received = [];
const waiting = [];

before(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      received.push({ headers: request.headers, body, url: request.url });
      if (status === "silence") return waiting.push(response);
      response.writeHead(status).end("thanks");
    });
  });
  await new Promise((done) => receiver.listen(0, "127.0.0.1", done));
  config = writeConfig(temporaryFolder());
  site = await serve(config);
  const made = await run(["webhook", "add", `http://127.0.0.1:${receiver.address().port}/candor`]);
  assert.equal(made.status, 0, made.stderr);
  secret = made.stdout.trim();
  hook = String((await cli("webhook", "list")).data[0].id);
});
after(async () => {
  await site?.stop();
  waiting.forEach((response) => response.destroy());
  receiver.close();
});

/// Beside this process, which is the receiver.
async function run(args) {
  const child = spawn(candor, [...args, "--config", config]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, stdout, stderr };
}
async function output(args) {
  const { status, stdout, stderr } = await run(args);
  assert.equal(status, 0, `candor ${args.join(" ")}: ${stderr}`);
  return stdout;
}
const cli = async (...args) => JSON.parse(await output([...args, "--json"]));
const of = (slug) => received.filter((each) => JSON.parse(each.body).data.slug === slug);

/// As Standard Webhooks says, apart from the program's own.
function assertSigned({ headers, body }, key = secret) {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const mac = createHmac("sha256", Buffer.from(key.replace(/^whsec_/, ""), "base64")).update(signed).digest("base64");
  assert.equal(headers["webhook-signature"], `v1,${mac}`);
  assert(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000) < 120);
  assert.equal(headers["content-type"], "application/json");
}

test("the secret is shown once, and a test message arrives", async () => {
  assert.match(secret, /^whsec_/);
  assert(!JSON.stringify(await cli("webhook", "list")).includes(secret));
  const tried = await cli("webhook", "test", hook);
  assert.deepEqual([tried.type, tried.state, tried.status, tried.attempts], ["webhook.test", "delivered", 200, 1]);
  assertSigned(received[0]);
  assert.equal(received[0].url, "/candor");
  assert.deepEqual(JSON.parse(received[0].body).data, { site: "Test site", webhook: Number(hook) });
});

test("what happens on the site is told as it happens", async () => {
  await output(["link", "add", "kettle", "https://shop.example/kettle"]);
  await eventually(() => of("kettle").length === 1);
  const [told] = of("kettle");
  assertSigned(told);
  const body = JSON.parse(told.body);
  assert.deepEqual([body.type, body.data.change], ["link.changed", "added"]);
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
  await run(["nightly"]);
  await eventually(() => received.some((each) => JSON.parse(each.body).type === "nightly.finished"));
});

test("what a night finds wrong is told when it begins, and when it comes back", async () => {
  const raised = () => received.map((each) => JSON.parse(each.body)).filter((each) => each.type === "alert.raised").map((each) => each.data);
  const link = '<a href="https://www.awin1.com/cread.php?awinmid=7052&amp;awinaffid=189999">the tin one</a>';
  const audit = (text) =>
    request("http://localhost/api/v1/audit?path=/%22kettles%22/", {
      method: "POST", agent: new Agent({ socketPath: site.socket }), headers: { "Content-Type": "text/html" },
      body: `<!doctype html><html lang="en"><title>Kettles</title><main><h1>Kettles</h1><p>Of all that we boiled water in, ${text} was quickest.</p></main>`,
    });
  const nights = () => received.filter((each) => JSON.parse(each.body).type === "nightly.finished").length;
  const night = async () => {
    const known = nights();
    await run(["nightly"]);
    await eventually(() => nights() > known);
  };
  await audit(link);
  await night();
  assert.deepEqual(raised().map((each) => [each.kind, each.severity, each.subject]), [["disclosure", "error", "/%22kettles%22/"]]);
  assert.match(raised()[0].message, /\S/);
  assert.match(raised()[0].href, /^#\/articles\/detail\?path=/);
  await night();
  assert.equal(raised().length, 1, "once");
  await audit("the tin one");
  await night();
  assert.equal(raised().length, 1, "what ended is no news");
  await audit(link);
  await night();
  assert.equal(raised().length, 2, "what came back is");
});

test("a receiver that fails is asked again, under the same id, and the log says so", async () => {
  status = 500;
  await output(["link", "add", "toaster", "https://shop.example/toaster"]);
  await eventually(() => of("toaster").length === 1);
  const pending = async () => (await cli("webhook", "log", hook)).data.find((each) => JSON.parse(each.body).data.slug === "toaster");
  await eventually(async () => (await pending()).attempts === 1);
  const failed = await pending();
  assert.deepEqual([failed.state, failed.status, failed.error], ["pending", 500, "answered 500"]);
  assert((await cli("webhook", "list")).data[0].failing_since);
  status = 200;
  const again = await cli("webhook", "redeliver", hook, String(failed.id));
  assert.equal(again.state, "delivered");
  assert.equal(new Set(of("toaster").map((each) => each.headers["webhook-id"])).size, 1);
  assert.equal((await cli("webhook", "list")).data[0].failing_since, null);
  const csv = parseCsv(await output(["webhook", "log", hook, "--format", "csv"]));
  assert(csv.some((row) => row.type === "link.changed" && row.state === "delivered"));
});

test("a daemon killed while it sends, sends again with the same id", async () => {
  status = "silence";
  await output(["link", "add", "blender", "https://shop.example/blender"]);
  await eventually(() => of("blender").length === 1);
  await site.kill("SIGKILL");
  // Also what happens while no daemon runs is told by the next one.
  await output(["link", "add", "mixer", "https://shop.example/mixer"]);
  status = 200;
  site = await serve(config);
  await eventually(() => of("blender").length >= 2 && of("mixer").length === 1);
  assert.equal(new Set(of("blender").map((each) => each.headers["webhook-id"])).size, 1);
  assert.equal(new Set(of("blender").map((each) => each.body)).size, 1);
});

test("a stop does not wait for a receiver that is silent", async () => {
  status = "silence";
  await output(["link", "add", "juicer", "https://shop.example/juicer"]);
  await eventually(() => of("juicer").length === 1);
  const before = performance.now();
  const ended = await site.stop();
  assert.equal(ended.code, 0, ended.errors);
  assert(performance.now() - before < 5000);
  status = 200;
  site = await serve(config);
  await eventually(() => of("juicer").length >= 2);
});

test("another secret signs from then on; a disabled or removed webhook is told nothing", async () => {
  const other = (await output(["webhook", "rotate", hook])).trim();
  assert.notEqual(other, secret);
  await cli("webhook", "test", hook);
  assertSigned(received.at(-1), other);
  await output(["webhook", "disable", hook]);
  const count = received.length;
  assert.match((await run(["webhook", "test", hook])).stderr, /disabled/);
  await output(["webhook", "enable", hook]);
  await cli("webhook", "test", hook);
  assert.equal(received.length, count + 1);
  await output(["webhook", "remove", hook]);
  assert.deepEqual((await cli("webhook", "list")).data, []);
});

test("addresses of local networks and plain http elsewhere are refused", async () => {
  assert.match((await run(["webhook", "add", "http://shop.example/"])).stderr, /must be https/);
  assert.match((await run(["webhook", "add", "https://shop.example/", "--event", "rain"])).stderr, /"rain" is nothing to be told of/);
  const made = await cli("webhook", "add", `https://127.0.0.1.nip.invalid:${receiver.address().port}/`);
  assert.match(made.secret, /^whsec_/);
  const inside = await cli("webhook", "add", "https://192.168.0.1:1/");
  const tried = JSON.parse((await run(["webhook", "test", String(inside.id), "--json"])).stdout);
  assert.match(tried.error, /none of the public internet/);
});
