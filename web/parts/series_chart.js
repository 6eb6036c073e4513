// A line chart that a keyboard and a screen reader can use as well: a caption with the sums, a cursor that reads out what
// it is on, and a table with the same numbers. The drawing's code is fetched once the numbers stand.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../lib/dom.js";
import { useScheme } from "../lib/theme.js";
import { TableExport } from "./table_export.js";

const kHeight = 240;

/**
 * `caption`: what it says in a sentence, with the sums. rows: [{key, label, short, second, values: [number or null]}], one
 * value a series; series: [{key, label, kind, texts: [text a row], total}] where kind names a line of charts.css: "net",
 * "gross" or "before". `open`: place of the first unfinished row, drawn apart; rows.length when all are done. `marks`:
 * [{place, label}] stand as lines and, in words, in the table. `onSelect(first, last)`: rows that were dragged over.
 */
export function SeriesChart({ id, caption, name, head = "Day", rows, series, open = rows.length, openLabel = "Today so far", marks = [], onSelect }) {
  // A line along the bottom says no more than the caption.
  const drawn = rows.length > 1 && rows.some((row) => row.values.some((value) => value));
  return html`<figure class="chart" aria-labelledby=${`${id}-caption`}>
    <figcaption id=${`${id}-caption`}>
      <span class="chart-sums">${caption}</span>
      ${drawn && html`<span class="chart-keys" aria-hidden="true">
        ${series.map((each) => html`<${Key} key=${each.key} kind=${each.kind} label=${each.label} />`)}
        ${open < rows.length && html`<${Key} kind="open" label=${openLabel} />`}
      </span>`}
    </figcaption>
    ${drawn && html`<${Drawing} name=${name} rows=${rows} series=${series} open=${open} marks=${marks} onSelect=${onSelect} />`}
    <details class="chart-table">
      <summary>Numbers by ${head.toLowerCase()}</summary>
      <div class="exportable">
        <${Table} name=${name} head=${head} rows=${rows} series=${series} marks=${marks} />
        <${TableExport} caption=${name} />
      </div>
    </details>
  </figure>`;
}

function Key({ kind, label }) {
  return html`<span class="chart-key">
    <svg class=${`line-${kind}`} viewBox="0 0 24 8"><path d="M1 4h22" /></svg>${label}
  </span>`;
}

function Table({ name, head, rows, series, marks }) {
  const marked = (n) => marks.filter((each) => each.place === n).map((each) => each.label).join("; ");
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${name}>
    <table class="plain">
      <caption class="visually-hidden">${name}</caption>
      <thead><tr><th scope="col">${head}</th>${series.map((each) => html`<th key=${each.key} scope="col" class="num">${each.label}</th>`)}</tr></thead>
      <tbody>
        ${rows.map((row, n) => html`<tr key=${row.key}>
          <th scope="row">${row.label}${marked(n) && html`<span class="chart-mark">${marked(n)}</span>`}</th>
          ${series.map((each) => html`<td key=${each.key} class="num">${each.texts[n]}</td>`)}
        </tr>`)}
      </tbody>
      <tfoot><tr><th scope="row">Total</th>${series.map((each) => html`<td key=${each.key} class="num">${each.total}</td>`)}</tr></tfoot>
    </table>
  </div>`;
}

/** What the cursor is on, in words: "Mon 2 Nov 2026: 12 human clicks, 14 requests". */
export function describe(rows, series, open, marks, n) {
  const row = rows[n];
  if (!row) return "";
  const said = series.filter((each) => each.texts[n] !== "").map((each) => `${each.label} ${each.texts[n]}`);
  const noted = marks.filter((each) => each.place === n).map((each) => each.label);
  return `${row.label}${n >= open ? " so far" : ""}: ${[...said, ...noted].join(", ")}`;
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

function Drawing({ name, rows, series, open, marks, onSelect }) {
  const host = useRef(null);
  const plot = useRef(null);
  const latest = useRef({});
  const [place, setPlace] = useState(null);
  const [failed, setFailed] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const scheme = useScheme();
  const data = useMemo(() => seriesData(rows, series, open), [rows, series, open]);
  latest.current = { rows, onSelect, data };
  const kinds = series.map((each) => each.kind).join(" ");

  useLayoutEffect(() => {
    let ended = false;
    let observer = null;
    const box = host.current;
    import("./plot.js").then(
      ({ makePlot }) => {
        if (ended) return;
        plot.current = makePlot(box, {
          kinds: kinds.split(" "),
          data: latest.current.data,
          rows: () => latest.current.rows,
          marks,
          height: kHeight,
          onCursor: setPlace,
          onSelect: (first, last) => latest.current.onSelect?.(first, last),
        });
        observer = new ResizeObserver(() => box.clientWidth > 0 && plot.current?.setSize({ width: box.clientWidth, height: kHeight }));
        observer.observe(box);
        setDrawn(true);
      },
      () => !ended && setFailed(true),
    );
    return () => {
      ended = true;
      observer?.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [scheme, kinds, JSON.stringify(marks)]);

  useEffect(() => {
    plot.current?.setData(data);
    setPlace(null);
  }, [data]);

  function go(n) {
    setPlace(n);
    const made = plot.current;
    if (!made) return;
    made.setCursor({ left: made.valToPos(rows[n].second, "x"), top: made.valToPos(rows[n].values[0] ?? 0, "y") });
  }
  function move(event) {
    const n = nextPlace(event.key, place, rows.length);
    if (n === null) return;
    event.preventDefault();
    go(n);
  }

  return html`<div class="chart-body">
    <div class="chart-focus" tabindex="0" role="application" aria-roledescription="interactive line chart"
      aria-label=${`${name}. Left and right arrow keys move by one, page up and down by seven, home and end to the edges.`}
      onKeyDown=${move} onFocus=${() => place ?? go(rows.length - 1)}>
      <div ref=${host} class=${`chart-host ${drawn || failed ? "" : "chart-waits"}`} aria-hidden="true"></div>
    </div>
    <p class="chart-readout" role="status">${describe(rows, series, open, marks, place) || html`<span class="hint">${failed
      ? "The drawing could not be loaded; the numbers are below."
      : `Point at the chart, or focus it and use the arrow keys.${onSelect ? " Drag to choose days." : ""}`}</span>`}</p>
  </div>`;
}

/** For the drawing: times, then each series' finished stretch, then the first one's unfinished stretch. */
export function seriesData(rows, series, open) {
  const joins = (n) => open < rows.length && n >= open - 1;
  return [
    rows.map((row) => row.second),
    ...series.map((each, s) => rows.map((row, n) => (n < open || each.kind === "before" ? row.values[s] : null))),
    rows.map((row, n) => (joins(n) ? row.values[0] : null)),
  ];
}
