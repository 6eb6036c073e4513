// Clicks per day: a line chart that a keyboard and a screen reader can use as well, beside a table
// with the same sums.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../lib/dom.js";
import { formatCount, formatDay, plural } from "../lib/format.js";
import { fillDays } from "../lib/ranges.js";
import uPlot from "../vendor/uplot.js";

const kHeight = 240;

export function DaysChart({ id, from, to, today, days, onSelect }) {
  const rows = useMemo(() => fillDays(days, from, to), [days, from, to]);
  const net = rows.reduce((sum, row) => sum + row.net, 0);
  const gross = rows.reduce((sum, row) => sum + row.gross, 0);
  const span = from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`;
  const unfinished = to >= today && from <= today;

  return html`<figure class="chart" aria-labelledby=${`${id}-caption`}>
    <figcaption id=${`${id}-caption`}>
      <span class="chart-sums">
        <strong>${plural(net, "human click")}</strong> of ${plural(gross, "request")}, ${span}
      </span>
      <span class="chart-keys" aria-hidden="true">
        <${Key} kind="net" label="Human clicks" />
        <${Key} kind="gross" label="All requests" />
        ${unfinished && rows.length > 1 && html`<${Key} kind="open" label="Today so far" />`}
      </span>
    </figcaption>
    ${rows.length > 1
      ? html`<${Canvas} rows=${rows} today=${today} onSelect=${onSelect} />`
      : html`<p class="chart-single"><strong>${formatCount(net)}</strong> human clicks${unfinished ? " so far today" : ""}</p>`}
    <details class="chart-table">
      <summary>Numbers by day</summary>
      <${DaysTable} rows=${rows} net=${net} gross=${gross} caption=${`Clicks per day, ${span}`} />
    </details>
  </figure>`;
}

function Key({ kind, label }) {
  return html`<span class="chart-key">
    <svg class=${`line-${kind}`} viewBox="0 0 24 8"><path d="M1 4h22" /></svg>${label}
  </span>`;
}

function DaysTable({ rows, net, gross, caption }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="plain">
      <caption class="visually-hidden">${caption}</caption>
      <thead><tr><th scope="col">Day</th><th scope="col" class="num">Human clicks</th><th scope="col" class="num">All requests</th></tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr key=${row.day}>
          <th scope="row">${formatDay(row.day, { weekday: true })}</th>
          <td class="num">${formatCount(row.net)}</td>
          <td class="num">${formatCount(row.gross)}</td>
        </tr>`)}
      </tbody>
      <tfoot><tr><th scope="row">Total</th><td class="num">${formatCount(net)}</td><td class="num">${formatCount(gross)}</td></tr></tfoot>
    </table>
  </div>`;
}

function Canvas({ rows, today, onSelect }) {
  const host = useRef(null);
  const plot = useRef(null);
  const latest = useRef({ rows, onSelect });
  latest.current = { rows, onSelect };
  const [readout, setReadout] = useState("");
  const dark = useMedia("(prefers-color-scheme: dark)");
  const data = useMemo(() => toSeries(rows, today), [rows, today]);

  useLayoutEffect(() => {
    const box = host.current;
    const made = new uPlot(
      options(box, {
        onCursor: (n) => setReadout(n === null ? "" : describe(latest.current.rows[n], today)),
        onSelect: (first, last) => {
          const { rows: all, onSelect: report } = latest.current;
          report?.(all[first].day, all[last].day);
        },
      }),
      data,
      box,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (box.clientWidth > 0) made.setSize({ width: box.clientWidth, height: kHeight });
    });
    observer.observe(box);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [dark, today]);

  useEffect(() => plot.current?.setData(data), [data]);

  function move(event) {
    const n = nextPlace(event.key, plot.current?.cursor.idx, rows.length);
    if (n === null) return;
    event.preventDefault();
    moveCursor(plot.current, n);
  }

  return html`<div class="chart-body">
    <div class="chart-focus" tabindex="0" role="application" aria-roledescription="interactive line chart"
      aria-label="Clicks per day. Left and right arrow keys move by a day, page up and down by a week, home and end to the edges."
      onKeyDown=${move}
      onFocus=${() => plot.current?.cursor.idx ?? moveCursor(plot.current, rows.length - 1)}>
      <div ref=${host} class="chart-host" aria-hidden="true"></div>
    </div>
    <p class="chart-readout" role="status">${readout || html`<span class="hint">Point at a day, or focus the chart and use the arrow keys.${onSelect ? " Drag to choose days." : ""}</span>`}</p>
  </div>`;
}

function describe(row, today) {
  if (!row) return "";
  const day = formatDay(row.day, { weekday: true });
  const open = row.day === today ? " so far" : "";
  return `${day}: ${plural(row.net, "human click")}${open}, ${plural(row.gross, "request")}`;
}

/** Where the cursor goes for a key; null when the key is not for the chart. */
export function nextPlace(key, place, count) {
  const now = place ?? count - 1;
  const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (!(key in steps)) return null;
  return Math.min(count - 1, Math.max(0, now + steps[key]));
}

function moveCursor(plot, n) {
  if (!plot) return;
  const left = plot.valToPos(plot.data[0][n], "x");
  const top = plot.valToPos(plot.data[2][n] ?? 0, "y");
  plot.setCursor({ left, top });
}

/** Series: time, gross, net; closed days, then today's unfinished stretch drawn apart. */
export function toSeries(rows, today) {
  const open = rows.findIndex((row) => row.day >= today);
  const closed = (n) => open < 0 || n < open;
  const joins = (n) => open >= 0 && n >= open - 1;
  return [
    rows.map((row) => Date.parse(`${row.day}T00:00:00Z`) / 1000),
    rows.map((row) => row.gross),
    rows.map((row) => row.net),
    rows.map((row, n) => (closed(n) ? row.gross : null)),
    rows.map((row, n) => (closed(n) ? row.net : null)),
    rows.map((row, n) => (joins(n) ? row.net : null)),
  ];
}

function options(box, { onCursor, onSelect }) {
  const style = getComputedStyle(box);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--ink-soft"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
  };
  const hidden = { show: true, stroke: "transparent", width: 0, points: { show: false } };
  return {
    width: Math.max(200, box.clientWidth),
    height: kHeight,
    padding: [12, 12, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 8 } },
    scales: { y: { range: (_, _low, high) => [0, Math.max(4, high * 1.08)] } },
    axes: [
      { ...axis, size: 30, grid: { show: false }, space: 64, values: (_, at) => at.map(dayLabel), incrs: dayIncrements() },
      { ...axis, size: 48, incrs: countIncrements(), values: (_, at) => at.map((each) => formatCount(each)) },
    ],
    series: [
      {},
      hidden,
      hidden,
      { stroke: colour("--chart-gross"), width: 1.5, dash: [2, 3], points: { show: false } },
      { stroke: colour("--chart-net"), fill: colour("--chart-fill"), width: 2, points: { show: false } },
      { stroke: colour("--chart-net"), width: 2, dash: [6, 4], points: { show: false } },
    ],
    hooks: {
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 8) return;
          const [first, last] = [plot.posToIdx(left), plot.posToIdx(left + width)];
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          if (last > first) onSelect(first, last);
        },
      ],
    },
  };
}

const dayLabel = (seconds) =>
  formatDay(new Date(seconds * 1000).toISOString().slice(0, 10), { year: false });

const dayIncrements = () => [1, 2, 7, 14, 28, 56, 91, 182, 364].map((days) => days * 86400);

function countIncrements() {
  const steps = [];
  for (let size = 1; size <= 1e9; size *= 10) steps.push(size, 2 * size, 5 * size);
  return steps;
}

function useMedia(query) {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = () => setMatches(list.matches);
    list.addEventListener("change", change);
    return () => list.removeEventListener("change", change);
  }, [query]);
  return matches;
}
