// Figures with what they were before and the line of their days.
import { html } from "../lib/dom.js";
import { changeText, directionOf } from "../lib/kpi.js";
import { sparkPath } from "../lib/spark.js";
import { Icon } from "./basics.js";

/** One figure: `value` is shown, `note` below it; `kpi` {now, before, days} gives comparison and line. */
export function KpiCard({ label, help, value, note, kpi, unfinished }) {
  return html`<div>
    <dt title=${help}>${label}</dt>
    <dd class="figure">${value}</dd>
    ${kpi && html`<dd class="kpi-line"><${Change} kpi=${kpi} /><${Spark} values=${kpi.days} unfinished=${unfinished} /></dd>`}
    ${note && html`<dd class="figure-note">${note}</dd>`}
  </div>`;
}

function Change({ kpi }) {
  const text = kpi.before === null ? "" : changeText(kpi.now, kpi.before);
  if (!text) return html`<span class="soft">${kpi.before === null ? "" : "nothing before"}</span>`;
  const direction = directionOf(kpi.now, kpi.before);
  return html`<span class="kpi-change"><${Icon} name=${direction === "same" ? "quiet" : direction} />${text}<span class="visually-hidden"> against the days before</span></span>`;
}

export function Spark({ values, unfinished }) {
  const { line, open } = sparkPath(values.map((value) => (value === null ? 0 : Number(value))), { unfinished });
  if (!line) return null;
  return html`<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <path d=${line} />${open && html`<path class="spark-open" d=${open} />`}
  </svg>`;
}

