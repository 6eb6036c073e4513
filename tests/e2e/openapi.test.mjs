// The API against its own description: the document is sound OpenAPI 3.1, and what a running daemon answers, to every
// operation, is what the document says, no member more or less.
import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { signIn } from "./api_session.mjs";
import { walk } from "./api_walk.mjs";
import { makeDemo } from "./dashboard.mjs";
import { parseCsv, request, serve, temporaryFolder } from "./support.mjs";

let site;
let network;
let document;

before(async () => {
  const folder = temporaryFolder();
  const config = makeDemo(folder);
  // What the night has to tell its owner waits; a test mail to somebody else gets through.
  const sendmail = join(folder, "sendmail");
  writeFileSync(sendmail, '#!/bin/sh\ncat > /dev/null\ncase "$*" in *owner@*) exit 1 ;; esac\n', { mode: 0o755 });
  // A network whose API knows of one sale.
  const today = new Date().toISOString().slice(0, 10);
  const sale = { Id: "walk-1", State: "PENDING", EventDate: `${today}T00:00:00Z`, Payout: "1.5", Amount: "10.00", Currency: "USD" };
  network = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ "@page": "1", "@nextpageuri": "", Actions: [sale] }));
  });
  await new Promise((resolve) => network.listen(0, "127.0.0.1", resolve));
  const token = join(folder, "impact-token");
  writeFileSync(token, "s3cret-token\n");
  appendFileSync(config, `\n[revenue.pull.impact]\naccount = "45628"\ntoken_file = "${token}"\nurl = "http://127.0.0.1:${network.address().port}"\n` + `\n[mail]\nfrom = "candor@site.example"\nto = ["owner@site.example"]\nsendmail = "${sendmail}"\n`);
  site = await serve(config);
  document = JSON.parse((await request(`${site.admin_url}/api/v1/openapi.json`)).body);
});
after(async () => {
  await site?.stop();
  network?.closeAllConnections();
  network?.close();
});

/// Clients must bear members that are new to them; this test must not.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const out = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if (out.properties && typeof out.properties === "object" && out.type && out.additionalProperties === undefined) out.additionalProperties = false;
  return out;
}

/// Of the document: {operation, check(status, media, parsed)} by "METHOD /path".
/** `mismatches` gathers what answers say that the document does not. */
function operations(mismatches) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: "https://candor.invalid/api", components: closed(document.components) });
  const all = {};
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path}`;
      const validators = {};
      all[name] = {
        operation,
        check(status, media, body) {
          const told = operation.responses[status] ?? operation.responses.default;
          const response = told.$ref ? document.components.responses[told.$ref.split("/").at(-1)] : told;
          assert(operation.responses[status] || status >= 400, `${name} answers ${status}, which is not in the document`);
          if (!response.content) return assert.equal(body, "", `${name} answers ${status} with a body`);
          assert(response.content[media], `${name} answers ${status} as ${media}, not ${Object.keys(response.content)}`);
          if (!media.endsWith("json")) return;
          const text = JSON.stringify(closed(response.content[media].schema)).replaceAll('"#/components', '"https://candor.invalid/api#/components');
          const validate = (validators[`${status} ${media}`] ??= ajv.compile(JSON.parse(text)));
          if (validate(body)) return;
          for (const { instancePath, message, params } of validate.errors)
            mismatches.add(`${name} ${status}: ${instancePath.replace(/\/\d+/g, "/*")} ${message} ${JSON.stringify(params)}`);
        },
      };
    }
  }
  return all;
}

test("the document is OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document));
  assert(result.valid, JSON.stringify(result.errors, null, 1));
  assert.equal(document.openapi, "3.1.0");
  assert.equal(document.servers[0].url, site.admin_url);
});

test("every operation answers as the document says", async () => {
  const mismatches = new Set();
  const known = operations(mismatches);
  const good = new Set();
  const refused = new Set();
  const send = await signIn(site);
  const ask = async (name, { path = {}, query = {}, status, field, ...rest } = {}) => {
    assert(known[name], `${name} is not in the document`);
    // What a network tells stands in the address, under names of its own.
    for (const parameter of name.includes("/postback/") ? [] : Object.keys(query))
      assert(known[name].operation.parameters?.some((each) => each.in === "query" && each.name === parameter), `${name} has no parameter ${parameter}`);
    const [method, pattern] = name.split(" ");
    const values = new URLSearchParams(query).toString();
    const target = pattern.replace(/\{(\w+)\}/g, (_, each) => encodeURIComponent(path[each])) + (values ? `?${values}` : "");
    const answer = await send(method, target, rest);
    const media = answer.headers["content-type"]?.split(";")[0];
    const body = media?.endsWith("json") ? JSON.parse(answer.body) : answer.body;
    if (status === undefined) assert(answer.status < 300, `${method} ${target} gave ${answer.status}: ${answer.body.slice(0, 500)}`);
    else assert.equal(answer.status, status, `${method} ${target}: ${answer.body.slice(0, 500)}`);
    known[name].check(answer.status, media, body);
    (answer.status < 300 ? good : refused).add(name);
    if (field) assert.equal(body.field, field, `${method} ${target}: ${answer.body}`);
    return body;
  };
  await walk(ask);
  // Without anybody signed in.
  for (const [name, { operation }] of Object.entries(known)) {
    if (operation.security.length === 0 || refused.has(name) || name === "GET /metrics") continue;
    const names = (operation.parameters ?? []).filter((each) => each.in === "path");
    await ask(name, { path: Object.fromEntries(names.map((each) => [each.name, "1"])), status: 401, as: "" });
  }
  assert.deepEqual([...mismatches], []);
  const missing = Object.keys(known).filter((name) => !good.has(name));
  assert.deepEqual(missing, [], "these were not asked: put them into api_walk.mjs");
  const open = new Set(["GET /healthz", "GET /readyz", "GET /metrics", "GET /api/v1/session", "DELETE /api/v1/session", "GET /api/v1/docs", "GET /api/v1/openapi.json"]);
  assert.deepEqual(Object.keys(known).filter((name) => !refused.has(name) && !open.has(name)), [], "no problem was seen of these");
});

test("lists and reports go out as CSV, and in pieces that join to the whole", async () => {
  const send = await signIn(site);
  for (const [path, methods] of Object.entries(document.paths)) {
    const parameters = methods.get?.parameters ?? [];
    if (path.includes("{") || !parameters.some((each) => each.name === "format") || !methods.get.responses[200].content["text/csv"]) continue;
    const needed = { day: "2026-03-17", by: "day", path: "/overnight-oats/" };
    const query = new URLSearchParams(parameters.filter((each) => each.required).map((each) => [each.name, needed[each.name]]));
    const answer = await send("GET", `${path}?${query}`, { headers: { Accept: "text/csv" } });
    assert.equal(answer.headers["content-type"], "text/csv; charset=utf-8", path);
    const asked = JSON.parse((await send("GET", `${path}?${query}`)).body);
    if (methods.get.responses[200].content["application/json"] && !path.startsWith("/api/v1/reports")) assert.equal(parseCsv(answer.body).length, asked.data.length, path);
  }
  const whole = JSON.parse((await send("GET", "/api/v1/links?all=1")).body).data.map((link) => link.slug);
  const joined = [];
  for (let target = "/api/v1/links?all=1&limit=5"; target; ) {
    const answer = await send("GET", target);
    joined.push(...JSON.parse(answer.body).data.map((link) => link.slug));
    target = answer.headers.link?.match(/<(.*)>; rel="next"/)[1];
  }
  assert(whole.length > 10);
  assert.deepEqual(joined, whole);
});

test("what the dashboard polls is 304 while nothing changed", async () => {
  const send = await signIn(site);
  const first = await send("GET", "/api/v1/links");
  const again = await send("GET", "/api/v1/links", { headers: { "If-None-Match": first.headers.etag } });
  assert.deepEqual([again.status, again.body], [304, ""]);
  const one = await send("GET", "/api/v1/links/blendworks-quiet");
  assert.equal((await send("GET", "/api/v1/links/blendworks-quiet", { headers: { "If-None-Match": one.headers.etag } })).status, 304);
});
