import assert from "node:assert/strict";
import { test } from "node:test";
import { compareKnown, plainAmount, signed, statementCsv, sumLedger } from "../lib/ledger.js";

test("what was known then and now, with exact differences", () => {
  const rows = compareKnown({ pending_micro: 5, earned_micro: 5 }, { pending_micro: 2, approved_micro: 9007199254740993n, earned_micro: 9007199254740995n });
  const row = (key) => rows.find((each) => each.key === key);
  assert.deepEqual([row("pending").then, row("pending").now, row("pending").change], [5n, 2n, -3n]);
  assert.equal(row("approved").change, 9007199254740993n);
  assert.equal(row("earned").change, 9007199254740990n);
  assert.equal(compareKnown(undefined, undefined)[0].change, 0n, "nothing known is nothing earned");
});

test("ledger lines add up by network, account and currency", () => {
  const line = (network, currency, period, imported) => ({ network, account: "", currency, period, status: "paid", imported_micro: imported, attributed_micro: imported, unattributed_micro: 0, difference_micro: 0 });
  const sums = sumLedger([line("awin", "GBP", "2026-02", 3), line("awin", "GBP", "2026-01", 4), line("awin", "USD", "2026-01", 5), line("amazon", "USD", "2026-03", 1)]);
  assert.deepEqual(sums.map((each) => [each.network, each.currency, each.imported_micro, each.from, each.to]), [
    ["amazon", "USD", 1n, "2026-03", "2026-03"],
    ["awin", "GBP", 7n, "2026-01", "2026-02"],
    ["awin", "USD", 5n, "2026-01", "2026-01"],
  ]);
});

test("amounts as people write them", () => {
  for (const [text, plain] of [
    ["1234.50", "1234.50"], ["1,234.50", "1234.50"], ["1.234,50", "1234.50"], ["1'234.50", "1234.50"], ["12,5", "12.5"],
    ["1,234", "1234"], ["1,234,567", "1234567"], [" 7 ", "7"], ["-3.20", "-3.20"], ["12.", "12"],
  ]) assert.equal(plainAmount(text), plain, text);
  for (const text of ["", "abc", "1e5", "€5", "--1"]) assert.equal(plainAmount(text), undefined, text);
});

test("a payment becomes a statement whatever its account is called", () => {
  assert.equal(
    statementCsv({ network: "awin", account: 'a "b", c', currency: "GBP", amount: "1.50", period: "2026-03" }),
    'network,account,currency,amount,period\n"awin","a ""b"", c","GBP","1.50","2026-03"\n',
  );
});

test("differences carry their sign", () => {
  assert.deepEqual([1_500_000, -350_000, 0].map((each) => signed(each)), ["+1.50", "-0.35", "0"]);
});
