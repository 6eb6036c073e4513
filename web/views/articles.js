// Which article earned what: clicks, revenue by status, earnings per click and disclosure.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { disclosureOf, formatCount } from "../lib/format.js";
import { currenciesOf, lineOf, micro } from "../lib/money.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { filterRows } from "../lib/table.js";
import { Badge, Empty, Icon, Loaded, MoneyLines, PageHead } from "../parts/basics.js";
import { DataTable, FilterBox } from "../parts/data_table.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

export function ArticlesView() {
  const range = useRange();
  const days = { from: range.from, to: range.to };
  const report = useResource(apiPath("/reports/articles", days), { every: kPollMs });

  return html`
    <${PageHead} title="Articles" lead="What each article's links brought in.">
      <${RangePicker} range=${range} />
    </${PageHead}>
    <${Loaded} resource=${report} lines=${10}>${(data) => html`<${Report} data=${data} csv=${apiPath("/reports/articles", { ...days, format: "csv" })} />`}</${Loaded}>`;
}

function Report({ data, csv }) {
  const { route } = useContext(App);
  const currencies = currenciesOf([data.total.revenue, data.imported], data.total.revenue);
  const columns = columnsFor(currencies, keepRange(route.params), Number.isInteger(data.total.views));
  const rows = filterRows(data.data, route.params.q, (row) => `${row.title} ${row.path} ${disclosureOf(row.disclosure).label}`);
  const foot = [
    { key: "unattributed", head: html`<span class="row-title">Unattributed</span><span class="soft">no article known</span>`, cells: cellsOf(data.unattributed, columns) },
    { key: "total", head: "Total", cells: cellsOf(data.total, columns) },
  ];
  return html`<section class="panel" aria-label="Revenue and clicks per article">
    <div class="tools">
      <${FilterBox} label="Filter articles" count=${rows.length} total=${data.data.length} />
      <${Balance} balanced=${data.balanced} />
      <a class="button small" href=${csv} download>Download CSV</a>
    </div>
    ${data.data.length === 0
      ? html`<${Empty} title="No article yet"><p>Articles appear when <code>candor inject</code> or <code>candor audit</code> reads your pages, or when one of their links is clicked.</p></${Empty}>`
      : html`<${DataTable} columns=${columns} rows=${rows} rowKey=${(row) => row.path} sortBy="-earned" pageSize=${100}
          caption="Revenue and clicks per article" foot=${foot} />`}
    ${route.params.q && html`<p class="hint">The unattributed and total rows are of all articles, not only the ones shown.</p>`}
  </section>`;
}

function Balance({ balanced }) {
  return balanced
    ? html`<p class="balance tone-ok"><${Icon} name="ok" />Adds up to the imported files exactly</p>`
    : html`<p class="balance tone-error"><${Icon} name="error" />Does not add up to the imported files: run the nightly job, then candor doctor</p>`;
}

const cellsOf = (row, columns) =>
  Object.fromEntries(columns.slice(1).map((column) => [column.key, column.key === "disclosure" ? "" : column.cell(row)]));

function columnsFor(currencies, range, hasViews) {
  const main = currencies[0];
  const money = (key, label, help) => ({
    key,
    label,
    help,
    numeric: true,
    sort: (row) => {
      const value = lineOf(row.revenue, main)?.[`${key}_micro`];
      return value === undefined || value === null ? null : micro(value);
    },
    cell: (row) => html`<${MoneyLines} lines=${row.revenue} field=${`${key}_micro`} currencies=${currencies} />`,
  });
  return [
    {
      key: "title",
      label: "Article",
      wide: true,
      sort: (row) => row.title || row.path,
      cell: (row) =>
        row.path?.startsWith("/")
          ? html`<a class="row-title" href=${formatHash("/articles/detail", { path: row.path, ...range })}>${row.title || row.path}</a><span class="soft">${row.path}</span>`
          : html`<span class="row-title">${row.title || row.path}</span>`,
    },
    {
      key: "clicks",
      label: "Clicks",
      help: "Human clicks; all requests below",
      numeric: true,
      sort: (row) => row.clicks,
      cell: (row) => html`${formatCount(row.clicks)} <span class="soft nowrap">of ${formatCount(row.gross_clicks)}</span>`,
    },
    // Only where pages tell of being read at all.
    ...(hasViews
      ? [{
          key: "views",
          label: "Views",
          help: "By people, told by the pages; clicks per view below",
          numeric: true,
          sort: (row) => row.views ?? null,
          cell: (row) =>
            typeof row.views === "number"
              ? html`${formatCount(row.views)} <span class="soft nowrap">${typeof row.ctr_micro === "number" ? `${(row.ctr_micro / 1e4).toFixed(1)}%` : ""}</span>`
              : html`<span class="soft">n/a</span>`,
        }]
      : []),
    money("pending", "Pending", "Waiting for the network's approval"),
    money("approved", "Approved", "Approved, not paid yet"),
    money("paid", "Paid", "Paid out by the network"),
    money("reversed", "Reversed", "Taken back; not part of what was earned"),
    money("earned", "Earned", "Pending, approved and paid"),
    money("epc", "EPC", "Earned per human click"),
    {
      key: "disclosure",
      label: "Disclosure",
      sort: (row) => disclosureOf(row.disclosure).label,
      cell: (row) => html`<${Badge} ...${disclosureOf(row.disclosure)} />`,
    },
  ];
}
