// Nothing that was written tells who clicked: neither the day's salt nor an address is in the database, its log, the
// journal, a copy of them, or what the daemon says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cpSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { json, output, eventually, parseCsv, phone, request, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kAddresses = ["203.0.113.77", "198.51.100.201", "2001:db8:77aa::5151"];

/// An address as bytes, in the order of the network.
function addressBytes(address) {
  if (!address.includes(":")) return Buffer.from(address.split(".").map(Number));
  const [head, tail] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail];
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, "0"), "hex")));
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/// Secrets as whoever stores them might write them.
function writings(secret) {
  const hex = secret.toString("hex");
  return [secret, ...[hex, hex.toUpperCase(), secret.toString("base64"), secret.toString("base64url")].map((text) => Buffer.from(text))];
}

function expectNowhere(data, secrets) {
  let searched = 0;
  for (const path of filesBelow(data)) {
    if (relative(data, path).startsWith("salts/")) continue;
    const bytes = readFileSync(path);
    searched += bytes.length;
    for (const { what, writing } of secrets) assert(!bytes.includes(writing), `${what} is in ${relative(data, path)}`);
  }
  return searched;
}

function secretsOf(data) {
  const salts = readdirSync(join(data, "salts")).map((name) => readFileSync(join(data, "salts", name)));
  assert(salts.length > 0, "there is a salt to look for");
  for (const salt of salts) assert.equal(salt.length, 32);
  return [
    ...salts.flatMap((salt) => writings(salt).map((writing) => ({ what: "the day's salt", writing }))),
    ...kAddresses.map((address) => ({ what: `the address ${address}`, writing: Buffer.from(address) })),
    // Four bytes occur by chance in megabytes; sixteen do not.
    { what: "an address in bytes", writing: addressBytes(kAddresses[2]) },
  ];
}

test("neither salts nor addresses are written down", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder, { redirect: 'country_header = "CF-IPCountry"' });
  const data = join(folder, "data");
  json(["link", "add", "kettle", "https://shop.example/kettle", "--network", "awin", "--config", config]);
  const site = await serve(config);
  for (const address of kAddresses) {
    const headers = { "User-Agent": phone, "X-Forwarded-For": `192.0.2.1, ${address}`, "CF-IPCountry": "DE", "Accept-Language": "de-DE" };
    const answer = await request(`${site.redirect_url}/go/kettle`, { headers });
    assert.equal(answer.status, 302);
    assert(!JSON.stringify(answer).includes(address));
  }
  await request(`${site.redirect_url}/go/unknown`, { headers: { "X-Forwarded-For": kAddresses[0] } });
  const listed = () => parseCsv(output(["click", "list", "--all", "--format", "csv", "--config", config]));
  await eventually(() => listed().length === kAddresses.length, 10000, "the clicks in the database");

  const secrets = secretsOf(data);
  assert(expectNowhere(data, secrets) > 0, "while it runs");
  // As a backup would take it: the database with its log, and the journal.
  const copy = join(folder, "copy");
  cpSync(data, copy, { recursive: true, filter: (path) => !statSync(path).isSocket() && !path.endsWith("/salts") });
  assert(expectNowhere(copy, secrets) > 0, "in a copy");
  const end = await site.stop();
  assert.equal(end.code, 0, end.errors);
  for (const address of kAddresses) assert(!end.errors.includes(address), "the daemon's log");
  const searched = expectNowhere(data, secrets);
  t.diagnostic(`${searched} bytes searched after the end`);

  const clicks = listed();
  assert.equal(new Set(clicks.map((click) => click.id)).size, kAddresses.length);
  for (const click of clicks) {
    assert.equal(click.country, "DE");
    assert.equal(click.device, "mobile");
    assert.equal(click.os, "ios");
    assert.equal(click.language, "de");
  }
});

test("the owner's test clicks and reclassified ones are told apart", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json(["link", "add", "kettle", "https://shop.example/kettle", "--network", "awin", "--config", config]);
  const site = await serve(config);
  const url = new URL(json(["click", "test", "kettle", "--config", config]).url);
  const tested = await request(`${site.redirect_url}${url.pathname}${url.search}`, { headers: { "User-Agent": phone } });
  assert.equal(tested.status, 302);
  assert(!tested.headers.location.includes("candor-test"));
  await request(`${site.redirect_url}/go/kettle`, { headers: { "User-Agent": "WhatsApp/2.23.20.0 A" } });
  const list = (...more) => json(["click", "list", ...more, "--config", config]).data;
  await eventually(() => list("--gross").length === 2);
  assert.equal(list("--verdict", "test").length, 1);
  assert.equal(list("--verdict", "preview")[0].reason, "preview:whatsapp");
  assert.equal(list().length, 0);
  const again = json(["click", "reclassify", "--config", config]);
  assert.deepEqual([again.looked_at, again.changed], [2, 0]);
  await site.stop();
});
