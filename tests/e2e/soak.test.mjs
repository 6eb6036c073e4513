// Twenty deaths in a row: nothing is lost, restarts stay quick, and memory stays where it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNothingLost, followAll, killUnderLoad, rssKib, siteWithLink } from "./click_load.mjs";
import { serve, temporaryFolder } from "./support.mjs";

const kRounds = 20;
const kSteadyMs = 30000;
const kWarmUpMs = 8000;

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const mib = (kib) => (kib / 1024).toFixed(1);

/// Memory may move by a quarter and 8 MiB: the allocator's, not a leak's.
function expectFlat(before_kib, after_kib, what) {
  assert(after_kib <= before_kib * 1.25 + 8192, `${what}: ${mib(before_kib)} MiB became ${mib(after_kib)} MiB`);
}

for (const durability of ["process", "power"]) {
  test(`${kRounds} kills under load in a row (durability = ${durability})`, async (t) => {
    const config = siteWithLink(temporaryFolder(t), durability);
    const answered = [];
    const rounds = [];
    for (let round = 0; round < kRounds; ++round)
      rounds.push(await killUnderLoad(config, answered, 1500 + ((round * 1373) % 4000)));
    t.diagnostic(expectNothingLost(config, answered, kRounds));

    const restarts = rounds.slice(1).map((round) => round.start_ms);
    t.diagnostic(`restart to ready: p50 ${middle(restarts).toFixed(0)} ms, max ${Math.max(...restarts).toFixed(0)} ms`);
    const rss = rounds.map((round) => round.rss_kib);
    t.diagnostic(`memory at each end: first ${mib(rss[0])}, p50 ${mib(middle(rss))}, last ${mib(rss.at(-1))} MiB`);
    expectFlat(middle(rss.slice(0, 5)), middle(rss.slice(-5)), "memory over the rounds");
  });
}

test("memory stays flat in one process under load", async (t) => {
  const site = await serve(siteWithLink(temporaryFolder(t), "power"));
  const answered = [];
  let warm_kib = 0;
  const begin = performance.now();
  await followAll(site, answered, () => {
    const now = performance.now() - begin;
    if (warm_kib === 0 && now > kWarmUpMs) warm_kib = rssKib(site.pid);
    return now > kSteadyMs;
  });
  const end_kib = rssKib(site.pid);
  const end = await site.stop();
  assert.equal(end.code, 0, end.errors);
  t.diagnostic(`${answered.length} clicks in ${kSteadyMs / 1000} s: ${mib(warm_kib)} MiB, then ${mib(end_kib)} MiB`);
  expectFlat(warm_kib, end_kib, "memory under load");
});
