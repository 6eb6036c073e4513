import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiProblem, apiPath, createApi, parseJson } from "../lib/api.js";

function answering(...answers) {
  const calls = [];
  const fetch = async (url, options) => {
    calls.push({ url, ...options });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  return { fetch, calls };
}
const json = (body, { status = 200, ...headers } = {}) => new Response(JSON.stringify(body), { status, headers });

test("addresses leave out what is not given and escape what is", () => {
  assert.equal(apiPath("/links"), "/api/v1/links");
  assert.equal(apiPath("/clicks", { limit: 50, all: undefined, before: "", path: "/a b&c" }), "/api/v1/clicks?limit=50&path=%2Fa+b%26c");
});

test("an unchanged answer costs no body and is the very same data", async () => {
  const { fetch, calls } = answering(json({ a: 1 }, { ETag: '"1"' }), new Response(null, { status: 304 }), json({ a: 2 }, { ETag: '"2"' }));
  const api = createApi({ fetch });
  const first = await api.get("/x");
  const second = await api.get("/x");
  assert.equal(second, first);
  assert.equal(calls[0].headers["If-None-Match"], undefined);
  assert.equal(calls[1].headers["If-None-Match"], '"1"');
  assert.deepEqual(await api.get("/x"), { a: 2 });
});

test("changes carry the header that foreign pages cannot send", async () => {
  const { fetch, calls } = answering(json({ slug: "a" }, { status: 201 }), new Response(null, { status: 204 }));
  const api = createApi({ fetch });
  assert.deepEqual(await api.send("POST", "/api/v1/links", { slug: "a" }), { slug: "a" });
  assert.equal(calls[0].headers["X-Candor"], "1");
  assert.equal(calls[0].headers["Content-Type"], "application/json");
  assert.equal(await api.send("DELETE", "/api/v1/session"), null);
  assert.equal(calls[1].body, undefined);
});

test("once signed in, changes carry the session's own word, and edits the version that was seen", async () => {
  const { fetch, calls } = answering(json({ signed_in: true, csrf: "word" }), json({ slug: "a" }), json({ signed_in: false }), json({}));
  const api = createApi({ fetch });
  await api.get("/api/v1/session");
  await api.send("PATCH", "/api/v1/links/a", {}, { version: "0123456789abcdef" });
  assert.equal(calls[1].headers["X-Candor"], "word");
  assert.equal(calls[1].headers["If-Match"], '"0123456789abcdef"');
  await api.get("/api/v1/session");
  await api.send("POST", "/api/v1/session", {});
  assert.equal(calls[3].headers["X-Candor"], "1");
  assert.equal(calls[3].headers["If-Match"], undefined);
});

test("a share link's key goes in a header, and its end signs nobody out", async () => {
  let out = 0;
  const { fetch, calls } = answering(json({ data: [] }), json({ detail: "over" }, { status: 401 }));
  const api = createApi({ fetch, onSignedOut: () => out++ });
  await api.get("/api/v1/shared", { bearer: "cns_x" });
  assert.equal(calls[0].headers.Authorization, "Bearer cns_x");
  await assert.rejects(api.get("/api/v1/shared", { bearer: "cns_x" }));
  assert.equal(out, 0);
});

test("a file goes as its bytes", async () => {
  const { fetch, calls } = answering(json({}));
  const file = new Blob(["a,b\n"]);
  await createApi({ fetch }).send("POST", "/api/v1/revenue/imports", file);
  assert.equal(calls[0].body, file);
  assert.equal(calls[0].headers["Content-Type"], "application/octet-stream");
});

test("problems keep the field at fault and the server's words", async () => {
  const { fetch } = answering(json({ title: "Refused", detail: "The slug is taken.", field: "slug" }, { status: 409 }));
  await assert.rejects(createApi({ fetch }).send("POST", "/x", {}), (problem) => {
    assert.ok(problem instanceof ApiProblem);
    assert.deepEqual([problem.status, problem.field, problem.message], [409, "slug", "The slug is taken."]);
    return true;
  });
});

test("an answer that is no problem document still says its status", async () => {
  const { fetch } = answering(new Response("<h1>Bad Gateway</h1>", { status: 502, statusText: "Bad Gateway" }));
  await assert.rejects(createApi({ fetch }).get("/x"), { status: 502, title: "Bad Gateway" });
});

test("a server that is away is status 0; an abort stays an abort", async () => {
  const { fetch } = answering(new TypeError("failed to fetch"), new DOMException("", "AbortError"));
  const api = createApi({ fetch });
  await assert.rejects(api.get("/x"), { status: 0 });
  await assert.rejects(api.get("/x"), { name: "AbortError" });
});

test("being signed out is reported and forgets what was kept", async () => {
  let told = 0;
  const { fetch, calls } = answering(json({ a: 1 }, { ETag: '"1"' }), json({}, { status: 401 }), json({ a: 1 }));
  const api = createApi({ fetch, onSignedOut: () => (told += 1) });
  await api.get("/x");
  await assert.rejects(api.get("/x"), { status: 401 });
  assert.equal(told, 1);
  await api.get("/x");
  assert.equal(calls[2].headers["If-None-Match"], undefined);
});

test("money too large for a double is read digit for digit where the engine can", () => {
  const read = parseJson('{"earned_micro":9007199254740993,"orders":3,"epc_micro":null}');
  assert.equal(read.orders, 3);
  assert.equal(read.epc_micro, null);
  const exact = JSON.parse("1", (_, __, context) => context?.source ?? "") === "1";
  if (exact) assert.equal(read.earned_micro, 9007199254740993n);
  else assert.equal(typeof read.earned_micro, "number");
});
