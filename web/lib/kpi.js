// The few figures an owner asks for first, with what they were before and the line of their days.
import { lineOf, micro } from "./money.js";
import { addDays, countDays } from "./ranges.js";

/** "+12.5 %", "-3 %", "±0 %"; empty when there was nothing before to compare with. From integers, half away from zero. */
export function changeText(now, before) {
  const [a, b] = [micro(now), micro(before)];
  if (b <= 0n) return "";
  const difference = a - b;
  const size = difference < 0n ? -difference : difference;
  const tenths = (size * 1000n * 2n + b) / (2n * b);
  if (tenths === 0n) return "±0 %";
  const text = tenths % 10n === 0n ? `${tenths / 10n}` : `${tenths / 10n}.${tenths % 10n}`;
  return `${difference < 0n ? "-" : "+"}${text} %`;
}

/** "up", "down" or "same", for the sign beside the words. */
export function directionOf(now, before) {
  const [a, b] = [micro(now), micro(before)];
  return a > b ? "up" : a < b ? "down" : "same";
}

const moneyOf = (figures, currency, field) => lineOf(figures?.money, currency)?.[field] ?? null;

/**
 * Of a report by day (candor.report.dimension/1): {clicks, earned, epc, rpm}, each {now, before, days}, money in `currency`.
 * `before` is null where nothing is compared; values are null where they are not known (RPM without views).
 */
export function kpisOf(report, currency) {
  const { total } = report;
  const before = total.before ?? null;
  const days = report.data;
  const money = (field) => ({
    now: moneyOf(total, currency, field),
    before: before && moneyOf(before, currency, field),
    days: days.map((day) => moneyOf(day, currency, field)),
  });
  return {
    clicks: { now: total.clicks, before: before && before.clicks, days: days.map((day) => day.clicks) },
    earned: money("earned_micro"),
    epc: money("epc_micro"),
    rpm: money("rpm_micro"),
  };
}

/** The days a report by day, or by week, is compared with, as charts take them: {from, to, days: [{day, net, gross}]}; null without. */
export function daysBeforeOf(report) {
  if (!report.before_from) return null;
  const shift = countDays(report.before_from, report.from) - 1;
  return {
    from: report.before_from,
    to: report.before_to,
    days: report.data.map((row) => ({ day: addDays(row.key > report.from ? row.key : report.from, -shift), net: row.before.clicks, gross: row.before.gross_clicks })),
  };
}

/** Problems that are shown at once, and how many more there are; money at risk summed by currency. */
export function foldProblems(problems, most) {
  const risk = new Map();
  for (const problem of problems)
    for (const line of problem.at_risk ?? []) risk.set(line.currency, (risk.get(line.currency) ?? 0n) + micro(line.earned_micro));
  const lines = [...risk].map(([currency, earned_micro]) => ({ currency, earned_micro }));
  lines.sort((a, b) => (a.earned_micro === b.earned_micro ? 0 : a.earned_micro < b.earned_micro ? 1 : -1));
  return { shown: problems.slice(0, most), more: Math.max(0, problems.length - most), at_risk: lines };
}
