// Clicks and revenue by whatever one asks, compared, and narrowed down row by row: network, merchant, article, link, click.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { countDays } from "../lib/ranges.js";
import { chartStep, chips, dimensionOf, filtersOf, isOfTime, kDimensions } from "../lib/reports.js";
import { useResource } from "../lib/resource.js";
import { formatHash } from "../lib/state.js";
import { Empty, Icon, Loaded, Money, PageHead, Panel } from "../parts/basics.js";
import { chosenCurrency, ConversionNote, CurrencyChoice } from "../parts/currency_choice.js";
import { RangePicker, spanText, useRange } from "../parts/range_picker.js";
import { ReportChart } from "../parts/report_chart.js";
import { ReportTable } from "../parts/report_table.js";

export function ReportsView() {
  const { route } = useContext(App);
  const range = useRange();
  const { params } = route;
  const dimension = dimensionOf(params.by);
  const question = { from: range.from, to: range.to, compare: range.compare, currency: chosenCurrency(params), ...filtersOf(params) };
  const report = useResource(apiPath("/reports", { by: dimension.id, ...question }));
  const step = isOfTime(dimension.id) && !(dimension.id === "day" && chartStep(countDays(range.from, range.to)) === "week") ? dimension.id : chartStep(countDays(range.from, range.to));
  const lines = useResource(step === dimension.id ? null : apiPath("/reports", { by: step, ...question }));
  const drawn = step === dimension.id ? report : lines;

  return html`
    <${PageHead} title="Reports" lead="Clicks and revenue by any dimension. Follow a row to narrow the report down.">
      <${RangePicker} range=${range} compares />
    </${PageHead}>
    <${Choice} dimension=${dimension} />
    <${Panel} id="lines" title=${`Per ${step}`}>
      <${Loaded} resource=${drawn} lines=${6}>${(data) => html`<${ReportChart} data=${data} range=${range} />`}</${Loaded}>
    </${Panel}>
    <${Panel} id="rows" title=${`By ${dimension.label.toLowerCase()}`} note=${html`<${Note} report=${report} range=${range} />`}
      actions=${html`${report.data && html`<${CurrencyChoice} data=${report.data} />`}<${Files} query=${{ by: dimension.id, ...question }} />`}>
      <${Loaded} resource=${report} lines=${10}>${(data) => html`<${Rows} data=${data} dimension=${dimensionOf(data.by)} range=${range} />`}</${Loaded}>
    </${Panel}>`;
}

/** What a row is, and what the report is narrowed down to. */
function Choice({ dimension }) {
  const { route } = useContext(App);
  const address = (by) => formatHash("/reports", { ...route.params, by, sort: undefined, q: undefined });
  const narrowed = chips(route.params);
  return html`<div class="choice">
    <nav class="segments" aria-label="A row is">
      ${kDimensions.map((each) => html`<a key=${each.id} href=${address(each.id)} aria-current=${each.id === dimension.id ? "true" : undefined}>${each.label}</a>`)}
    </nav>
    ${narrowed.length > 0 && html`<ul class="chips" aria-label="Only">
      ${narrowed.map((each) => html`<li key=${each.name}><a class="chip" href=${formatHash("/reports", each.without)} aria-label=${`No longer only ${each.name} ${each.value}`}>
        <span><span class="soft">${dimensionOf(each.name).label}</span> ${each.value}</span><${Icon} name="close" /></a></li>`)}
    </ul>`}
  </div>`;
}

function Note({ report, range }) {
  const data = report.data;
  if (!data) return "";
  return html`${plural(data.data.length, "row")}${range.before ? `, compared with ${spanText(range.before)}` : ""}`;
}

/** The whole report as files, exact to the micro-unit, as the command line has it. */
function Files({ query }) {
  return html`<span class="file-links">
    <a href=${apiPath("/reports", { ...query, format: "csv" })} download>Whole report as CSV</a>
    <a href=${apiPath("/reports", { ...query, format: "html" })} download>Page</a>
  </span>`;
}

function Rows({ data, dimension, range }) {
  const { route } = useContext(App);
  if (data.data.length === 0 && data.total.orders === 0 && data.total.gross_clicks === 0)
    return html`<${Empty} title="No click and no revenue in these days">
      <p>${chips(route.params).length > 0
        ? html`Take a filter off, or choose other days.`
        : html`Choose other days, or <a href="#/imports">import a network's report</a>.`}</p>
    </${Empty}>`;
  return html`<${ReportTable} data=${data} dimension=${dimension} range=${range} /><${Balance} data=${data} /><${ConversionNote} conversion=${data.conversion} /><${Definitions} data=${data} />`;
}

function Balance({ data }) {
  if (data.balance.length === 0) return null;
  const narrowed = data.filters?.length > 0;
  return html`<p class=${`balance tone-${data.balanced ? "ok" : "error"}`}><${Icon} name=${data.balanced ? "ok" : "error"} />
    <span>${data.balanced ? "Adds up: " : "Does not add up; run the nightly job, then candor doctor: "}
    ${data.balance.map((each) => html`<span key=${each.currency} class="equation-line">${terms(each, narrowed).map(([sign, word, micro]) => html`${sign} ${word} <${Money} value=${micro} currency=${each.currency} /> `)}</span>`)}</span></p>`;
}

/** Of all statuses, reversed ones too. */
const terms = (line, narrowed) => [
  ["", "attributed", line.attributed_micro],
  ["+", "unattributed", line.unattributed_micro],
  ...(narrowed ? [["+", "left out by the filters", line.left_out_micro]] : []),
  ["=", "imported, all statuses,", line.imported_micro],
];

function Definitions({ data }) {
  return html`<details class="definitions">
    <summary>What the columns mean</summary>
    <dl class="facts">${data.definitions.map((each) => html`<div key=${each.key} class="wide"><dt>${each.heading} (${each.unit})</dt><dd>${each.definition}</dd></div>`)}</dl>
  </details>`;
}
