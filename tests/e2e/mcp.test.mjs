// candor mcp, asked by the Model Context Protocol's own client, which checks each answer against the tool's schema; and
// by hand, where the client is too polite.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { makeDemo } from "./dashboard.mjs";
import { candor, json, serve, temporaryFolder } from "./support.mjs";

let folder;
let config;
let client;

before(async () => {
  folder = temporaryFolder();
  config = makeDemo(folder);
  client = await connect();
});
after(() => client?.close());

async function connect() {
  const made = new Client({ name: "test", version: "1" });
  await made.connect(new StdioClientTransport({ command: candor, args: ["mcp", "--config", config] }));
  return made;
}
const call = (name, args = {}) => client.callTool({ name, arguments: args });

test("it says who it is and what it can do, all of it for reading", async () => {
  assert.equal(client.getServerVersion().name, "candor");
  assert(client.getServerCapabilities().tools);
  await client.ping();
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map((tool) => tool.name).sort(),
    ["article", "articles_report", "audit_page", "check_ledger", "count_clicks", "explain_click", "list_links", "overview", "report", "show_link", "test_link"],
  );
  for (const tool of tools) {
    assert.equal(tool.annotations.readOnlyHint, true, tool.name);
    assert.equal(tool.inputSchema.type, "object");
    assert(!JSON.stringify(tool).includes("#/components"), `${tool.name} refers to what is not there`);
    assert.equal(tool.outputSchema.type, "object");
  }
});

test("reports are those of the command line", async () => {
  await client.listTools();
  const report = await call("articles_report");
  assert.equal(report.isError, false);
  const same = json(["report", "articles", "--config", config]);
  assert.deepEqual(report.structuredContent.total, same.total);
  assert.deepEqual(JSON.parse(report.content[0].text), report.structuredContent);
  for (const by of ["network", "month", "placement"]) assert((await call("report", { by, compare: "previous" })).structuredContent.data.length > 0, by);
  assert((await call("overview")).structuredContent.clicks.net > 0);
  assert((await call("count_clicks", { by: "link,device", limit: 5 })).structuredContent.rows >= 1);
  assert.equal((await call("check_ledger")).structuredContent.balanced, true);
  const path = report.structuredContent.data[0].path;
  assert.equal((await call("article", { path })).structuredContent.article.path, path);
});

test("links are tested and clicks explained", async () => {
  await client.listTools();
  const { data } = (await call("list_links", { limit: 2 })).structuredContent;
  assert.equal(data.length, 2);
  assert.equal((await call("show_link", { slug: data[0].slug })).structuredContent.slug, data[0].slug);
  const tested = (await call("test_link", { slug: data[0].slug, country: "DE", device: "mobile" })).structuredContent;
  assert.equal(tested.status, 302);
  const click = json(["click", "list", "--limit", "1", "--config", config]).data[0];
  assert.match((await call("explain_click", { id: click.id })).structuredContent.why, /Counted/);
});

test("a page is audited, given as text or as a file", async () => {
  await client.listTools();
  const page = '<!doctype html><html lang="en"><title>K</title><p><a href="https://www.awin1.com/cread.php?awinmid=1&awinaffid=2">Buy</a>';
  assert.equal((await call("audit_page", { html: page })).structuredContent.verdict, "fail");
  const file = join(folder, "page.html");
  writeFileSync(file, page);
  assert.equal((await call("audit_page", { file, jurisdiction: "DE" })).structuredContent.verdict, "fail");
  assert.equal((await call("audit_page", { file: config })).isError, true);
  assert.match((await call("audit_page", { file: join(folder, "none.html") })).content[0].text, /there is no/);
  assert.match((await call("audit_page")).content[0].text, /either html/);
});

test("what is wrong is said to the assistant, as a tool's error", async () => {
  const refused = await call("report", { by: "mood" });
  assert.equal(refused.isError, true);
  assert.match(refused.content[0].text, /by is article, link/);
  assert.match((await call("show_link", { slug: "nothing" })).content[0].text, /There is no link/);
  assert.match((await call("show_link")).content[0].text, /slug is missing/);
  assert.match((await call("overview", { form: "2026-01-01" })).content[0].text, /no argument "form"/);
  await assert.rejects(call("remove_link", { slug: "x" }), /Unknown tool/);
});

test("it asks a running daemon, and lets one start meanwhile", async () => {
  const before = (await call("overview")).structuredContent.front.running;
  const site = await serve(config);
  assert.deepEqual([before, (await call("overview")).structuredContent.front.running], [false, true]);
  await site.stop();
  assert.equal((await call("overview")).structuredContent.front.running, false);
});

test("every line is answered by the rules, and nothing else is ever written", async () => {
  const child = spawn(candor, ["mcp", "--config", config]);
  const lines = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  const send = (message) => child.stdin.write((typeof message === "string" ? message : JSON.stringify(message)) + "\n");
  send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2099-01-01", capabilities: {}, clientInfo: { name: "x", version: "1" } } });
  send({ jsonrpc: "2.0", method: "notifications/initialized" });
  send("{nonsense");
  send("[]");
  send("");
  send("[".repeat(10000));
  send({ jsonrpc: "2.0", id: "a", method: "prompts/list" });
  send({ id: 2, method: "ping" });
  send({ jsonrpc: "2.0", id: 3, method: "tools/call", params: { arguments: {} } });
  send({ jsonrpc: "2.0", id: 4, method: "tools/call", params: { name: "overview", arguments: [1] } });
  send({ jsonrpc: "2.0", id: 5, result: {} });
  send({ jsonrpc: "2.0", id: 6, method: "ping" });
  child.stdin.end();
  const [code] = await once(child, "close");
  assert.equal(code, 0);
  assert.equal(lines[0].result.protocolVersion, "2025-06-18");
  assert.deepEqual(
    lines.slice(1).map((line) => [line.id, line.error?.code ?? line.result]),
    [[null, -32700], [null, -32600], [null, -32700], ["a", -32601], [2, -32600], [3, -32602], [4, -32602], [6, {}]],
  );
});
