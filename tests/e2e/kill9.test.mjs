// Whatever is killed, no answered click is lost and none is counted twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNothingLost, killUnderLoad, siteWithLink } from "./click_load.mjs";
import { json, output, parseCsv, phone, request, serve, temporaryFolder, writeConfig } from "./support.mjs";

// Of each mode.
const kRounds = 11;
const kClicks = 500;

for (const durability of ["process", "power"]) {
  test(`kill -9 under load loses no answered click (durability = ${durability})`, async (t) => {
    const config = siteWithLink(temporaryFolder(t), durability);
    const answered = [];
    const starts = [];
    for (let round = 0; round < kRounds; ++round) starts.push((await killUnderLoad(config, answered, kClicks)).start_ms);
    t.diagnostic(`${kRounds} kills: ${expectNothingLost(config, answered, kRounds)}`);
    const restarts = starts.slice(1).sort((a, b) => a - b);
    t.diagnostic(`restart to ready: p50 ${restarts[restarts.length >> 1].toFixed(0)} ms, max ${restarts.at(-1).toFixed(0)} ms`);
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
