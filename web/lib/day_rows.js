// Days as the rows of a chart: by day, or by week where the days are too many to draw.
import { formatDay } from "./format.js";
import { addDays, countDays, fillDays } from "./ranges.js";

/** Above this, days are drawn by week: no chart has 750 points or more. */
export const kMostPoints = 740;

export const perOf = (from, to) => (countDays(from, to) > kMostPoints ? "week" : "day");

/** The Monday that begins a day's week. */
export function mondayOf(day) {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/**
 * [{day, last, net, gross, before}] from..to, oldest first: `last` ends the row's stretch, `before` is the net count of the
 * days compared with, place by place, null without any. Days that lie before the first request are left out by week.
 */
export function chartRows(days, from, to, before = null) {
  const filled = fillDays(days, from, to);
  const then = before && fillDays(before.days, before.from, before.to);
  const rows = filled.map((each, n) => ({ day: each.day, last: each.day, net: each.net, gross: each.gross, before: then ? (then[n]?.net ?? 0) : null }));
  if (perOf(from, to) === "day") return rows;
  const weeks = new Map();
  for (const row of rows) {
    const key = mondayOf(row.day);
    const week = weeks.get(key);
    if (!week) weeks.set(key, { ...row });
    else Object.assign(week, { last: row.day, net: week.net + row.net, gross: week.gross + row.gross, before: week.before === null ? null : week.before + row.before });
  }
  const all = [...weeks.values()];
  const first = all.findIndex((week) => week.gross > 0 || week.before > 0);
  return first < 0 ? all.slice(-1) : all.slice(first);
}

export function rowLabel(row, per) {
  if (per === "day") return formatDay(row.day, { weekday: true });
  return `${formatDay(row.day, { year: false })} – ${formatDay(row.last)}`;
}
