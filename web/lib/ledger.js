// What the ledger's answers come to: sums over lines, differences between two times, statements as
// the API reads them. Whole micro-units throughout.
import { decimal, micro } from "./money.js";

export const kStatuses = [
  { key: "pending", label: "Pending", help: "Waiting for the network's approval" },
  { key: "approved", label: "Approved", help: "Approved, not paid yet" },
  { key: "paid", label: "Paid", help: "Paid out by the network" },
  { key: "reversed", label: "Reversed", help: "Taken back; not part of what was earned" },
];

/** Rows {key, label, then, now, change} of one currency, from the total lines of two reports. */
export function compareKnown(thenLine, nowLine) {
  const rows = [...kStatuses, { key: "earned", label: "Earned", help: "Pending, approved and paid" }];
  return rows.map(({ key, label, help }) => {
    const [then, now] = [thenLine, nowLine].map((line) => micro(line?.[`${key}_micro`]));
    return { key, label, help, then, now, change: now - then };
  });
}

const kSums = ["imported_micro", "attributed_micro", "unattributed_micro", "difference_micro"];

/** Ledger lines added up by network, account and currency: [{network, account, currency, months, ...sums}]. */
export function sumLedger(lines) {
  const sums = new Map();
  for (const line of lines) {
    const key = JSON.stringify([line.network, line.account, line.currency]);
    const { network, account, currency } = line;
    const known = sums.get(key) ?? { key, network, account, currency, from: line.period, to: line.period, ...Object.fromEntries(kSums.map((name) => [name, 0n])) };
    for (const name of kSums) known[name] += micro(line[name]);
    if (line.period < known.from) known.from = line.period;
    if (line.period > known.to) known.to = line.period;
    sums.set(key, known);
  }
  return [...sums.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** "1,234.50" or "1.234,50" as "1234.50"; undefined when it is no amount. */
export function plainAmount(text) {
  const bare = text.replace(/[\s']/g, "");
  if (!/^-?\d[\d.,]*$/.test(bare)) return undefined;
  const mark = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  if (mark < 0) return bare;
  const groups = bare.slice(0, mark).replace(/[.,]/g, "");
  const end = bare.slice(mark + 1);
  const marks = bare.replace(/[^.,]/g, "");
  // A mark that stands before exactly three digits, or more than once, groups them.
  const grouping = marks.length > 1 ? new Set(marks).size === 1 : end.length === 3;
  return grouping || end === "" ? groups + end : `${groups}.${end}`;
}

const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;

/** A payment as the CSV that is reconciled. */
export function statementCsv({ network, account, currency, amount, period }) {
  const line = [network, account, currency, amount, period].map(quoted).join(",");
  return `network,account,currency,amount,period\n${line}\n`;
}

/** "+1.20", "0", "-0.35": a difference with its sign. */
export function signed(value, digits = 2) {
  const amount = micro(value);
  return `${amount > 0n ? "+" : ""}${amount === 0n ? "0" : decimal(amount, digits)}`;
}
