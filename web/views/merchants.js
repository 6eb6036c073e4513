// Who pays: merchants, networks and programmes by what a click on them is worth, how much of it is
// taken back, and what is known of each network.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatCount, formatTime, networkName, plural } from "../lib/format.js";
import { micro } from "../lib/money.js";
import { earnedChange, formatChange, formatShare, formatWindow, moneyRows } from "../lib/rates.js";
import { useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { filterRows } from "../lib/table.js";
import { Badge, Empty, Loaded, Money, PageHead, Panel } from "../parts/basics.js";
import { DataTable, FilterBox } from "../parts/data_table.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const kBy = { merchant: "Merchants", network: "Networks", programme: "Programmes" };

export function MerchantsView() {
  const { route } = useContext(App);
  const range = useRange();
  const by = route.params.by in kBy ? route.params.by : "merchant";
  const query = { by, from: range.from, to: range.to, compare: range.compare };
  const report = useResource(apiPath("/reports", query));
  return html`
    <${PageHead} title="Merchants" lead="What a click is worth at each of them, and how much of it stays."><${RangePicker} range=${range} compares /></${PageHead}>
    <nav class="segments tabs" aria-label="Counted by">
      ${Object.entries(kBy).map(([key, label]) => html`<a key=${key} href=${formatHash("/merchants", { ...route.params, by: key === "merchant" ? undefined : key })} aria-current=${key === by ? "true" : undefined}>${label}</a>`)}
    </nav>
    <${Loaded} resource=${report} lines=${8}>${(data) => html`<${Report} data=${data} by=${data.by} csv=${apiPath("/reports", { ...query, format: "csv" })} />`}</${Loaded}>
    <${Networks} />`;
}

const nameOf = (by, key) => (by === "network" ? networkName(key) : key);

function Report({ data, by, csv }) {
  const { route } = useContext(App);
  const all = moneyRows(data.data);
  const rows = filterRows(all, route.params.q, ({ row }) => nameOf(by, row.key));
  if (all.length === 0)
    return html`<${Empty} title="Nothing clicked or earned in these days"><p><a href="#/links">Look at your links</a>, <a href="#/imports">import a network's report</a>, or choose other days.</p></${Empty}>`;
  return html`<section class="panel" aria-label=${kBy[by]}>
    <div class="tools">
      <${FilterBox} label=${`Filter ${kBy[by].toLowerCase()}`} count=${rows.length} total=${all.length} />
      <a class="button small" href=${csv} download>Download CSV</a>
    </div>
    <${DataTable} columns=${columnsFor(by, keepRange(route.params))} rows=${rows} rowKey=${(each) => each.key} sortBy="-earned" pageSize=${100} caption=${`${kBy[by]} by what they earned`} foot=${footOf(data)} />
    ${route.params.q && html`<p class="hint">The total is of all, not only those shown.</p>`}
  </section>`;
}

function columnsFor(by, range) {
  const money = (key, label, help) => ({
    key,
    label,
    help,
    numeric: true,
    sort: ({ line }) => (line && line[`${key}_micro`] !== null ? micro(line[`${key}_micro`]) : null),
    cell: ({ line }) => (line ? html`<${Money} value=${line[`${key}_micro`]} currency=${line.currency} />` : null),
  });
  const share = (key, label, help) => ({ key, label, help, numeric: true, sort: ({ line }) => line?.[key] ?? null, cell: ({ line }) => formatShare(line?.[key]) });
  const name = ({ row }) => (by === "merchant" && row.id === null && !row.key.startsWith("(") ? html`<a class="row-title" href=${formatHash("/links", { q: row.key, ...range })}>${row.key}</a>` : html`<span class="row-title">${nameOf(by, row.key)}</span>`);
  return [
    { key: "name", label: kBy[by].slice(0, -1), wide: true, sort: ({ row }) => nameOf(by, row.key), cell: name },
    { key: "clicks", label: "Clicks", help: "Human clicks, and the change of them", numeric: true, sort: ({ row }) => row.clicks, cell: ({ row }) => html`${formatCount(row.clicks)}<${Change} row=${row} ppm=${row.change?.clicks_ppm} />` },
    { key: "orders", label: "Orders", numeric: true, sort: ({ line }) => line?.orders ?? null, cell: ({ line }) => (line ? formatCount(line.orders) : null) },
    { key: "conversion", label: "Conversion", help: "Orders per human click", numeric: true, sort: ({ row }) => row.conversion_ppm, cell: ({ row }) => formatShare(row.conversion_ppm) },
    { ...money("earned", "Earned", "Pending, approved and paid, and the change of it"), cell: ({ row, line }) => (line ? html`<${Money} value=${line.earned_micro} currency=${line.currency} /> <${Change} row=${row} ppm=${earnedChange(row, line.currency)} />` : null) },
    money("epc", "EPC", "Earned per human click"),
    money("aov", "Order value", "Average value of an order"),
    share("effective_rate_ppm", "Effective rate", "Earned per order value: what the commission really is"),
    share("reversal_rate_ppm", "Reversal rate", "How much of what was booked was taken back"),
  ];
}

/** Beside its number; nothing when nothing is compared. */
const Change = ({ row, ppm }) => row.change && html` <span class="soft nowrap">${formatChange(ppm)}</span>`;

const footOf = (data) =>
  data.total.money.map((line) => {
    const total = { row: data.total, line };
    return { key: line.currency, head: `Total ${line.currency}`, cells: Object.fromEntries(columnsFor(data.by, {}).slice(1).map((column) => [column.key, column.cell(total)])) };
  });

function Networks() {
  const networks = useResource(apiPath("/networks"));
  return html`<${Panel} id="networks" title="What is known of each network">
    <${Loaded} resource=${networks} lines=${5}>${(data) => {
      const rows = data.data.filter((each) => each.network);
      return rows.length === 0
        ? html`<${Empty} title="No network yet"><p><a href="#/links">Add a link</a> of a network, or <a href="#/imports">import its report</a>.</p></${Empty}>`
        : html`<${Known} rows=${rows} />`;
    }}</${Loaded}>
  </${Panel}>`;
}

function Known({ rows }) {
  const { zone } = useContext(App);
  const columns = [
    { key: "network", label: "Network", cell: (each) => html`<span class="row-title">${each.name || each.network}</span>${each.stays_direct && html`<${Badge} tone="info" label="Stays direct" help="Its programme forbids redirects; a beacon counts the clicks." />`}` },
    { key: "links", label: "Links", numeric: true, cell: (each) => formatCount(each.links) },
    { key: "programmes", label: "Programmes", cell: (each) => plural(each.merchants.filter(({ merchant }) => merchant).length, "merchant") },
    { key: "window", label: "Window", help: "From the click to the order, as attribution looks back", cell: (each) => formatWindow(each.window_hours) },
    { key: "accounts", label: "Accounts", cell: (each) => each.accounts.map((account) => account || "the only one").join(", ") || null },
    { key: "currencies", label: "Currencies", cell: (each) => each.currencies.join(", ") || null },
    { key: "tags", label: "Tags and labels", wide: true, cell: (each) => (each.labels.length === 0 ? null : html`<ul class="plain-list">${each.labels.map((label) => html`<li key=${label.kind + label.text}><code>${label.text}</code> ${label.article && html`<a href=${formatHash("/articles/detail", { path: label.article })}>${label.article}</a>`}</li>`)}</ul>`) },
    { key: "imported", label: "Last import", cell: (each) => (each.imported_at ? html`<span class="nowrap">${formatTime(each.imported_at, zone)}</span>` : html`<a href="#/imports">none yet</a>`) },
  ];
  return html`<${DataTable} columns=${columns} rows=${rows} rowKey=${(each) => each.network} caption="Networks" />`;
}
