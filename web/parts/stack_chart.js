// How many articles were in which state, day by day: columns that stand on each other, read out by a cursor and listed in
// a table. States differ by pattern as well as by colour.
import { kStates, stack, thinDays } from "../lib/coverage.js";
import { html, useState } from "../lib/dom.js";
import { disclosureOf, formatCount, formatDay } from "../lib/format.js";
import { nextPlace } from "../lib/places.js";

const kColumns = 120;
const kShown = kStates.slice(0, 4);
const label = (state) => (state === "unknown" ? "Never checked" : disclosureOf(state).label);

/** days: [{day, pass, warn, indeterminate, fail, …}]; marks: [{day, label}]. */
export function StackChart({ id, days, caption, marks = [] }) {
  const rows = thinDays(days, kColumns);
  const most = rows.reduce((top, row) => Math.max(top, kShown.reduce((sum, state) => sum + row[state], 0)), 0);
  return html`<figure class="chart" aria-labelledby=${`${id}-caption`}>
    <figcaption id=${`${id}-caption`}><span class="chart-sums">${caption}</span>
      <span class="chart-keys" aria-hidden="true">${[...kShown].reverse().map((state) => html`<span key=${state} class="chart-key"><svg viewBox="0 0 16 12" class=${`stack-key stack-${state}`}><${Patterns} id=${`${id}-key-${state}`} /><rect width="16" height="12" fill=${fillOf(`${id}-key-${state}`, state)} /></svg>${label(state)}</span>`)}</span>
    </figcaption>
    ${most > 0 && rows.length > 1 && html`<${Columns} id=${id} rows=${rows} most=${most} marks=${marks} />`}
    <details class="chart-table">
      <summary>Numbers by day</summary>
      <${Table} rows=${days} marks=${marks} />
    </details>
  </figure>`;
}

const fillOf = (id, state) => (state === "pass" ? undefined : `url(#${id}-${state})`);

/** Lines over the colour, so that states differ without it: none, dots, one way, both ways. */
function Patterns({ id }) {
  return html`<defs>
    <pattern id=${`${id}-warn`} class="stack-warn" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" /><circle cx="2" cy="2" r="0.8" /></pattern>
    <pattern id=${`${id}-indeterminate`} class="stack-indeterminate" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" /><path d="M0 4L4 0" /></pattern>
    <pattern id=${`${id}-fail`} class="stack-fail" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" /><path d="M0 4L4 0M0 0L4 4" /></pattern>
  </defs>`;
}

function said(row, marks) {
  const noted = marks.filter((each) => each.day === row.day).map((each) => each.label);
  return `${formatDay(row.day, { weekday: true })}: ${[...[...kShown].reverse().map((state) => `${label(state)} ${formatCount(row[state])}`), ...noted].join(", ")}`;
}

function Columns({ id, rows, most, marks }) {
  const [place, setPlace] = useState(null);
  const width = 600 / rows.length;
  const move = (event) => {
    const next = nextPlace(event.key, place, rows.length);
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
  };
  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    setPlace(Math.min(rows.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * rows.length))));
  };
  const marked = rows.flatMap((row, n) => (marks.some((each) => each.day === row.day) ? [n] : []));
  return html`<div class="chart-body">
    <div class="chart-focus" tabindex="0" role="application" aria-roledescription="interactive column chart"
      aria-label="Articles by disclosure, day by day. Left and right arrow keys move by one, page up and down by seven, home and end to the edges."
      onKeyDown=${move} onFocus=${() => place ?? setPlace(rows.length - 1)}>
      <svg class="stack-chart" viewBox="0 0 600 100" preserveAspectRatio="none" aria-hidden="true" focusable="false" onPointerMove=${point} onPointerDown=${point}>
        <${Patterns} id=${id} />
        ${rows.map((row, n) => html`<g key=${row.day} class=${n === place ? "stack-here" : ""}>
          ${stack(row, most).map((part) => html`<rect key=${part.state} class=${`stack-${part.state}`} fill=${fillOf(id, part.state)} x=${n * width} width=${Math.max(0.5, width - (rows.length > 60 ? 0 : 1.5))} y=${100 - part.from - part.size} height=${part.size} />`)}
        </g>`)}
        ${marked.map((n) => html`<path key=${n} class="stack-mark" d=${`M${(n + 0.5) * width} 0V100`} />`)}
      </svg>
    </div>
    <p class="chart-readout" role="status">${place !== null && rows[place] ? said(rows[place], marks) : html`<span class="hint">Point at a day, or focus the chart and use the arrow keys.</span>`}</p>
  </div>`;
}

function Table({ rows, marks }) {
  const name = "Articles by disclosure, day by day";
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${name}>
    <table class="plain" data-no-total>
      <caption class="visually-hidden">${name}</caption>
      <thead><tr><th scope="col">Day</th>${[...kStates].reverse().map((state) => html`<th key=${state} scope="col" class="num">${label(state)}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.day}>
        <th scope="row">${formatDay(row.day, { weekday: true })} ${marks.filter((each) => each.day === row.day).map((each) => html`<span class="soft"> ${each.label}</span>`)}</th>
        ${[...kStates].reverse().map((state) => html`<td key=${state} class="num">${formatCount(row[state])}</td>`)}
      </tr>`)}</tbody>
    </table>
  </div>`;
}
