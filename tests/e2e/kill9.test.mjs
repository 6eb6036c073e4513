// Whatever is killed, no answered click is lost and none is counted twice.
import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { json, output, parseCsv, phone, request, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kConnections = 32;
const kRounds = 4;

/// Follows the link on many keep-alive connections until the server is gone; gives the tokens of answered clicks.
async function follow(url, tokens, target) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let n = 0; n < 100000 && tokens.length < target; ++n) {
      const answer = await request(url, { agent, headers: { "User-Agent": phone } });
      assert.equal(answer.status, 302);
      tokens.push(new URL(answer.headers.location).searchParams.get("clickref"));
    }
  } catch (error) {
    assert(["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code), error);
  } finally {
    agent.destroy();
  }
}

for (const durability of ["process", "power"]) {
  test(`kill -9 under load loses no answered click (durability = ${durability})`, async (t) => {
    const folder = temporaryFolder(t);
    const config = writeConfig(folder, { redirect: `durability = "${durability}"` });
    json(["link", "add", "kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2", "--config", config]);
    const answered = [];
    for (let round = 0; round < kRounds; ++round) {
      const site = await serve(config);
      const target = answered.length + 1500;
      const readers = Array.from({ length: kConnections }, () => follow(`${site.redirect_url}/go/kettle`, answered, target + 5000));
      while (answered.length < target) await new Promise((resolve) => setImmediate(resolve));
      await site.kill("SIGKILL");
      await Promise.all(readers);
    }
    assert(answered.every((token) => /^[a-z][a-z0-9]{16}$/.test(token)));
    assert.equal(new Set(answered).size, answered.length, "every answer has a token of its own");

    const stored = parseCsv(output(["click", "list", "--all", "--format", "csv", "--config", config]));
    const tokens = new Set(stored.map((click) => click.token));
    assert.equal(tokens.size, stored.length, "no click is stored twice");
    const lost = answered.filter((token) => !tokens.has(token));
    assert.deepEqual(lost, []);
    assert(stored.length <= answered.length + kConnections * kRounds, "at most the unanswered ones besides");
    t.diagnostic(`answered ${answered.length}, stored ${stored.length}, lost ${lost.length}`);
  });
}

test("an orderly stop answers and counts everything it accepted", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  json(["link", "add", "kettle", "https://shop.example/kettle", "--network", "awin", "--config", config]);
  const site = await serve(config);
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => request(`${site.redirect_url}/go/kettle`, { headers: { "User-Agent": phone } })),
  );
  assert(answers.every((answer) => answer.status === 302));
  const end = await site.stop();
  assert.equal(end.code, 0, end.errors);
  const stored = parseCsv(output(["click", "list", "--all", "--format", "csv", "--config", config]));
  assert.equal(stored.length, 200);
});
