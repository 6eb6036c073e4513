// Clicks per day, or per week where the days are many, beside the days they are compared with.
import { chartRows, perOf, rowLabel } from "../lib/day_rows.js";
import { html, useMemo } from "../lib/dom.js";
import { changeText, formatCount, formatDay, plural } from "../lib/format.js";
import { SeriesChart } from "./series_chart.js";

/**
 * days: [{day, net, gross}] of from..to; `before`: {from, to, days} compared with, or null; `marks`: [{day, label}] to stand
 * on the time line; onSelect(from, to): days that were dragged over.
 */
export function DaysChart({ id, from, to, today, days, before = null, marks = [], onSelect }) {
  const rows = useMemo(() => chartRows(days, from, to, before), [days, from, to, before]);
  const per = perOf(from, to);
  const sum = (field) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
  const [net, gross, then] = [sum("net"), sum("gross"), before ? sum("before") : null];
  const span = from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`;
  const first = rows.findIndex((row) => row.last >= today);
  const open = to >= today && first >= 0 ? first : rows.length;
  const shown = useMemo(() => rows.map((row) => ({
    key: row.day,
    label: rowLabel(row, per),
    short: formatDay(row.day, { year: false }),
    second: Date.parse(`${row.day}T00:00:00Z`) / 1000,
    values: [row.net, row.gross, ...(before ? [row.before] : [])],
  })), [rows, per, before]);
  const line = (field, label, kind, total) => ({ key: field, label, kind, total: formatCount(total), texts: rows.map((row) => formatCount(row[field])) });
  const series = useMemo(() => [
    line("net", "Human clicks", "net", net),
    line("gross", "All requests", "gross", gross),
    ...(before ? [line("before", "Human clicks before", "before", then)] : []),
  ], [rows, before]);
  const placed = marks
    .map((each) => ({ label: each.label, place: rows.findIndex((row) => row.day <= each.day && each.day <= row.last) }))
    .filter((each) => each.place >= 0);

  return html`<${SeriesChart} id=${id} name=${`Clicks per ${per}, ${span}`} head=${per === "day" ? "Day" : "Week"} rows=${shown} series=${series}
    open=${open} openLabel=${per === "day" ? "Today so far" : "This week so far"} marks=${placed}
    onSelect=${onSelect && ((a, b) => onSelect(rows[a].day, rows[b].last))}
    caption=${html`<strong>${plural(net, "human click")}</strong> of ${plural(gross, "request")}, ${span}${open < rows.length ? (per === "day" && rows.length === 1 ? ", so far" : "") : ""}${then !== null && html`; ${changeText(net, then)} ${formatCount(then)} before`}`} />`;
}
