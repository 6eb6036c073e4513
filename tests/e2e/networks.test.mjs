// Networks' servers: asked by `candor revenue pull`, and telling by postbacks. A server of the test's own stands in for them
// and replays what they document.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { candor, json, output, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";

/// Answers by `script`, a list of (request, response) functions; the last one answers the rest.
async function standIn(t, script) {
  const seen = [];
  const server = http.createServer((call, response) => {
    let body = "";
    call.on("data", (part) => (body += part));
    call.on("end", () => {
      seen.push({ method: call.method, url: call.url, headers: call.headers, body });
      const answer = script.length > 1 ? script.shift() : script[0];
      answer(call, response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, script, url: `http://127.0.0.1:${server.address().port}` };
}

const reply = (status, body = "", headers = {}) => (_, response) => {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};
/// Promises more than it sends.
const cutShort = (body) => (_, response) => {
  response.writeHead(200, { "Content-Length": body.length + 100 });
  response.write(body);
  response.socket.end();
};

const today = new Date().toISOString().slice(0, 10);
const action = (id, more = {}) => ({
  Id: id, State: "PENDING", EventDate: `${today}T00:00:00Z`, Payout: "1.5", Amount: "10.00", Currency: "USD", ...more,
});
const page = (actions, next = "") => ({ "@page": "1", "@nextpageuri": next, Actions: actions });

function house(t, network, url, more = "") {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "token"), "s3cret-token\n");
  const config = writeConfig(folder, {
    rest: `[revenue.pull.${network}]\naccount = "45628"\ntoken_file = "token"\nurl = "${url}"\nfirst_days = 1\noverlap_days = 1\n${more}`,
  });
  const words = (...args) => [...args, "--config", config];
  /// Beside a server in this process, which a synchronous call would keep from answering.
  const call = (...args) =>
    new Promise((resolve) => {
      const child = spawn(candor, words(...args));
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (part) => (stdout += part));
      child.stderr.on("data", (part) => (stderr += part));
      child.on("exit", (status, signal) => resolve({ status, signal, stdout, stderr, child }));
    });
  const imports = () => json(words("revenue", "imports")).data;
  return { folder, config, words, call, imports };
}

test("Impact's pages become one import, and the next night reads them again", async (t) => {
  const net = await standIn(t, [
    reply(200, page([action("1"), action("2")], "/Mediapartners/45628/Actions?Page=2")),
    reply(200, page([action("3", { SubId1: "spring" })])),
  ]);
  const site = house(t, "impact", net.url);
  const first = await site.call("revenue", "pull", "--json");
  assert.equal(first.status, 0, first.stderr);
  const [pulled] = JSON.parse(first.stdout).data;
  assert.deepEqual([pulled.failed, pulled.row_count, pulled.request_count], [false, 3, 2]);
  assert.equal(net.seen[0].headers.authorization, `Basic ${Buffer.from("45628:s3cret-token").toString("base64")}`);
  assert.match(net.seen[0].url, /^\/Mediapartners\/45628\/Actions\?ActionDateStart=.*PageSize=2000$/);
  assert.equal(net.seen[1].url, "/Mediapartners/45628/Actions?Page=2");
  const [made] = site.imports();
  assert.deepEqual([made.kind, made.network, made.account, made.new_count], ["pull", "impact", "45628", 3]);
  assert.equal(json(site.words("revenue", "check")).balanced, true);

  net.script.splice(0, net.script.length, reply(200, page([action("1", { State: "APPROVED" }), action("2"), action("3", { SubId1: "spring" })])));
  const night = await site.call("nightly", "--json");
  assert.match(night.stdout, /impact 45628: 3 rows, 0 new, 1 changed, 0 bad/);
  assert.equal(site.imports().length, 2);
  // Taken back, the first sight stands again.
  output(site.words("revenue", "undo", String(site.imports()[0].id)));
  assert.equal(json(site.words("revenue", "show", "1")).commission.status, "pending");
});

test("CJ's GraphQL is paged by id, Awin's months are asked both ways", async (t) => {
  const record = (id) => ({
    commissionId: id, originalActionId: id, actionStatus: "locked", eventDate: `${today}T00:00:00Z`, pubCommissionAmountUsd: "7.781", items: [],
  });
  const commissions = (records, payloadComplete, maxCommissionId) => ({
    data: { publisherCommissions: { count: records.length, payloadComplete, maxCommissionId, records } },
  });
  const cj = await standIn(t, [reply(200, commissions([record("11")], false, "11")), reply(200, commissions([record("12")], true, "12"))]);
  const site = house(t, "cj", cj.url);
  assert.equal((await site.call("revenue", "pull", "cj")).status, 0);
  assert.match(JSON.parse(cj.seen[1].body).query, /sinceCommissionId: "11"/);
  assert.equal(cj.seen[0].headers.authorization, "Bearer s3cret-token");
  assert.equal(site.imports()[0].new_count, 2);

  const sample = readFileSync(new URL("../fixtures/networks/awin_transactions.json", import.meta.url), "utf8");
  const awin = await standIn(t, [reply(200, sample), reply(200, "[]")]);
  const other = house(t, "awin", awin.url);
  assert.equal((await other.call("revenue", "pull", "awin")).status, 0);
  assert.deepEqual(awin.seen.map((call) => new URL(call.url, awin.url).searchParams.get("dateType")), ["transaction", "validation"]);
  assert.equal(other.imports()[0].new_count, JSON.parse(sample).length);
});

test("what passes is tried again; what does not leaves nothing behind", async (t) => {
  const good = reply(200, page([action("1")]));
  const net = await standIn(t, [reply(429, "", { "Retry-After": "1" }), good]);
  const site = house(t, "impact", net.url);
  assert.equal((await site.call("revenue", "pull")).status, 0);
  assert.equal(net.seen.length, 2);
  for (const failure of [reply(500), cutShort(JSON.stringify(page([action("2")])))]) {
    net.script.splice(0, net.script.length, failure, good);
    assert.equal((await site.call("revenue", "pull")).status, 0);
  }
  assert.equal(site.imports().length, 1, "the same again is no import");

  const next = "/Mediapartners/45628/Actions?Page=2";
  for (const [failure, why] of [
    [reply(401), /refuses the token/],
    [reply(200, '{"Actions": [{"Id": "2'), /cannot be read: not valid JSON/],
    [reply(200, page([action("2")], "https://198.51.100.1/steal")), /elsewhere/],
  ]) {
    net.script.splice(0, net.script.length, reply(200, page([action("9")], next)), failure);
    const refused = await site.call("revenue", "pull");
    assert.equal(refused.status, 1);
    assert.match(refused.stdout + refused.stderr, why);
    assert.doesNotMatch(refused.stdout + refused.stderr, /s3cret/);
    assert.equal(site.imports().length, 1);
  }
});

test("killed between two pages nothing is half-done, and the next run does it all", async (t) => {
  let arrived;
  const second = new Promise((resolve) => (arrived = resolve));
  const net = await standIn(t, [reply(200, page([action("1")], "/Mediapartners/45628/Actions?Page=2")), () => arrived()]);
  const site = house(t, "impact", net.url);
  const child = spawn(candor, site.words("revenue", "pull"));
  const ended = new Promise((resolve) => child.on("exit", (_, signal) => resolve(signal)));
  await second;
  child.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL");
  assert.deepEqual(site.imports(), []);
  net.script.splice(0, net.script.length, reply(200, page([action("1")], "/Mediapartners/45628/Actions?Page=2")), reply(200, page([action("2")])));
  assert.equal((await site.call("revenue", "pull")).status, 0);
  assert.equal(site.imports()[0].new_count, 2);
});

test("a network tells of commissions by itself, at the address that was printed for it", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const words = (...args) => [...args, "--config", config];
  const site = await serve(config);
  t.after(() => site.stop());
  const made = json(words("revenue", "postback", "awin", "--account", "9", "--url", site.admin_url));
  const address = made.url
    .replace("!!!transactionId!!!", "244231459").replace("!!!transactionDate!!!", encodeURIComponent(`${today} 00:00:01`))
    .replace("!!!commission!!!", "0.67").replace("!!!transactionAmount!!!", "33.70").replace("!!!transactionCurrency!!!", "GBP");
  for (const repeated of [false, true]) {
    const told = await request(address);
    assert.equal(told.status, 200, told.body);
    assert.equal(JSON.parse(told.body).repeated, repeated);
  }
  const posted = await request(made.url.slice(0, made.url.indexOf("&transactionId")), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ transactionId: "244231460", transactionDate: `${today} 00:00:01`, commission: "1.00", transactionCurrency: "GBP" }),
  });
  assert.equal(posted.status, 200, posted.body);
  const imports = json(words("revenue", "imports")).data;
  assert.deepEqual(imports.map((each) => [each.kind, each.account, each.new_count]), [["postback", "9", 1], ["postback", "9", 1]]);
  assert.equal(json(words("revenue", "check")).balanced, true);
  assert.equal((await request(address.replace(/token=[^&]+/, "token=cnd_wrong"))).status, 401);
  assert.equal((await request(address.replace("244231459", ""))).status, 422);
  assert.match(run(words("revenue", "postback", "awin")).stderr, /already/);
  output(words("token", "revoke", made.token_name));
  assert.equal((await request(address)).status, 401);
  assert.doesNotMatch(site.errors(), /cnd_/);
});
