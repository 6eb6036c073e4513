import assert from "node:assert/strict";
import { test } from "node:test";
import { currenciesOf, decimal, formatMoney, micro, moneyParts, percent, share } from "../lib/money.js";

test("amounts are written exactly, with the currency's own digits", () => {
  assert.equal(formatMoney(62500000, "USD", "en-US"), "$62.50");
  assert.equal(formatMoney(0, "GBP", "en-GB"), "£0.00");
  assert.equal(formatMoney(-4050000, "EUR", "en-US"), "-€4.05");
  assert.equal(formatMoney(1250000000, "JPY", "en-US"), "¥1,250");
  assert.equal(formatMoney(1234000, "KWD", "en-US").replace(/\s/g, " "), "KWD 1.234");
});

test("digits finer than the currency's are shown, not rounded away", () => {
  assert.equal(formatMoney(2999000, "USD", "en-US"), "$2.999");
  assert.equal(formatMoney(1, "USD", "en-US"), "$0.000001");
  assert.equal(formatMoney(500000, "JPY", "en-US"), "¥0.5");
});

test("amounts beyond 2^53 keep every digit", () => {
  assert.equal(formatMoney(9223372036854775807n, "USD", "en-US"), "$9,223,372,036,854.775807");
  assert.equal(decimal("-9223372036854775808"), "-9223372036854.775808");
});

test("a code that Intl does not take still shows its amount", () => {
  assert.equal(formatMoney(1500000, "??", "en-US"), "1.50 ??");
});

test("the parts of an amount join to the amount", () => {
  assert.deepEqual(moneyParts(396859, "USD", "en-US"), ["$0.39", "6859", ""]);
  assert.deepEqual(moneyParts(1500000, "USD", "en-US"), ["$1.50", "", ""]);
  for (const locale of ["en-US", "de-DE", "fr-FR"])
    for (const value of [0, 1, 2999000, -2999100, 123456789012])
      assert.equal(moneyParts(value, "EUR", locale).join(""), formatMoney(value, "EUR", locale));
});

test("decimals need no float", () => {
  assert.equal(decimal(100000), "0.1");
  assert.equal(decimal(300000), "0.3");
  assert.equal(decimal(-1), "-0.000001");
  assert.equal(decimal(7000000, 2), "7.00");
  assert.equal(micro(null), 0n);
});

test("the currency with the most earned comes first, then by code", () => {
  const lines = [{ currency: "GBP", earned_micro: 5 }, { currency: "USD", earned_micro: 9 }];
  assert.deepEqual(currenciesOf([lines, [{ currency: "EUR" }]], lines), ["USD", "GBP", "EUR"]);
  assert.deepEqual(currenciesOf([undefined, []]), []);
});

test("shares are of integers and never divide by nothing", () => {
  assert.equal(percent(1, 3), "33.3 %");
  assert.equal(percent(2, 3), "66.7 %");
  assert.equal(percent(1, 0), "");
  assert.equal(share(1, 4), 25);
  assert.equal(share(-1, 4), 0);
});
