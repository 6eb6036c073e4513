// Clicks or revenue over time, beside the days compared with.
import { App, html, useContext, useMemo } from "../lib/dom.js";
import { changeText, formatCount, formatDay, plural } from "../lib/format.js";
import { formatMoney, micro } from "../lib/money.js";
import { addDays } from "../lib/ranges.js";
import { moneyOf } from "../lib/reports.js";
import { formatHash } from "../lib/state.js";
import { SeriesChart } from "./series_chart.js";

export function ReportChart({ data, range }) {
  // While another answer is under way, the one that stands may be of another step.
  const step = data.by;
  const { route, setParams } = useContext(App);
  const shown = route.params.chart === "earned" && data.main_currency ? "earned" : "clicks";
  const address = (chart) => formatHash(route.path, { ...route.params, chart });
  const rows = useMemo(() => trimmed(data.data, step).map((row) => pointOf(row, step, shown, data)), [data, step, shown]);
  const series = useMemo(() => (shown === "earned" ? moneySeries(data, rows) : clickSeries(data, rows)), [data, rows, shown]);
  const last = (row) => (step === "month" ? `${row.key}-31` : step === "week" ? addDays(row.key, 6) : row.key);
  const first = rows.findIndex((row) => last(row) >= range.today);
  const open = range.to >= range.today && first >= 0 ? first : rows.length;
  const choose = (a, b) => setParams({ range: undefined, from: max(dayOf(rows[a].key, step), range.from), to: min(last(rows[b]), range.to) });

  return html`${data.main_currency && html`<nav class="segments chart-choice" aria-label="Drawn">
      <a href=${address(undefined)} aria-current=${shown === "clicks" ? "true" : undefined}>Clicks</a>
      <a href=${address("earned")} aria-current=${shown === "earned" ? "true" : undefined}>Earned, ${data.main_currency}</a>
    </nav>`}
    <${SeriesChart} id="report-lines" name=${`${shown === "earned" ? `Earned in ${data.main_currency}` : "Clicks"} per ${step}, ${formatDay(range.from)} to ${formatDay(range.to)}`}
      head=${step === "day" ? "Day" : step === "week" ? "Week" : "Month"} rows=${rows} series=${series} open=${open} openLabel="Not over yet"
      onSelect=${step === "month" ? undefined : choose} caption=${captionOf(data, shown, range)} />`;
}

const max = (a, b) => (a > b ? a : b);
const min = (a, b) => (a < b ? a : b);
const dayOf = (key, step) => (step === "month" ? `${key}-01` : key);
const earnedOf = (figures, currency) => micro(moneyOf(figures, currency)?.earned_micro);

/** Weeks before anything happened say nothing. */
function trimmed(rows, step) {
  if (step === "day") return rows;
  const first = rows.findIndex((row) => row.gross_clicks > 0 || row.orders > 0 || row.before?.gross_clicks > 0);
  return first < 0 ? rows.slice(-1) : rows.slice(first);
}

/** Numbers for the drawing alone; what is read comes from the integers. */
const drawn = (micros) => Number(micros) / 1e6;

function pointOf(row, step, shown, data) {
  const at = dayOf(row.key, step);
  const compared = data.compare !== "none";
  const values = shown === "earned"
    ? [drawn(earnedOf(row, data.main_currency)), ...(compared ? [drawn(earnedOf(row.before, data.main_currency))] : [])]
    : [row.clicks, row.gross_clicks, ...(compared ? [row.before.clicks] : [])];
  const month = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
  const label = step === "month" ? month.format(new Date(`${at}T00:00:00Z`)) : step === "week" ? `Week of ${formatDay(at)}` : formatDay(at, { weekday: true });
  return { key: row.key, label, short: formatDay(at, { year: step === "month", }), second: Date.parse(`${at}T00:00:00Z`) / 1000, values, row };
}

const line = (key, label, kind, texts, total) => ({ key, label, kind, texts, total });

function clickSeries(data, rows) {
  const sum = (of) => rows.reduce((all, each) => all + of(each.row), 0);
  const series = (key, label, kind, of) => line(key, label, kind, rows.map((each) => formatCount(of(each.row))), formatCount(sum(of)));
  return [
    series("clicks", "Human clicks", "net", (row) => row.clicks),
    series("gross", "All requests", "gross", (row) => row.gross_clicks),
    ...(data.compare !== "none" ? [series("before", "Human clicks before", "before", (row) => row.before.clicks)] : []),
  ];
}

function moneySeries(data, rows) {
  const currency = data.main_currency;
  const sum = (of) => rows.reduce((all, each) => all + earnedOf(of(each.row), currency), 0n);
  const series = (key, label, kind, of) => line(key, label, kind, rows.map((each) => formatMoney(earnedOf(of(each.row), currency), currency)), formatMoney(sum(of), currency));
  return [
    series("earned", "Earned", "net", (row) => row),
    ...(data.compare !== "none" ? [series("before", "Earned before", "before", (row) => row.before)] : []),
  ];
}

function captionOf(data, shown, range) {
  const span = range.from === range.to ? formatDay(range.from) : `${formatDay(range.from)} to ${formatDay(range.to)}`;
  const compared = data.compare !== "none";
  if (shown === "clicks") {
    const [now, before] = [data.total.clicks, data.total.before?.clicks];
    return html`<strong>${plural(now, "human click")}</strong> of ${plural(data.total.gross_clicks, "request")}, ${span}${compared && html`; ${changeText(now, before)} ${formatCount(before)} before`}`;
  }
  const currency = data.main_currency;
  const [now, before] = [earnedOf(data.total, currency), earnedOf(data.total.before, currency)];
  return html`<strong>${formatMoney(now, currency)}</strong> earned, ${span}${compared && html`; ${changeText(Number(now), Number(before))} ${formatMoney(before, currency)} before`}`;
}
