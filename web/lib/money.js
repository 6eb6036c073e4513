// Money is whole micro-units (millionths of the currency's main unit) and an ISO 4217 code. It is
// added and written with integers only; a float never touches it.

const kMicroDigits = 6;

/** Micro-units as BigInt, from whatever the JSON reader made of them. */
export function micro(value) {
  if (value === null || value === undefined) return 0n;
  return typeof value === "bigint" ? value : BigInt(value);
}

/** "-1234.5" for -1234500000: shortest exact decimal with at least `digits` places. */
export function decimal(value, digits = 0) {
  const amount = micro(value);
  const negative = amount < 0n;
  const text = (negative ? -amount : amount).toString().padStart(kMicroDigits + 1, "0");
  const whole = text.slice(0, -kMicroDigits);
  const fraction = text.slice(-kMicroDigits).replace(/0+$/, "").padEnd(digits, "0");
  return `${negative ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}

/** Places after the point that the currency is written with: USD 2, JPY 0, KWD 3. */
export function currencyDigits(currency) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
      .maximumFractionDigits;
  } catch {
    return 2;
  }
}

/** "£62.50", and "£2.999" when the amount has more places than the currency. */
export function formatMoney(value, currency, locale = undefined) {
  const digits = currencyDigits(currency);
  const exact = decimal(value, digits);
  const places = Math.max(digits, (exact.split(".")[1] ?? "").length);
  try {
    // The string goes in whole: Intl writes it digit by digit, beyond 2^53 too.
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: places,
    }).format(exact);
  } catch {
    return `${exact} ${currency}`;
  }
}

/**
 * The same text in three parts: up to the currency's own digits, the finer digits, what follows.
 * Joined they are formatMoney's text, so that a page may set the finer digits smaller.
 */
export function moneyParts(value, currency, locale = undefined) {
  const text = formatMoney(value, currency, locale);
  const digits = currencyDigits(currency);
  const finer = (decimal(value, digits).split(".")[1] ?? "").length - digits;
  if (finer <= 0) return [text, "", ""];
  const end = text.search(/\d\D*$/) + 1;
  return [text.slice(0, end - finer), text.slice(end - finer, end), text.slice(end)];
}

/** The line of a currency in a list of revenue lines, or undefined. */
export function lineOf(lines, currency) {
  return (lines ?? []).find((line) => line.currency === currency);
}

/** Currencies of several lists of revenue lines, the one with the most earned in `weigh` first. */
export function currenciesOf(lists, weigh = []) {
  const found = new Set();
  for (const list of lists) for (const line of list ?? []) found.add(line.currency);
  const weight = (currency) => micro(lineOf(weigh, currency)?.earned_micro);
  return [...found].sort((a, b) => {
    const [x, y] = [weight(a), weight(b)];
    return x === y ? (a < b ? -1 : 1) : x < y ? 1 : -1;
  });
}

/** "12.5 %" of part in whole with one place, from integers; empty when there is no whole. */
export function percent(part, whole) {
  const [p, w] = [micro(part), micro(whole)];
  if (w <= 0n || p < 0n) return "";
  const tenths = (p * 1000n * 2n + w) / (2n * w);
  return `${tenths / 10n}.${tenths % 10n} %`;
}

/** Part of whole as 0..100 for the width of a bar, a drawing and not a number to read. */
export function share(part, whole) {
  const [p, w] = [micro(part), micro(whole)];
  if (w <= 0n || p <= 0n) return 0;
  return Number((p * 10000n) / w) / 100;
}
