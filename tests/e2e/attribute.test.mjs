// candor revenue attribute: the models on plain files, as outside data sets are checked against them.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { output, parseCsv, run, temporaryFolder } from "./support.mjs";

const touches = `id,visitor,article,at
t1,ann,kettles,2026-03-01T10:00:00Z
t2,ann,lamps,2026-03-08T10:00:00Z
t3,ann,"tents, large",2026-03-15T12:00:00+02:00
t4,bob,lamps,2026-01-01T00:00:00Z
`;
const conversions = `id,visitor,at,amount,currency
c1,ann,2026-03-15T10:00:00Z,70.00,EUR
c2,bob,2026-03-15T10:00:00Z,5.25,EUR
`;

/// Writes both files and gives the words of the command.
function files(t, { touches: touchText = touches, conversions: conversionText = conversions } = {}) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "touches.csv"), touchText);
  writeFileSync(join(folder, "conversions.csv"), conversionText);
  return { cwd: folder, words: ["revenue", "attribute", "--touches", "touches.csv", "--conversions", "conversions.csv", "--model"] };
}

const euros = (amounts) => Object.entries(amounts).map(([article, amount]) => ({ article, amount_micro: Math.round(amount * 1e6), currency: "EUR" }));

test("every model divides the same path by its own rule, without any configuration", (t) => {
  const { cwd, words } = files(t);
  const expected = {
    first: { kettles: 70 },
    last: { "tents, large": 70 },
    linear: { kettles: 23.333334, lamps: 23.333333, "tents, large": 23.333333 },
    // Google Ads API, AttributionModelEnum: 40 % first and last, 20 % between; half-life 1 week.
    position: { kettles: 28, "tents, large": 28, lamps: 14 },
    "time-decay": { "tents, large": 40, lamps: 20, kettles: 10 },
    // Bob's touch is too old for his conversion: the walks are kettles > lamps > tents, which converts, and lamps, which
    // does not. One in two converts; a quarter of all without kettles, none without the other two: 1/2, 1, 1.
    markov: { lamps: 28, "tents, large": 28, kettles: 14 },
    shapley: { kettles: 23.333334, lamps: 23.333333, "tents, large": 23.333333 },
  };
  for (const [model, articles] of Object.entries(expected))
    assert.deepEqual(JSON.parse(output([...words, model, "--format", "json"], { cwd })), {
      schema: "candor.attribution/1",
      model,
      articles: euros(articles),
      unattributed: [{ amount_micro: 5250000, currency: "EUR" }],
      unattributed_micro: 5250000,
    });
});

test("several models stand beside each other", (t) => {
  const { cwd, words } = files(t);
  const documents = JSON.parse(output([...words, "last,linear,markov,last", "--json"], { cwd }));
  assert.deepEqual(documents.map((each) => each.model), ["last", "linear", "markov"]);
  for (const each of documents) assert.deepEqual(each, JSON.parse(output([...words, each.model, "--json"], { cwd })));
  const rows = parseCsv(output([...words, "last,linear,markov", "--format", "csv"], { cwd }));
  assert.deepEqual(rows.map((row) => Object.values(row)), [
    ["article", "tents, large", "70.00", "23.333333", "28.00", "EUR"],
    ["article", "kettles", "0.00", "23.333334", "14.00", "EUR"],
    ["article", "lamps", "0.00", "23.333333", "28.00", "EUR"],
    ["unattributed", "", "5.25", "5.25", "5.25", "EUR"],
  ]);
  assert.match(output([...words, "last,markov"], { cwd }), /^PART +ARTICLE +LAST +MARKOV +CURRENCY\n/);
});

test("window and half-life are the owner's", (t) => {
  const { cwd, words } = files(t);
  const ask = (...more) => JSON.parse(output([...words, ...more, "--json"], { cwd }));
  // (at - 7 days, at]: the touch exactly a week before is out.
  assert.deepEqual(ask("linear", "--window-days", "7").articles, euros({ "tents, large": 70 }));
  assert.deepEqual(ask("linear", "--window-days", "8").articles, euros({ lamps: 35, "tents, large": 35 }));
  assert.equal(ask("linear", "--window-days", "90").unattributed_micro, 0);
  // Touches 14 and 7 days older than the newest: 2^-2, 2^-1 and 1 by the week, 2^-14, 2^-7 and 1 by the day.
  const daily = ask("time-decay", "--half-life-days", "1").articles;
  const whole = 2 ** 14 + 2 ** 7 + 1;
  assert.deepEqual(daily.map((each) => each.amount_micro), [2 ** 14, 2 ** 7, 1].map((weight) => Math.round((70e6 * weight) / whole)));
  for (const bad of [["--window-days", "0"], ["--half-life-days", "0"], ["--window-days", "x"]])
    assert.equal(run([...words, "linear", ...bad], { cwd }).status, 2, bad.join(" "));
});

test("currencies are never added up, and every one balances", (t) => {
  const { cwd, words } = files(t, { conversions: `${conversions}c3,ann,2026-03-15T11:00:00Z,-0.000001,usd\n` });
  const answer = JSON.parse(output([...words, "linear", "--json"], { cwd }));
  assert.equal(answer.unattributed_micro, null);
  assert.deepEqual(answer.unattributed, [{ amount_micro: 5250000, currency: "EUR" }, { amount_micro: 0, currency: "USD" }]);
  const dollars = answer.articles.filter((each) => each.currency === "USD");
  assert.deepEqual(dollars.map((each) => [each.article, each.amount_micro]), [["lamps", 0], ["tents, large", 0], ["kettles", -1]]);
  assert.equal(dollars.reduce((sum, each) => sum + each.amount_micro, 0), -1);
});

test("table and CSV hold articles and the unattributed rest", (t) => {
  const { cwd, words } = files(t);
  const rows = parseCsv(output([...words, "position", "--format", "csv"], { cwd }));
  assert.deepEqual(rows.map((row) => Object.values(row)), [
    ["article", "kettles", "28.00", "EUR"],
    ["article", "tents, large", "28.00", "EUR"],
    ["article", "lamps", "14.00", "EUR"],
    ["unattributed", "", "5.25", "EUR"],
  ]);
  assert.match(output([...words, "position"], { cwd }), /^PART +ARTICLE +AMOUNT +CURRENCY\narticle +kettles +28\.00 +EUR\n/);
});

test("bad rows are told with file, row, column and reason; good rows are kept", (t) => {
  const { cwd, words } = files(t, {
    touches: `${touches}t5,ann,lamps,2026-03-10T10:00:00\nt1,ann,lamps,2026-03-10T10:00:00Z\nt6,ann,,2026-03-10T10:00:00Z\nt7,ann\n`,
    conversions: `${conversions}c3,ann,2026-03-15T10:00:00Z,ten,EUR\nc4,ann,2026-03-15T10:00:00Z,10,Euro\nc2,bob,2026-03-15T10:00:00Z,5.25,EUR\n`,
  });
  const result = run([...words, "last", "--json"], { cwd });
  assert.equal(result.status, 3);
  const answer = JSON.parse(result.stdout);
  assert.deepEqual(answer.articles, euros({ "tents, large": 70 }));
  assert.equal(answer.unattributed_micro, 5250000);
  const told = result.stderr.trim().split("\n");
  const expected = [
    /^touches\.csv:6:at: not a time with a zone/,
    /^touches\.csv:7:id: the id is that of row 2 too \("t1"\)/,
    /^touches\.csv:8:article: the cell is empty/,
    /^touches\.csv:9: the row has 2 cells, the header 4/,
    /^conversions\.csv:4:amount: not an amount of money \("ten"\)/,
    /^conversions\.csv:5:currency: not a currency code/,
    /^conversions\.csv:6:id: the id is that of row 3 too/,
  ];
  assert.equal(told.length, expected.length, result.stderr);
  expected.forEach((pattern, i) => assert.match(told[i], pattern));
});

test("columns are found by name; a missing one, an unreadable file and no rows are told apart", (t) => {
  const { cwd, words } = files(t, {
    touches: "\uFEFFat,note,article,visitor,id\r\n2026-03-14T10:00:00Z,x,lamps,ann,t1\r\n",
    conversions: "id,visitor,at,amount\nc1,ann,2026-03-15T10:00:00Z,1\n",
  });
  const missing = run([...words, "last"], { cwd });
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /conversions\.csv:1: the column "currency" is missing/);
  writeFileSync(join(cwd, "conversions.csv"), conversions);
  assert.deepEqual(JSON.parse(output([...words, "last", "--json"], { cwd })).articles, euros({ lamps: 70 }));
  writeFileSync(join(cwd, "conversions.csv"), "id,visitor,at,amount,currency\n");
  const none = JSON.parse(output([...words, "last", "--json"], { cwd }));
  assert.deepEqual([none.articles, none.unattributed, none.unattributed_micro], [[], [], 0]);
  const lost = run(["revenue", "attribute", "--touches", "nowhere.csv", "--conversions", "conversions.csv", "--model", "last"], { cwd });
  assert.equal(lost.status, 1);
  assert.match(lost.stderr, /nowhere\.csv/);
});

test("a model that is not there is refused with the names of those that are", (t) => {
  const { cwd, words } = files(t);
  for (const model of ["markow", "lineal"]) {
    const result = run([...words, model, "--json"], { cwd });
    assert.equal(result.status, 2);
    assert.equal(result.stdout, "");
    assert.match(result.stderr, new RegExp(`"${model}".*first, last, linear, position, time-decay, markov, shapley`));
  }
  assert.match(run([...words, "lineal"], { cwd }).stderr, /did you mean "linear"/);
});

test("amounts that add up beyond what can be counted are an error, not another number", (t) => {
  // 9,224 times the largest amount of a row is more than 2^63 micro-units.
  const rows = Array.from({ length: 9224 }, (_, i) => `c${i},ann,2026-03-15T10:00:00Z,1000000000,EUR\n`);
  const { cwd, words } = files(t, { conversions: `id,visitor,at,amount,currency\n${rows.slice(1).join("")}` });
  assert.equal(JSON.parse(output([...words, "last", "--json"], { cwd })).articles.length, 1);
  writeFileSync(join(cwd, "conversions.csv"), `id,visitor,at,amount,currency\n${rows.join("")}`);
  const result = run([...words, "last", "--json"], { cwd });
  assert.equal(result.status, 1);
  assert.equal(result.stdout, "");
  assert.match(result.stderr, /EUR/);
});
