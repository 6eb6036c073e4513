// What was earned, in which state it is, how sure it is whose it was, and what was known of it on
// an earlier day.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatCount, formatDay, networkName } from "../lib/format.js";
import { compareKnown } from "../lib/ledger.js";
import { currenciesOf, lineOf, micro, percent } from "../lib/money.js";
import { isDay } from "../lib/ranges.js";
import { useResource } from "../lib/resource.js";
import { Empty, Icon, Loaded, Money, PageHead, Panel } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { ModelPanel } from "../parts/model_table.js";
import { RangePicker, useRange } from "../parts/range_picker.js";
import { RevenueTabs } from "../parts/tabs.js";

export function RevenueView() {
  const { route } = useContext(App);
  const range = useRange();
  const days = { from: range.from, to: range.to };
  const asOf = isDay(route.params.as_of) ? route.params.as_of : "";
  const now = useResource(apiPath("/reports/articles", days));
  const then = useResource(asOf ? apiPath("/reports/articles", { ...days, as_of: asOf }) : null);
  const networks = useResource(apiPath("/reports", { ...days, by: "network" }));

  return html`
    <${PageHead} title="Revenue" lead="What the networks reported, to the millionth; nothing is spread silently."><${RangePicker} range=${range} /></${PageHead}>
    <${RevenueTabs} />
    <${Loaded} resource=${now} lines=${8}>${(data) => html`<${Summary} now=${data} then=${then} asOf=${asOf} today=${range.today} />`}</${Loaded}>
    <${Panel} id="evidence" title="How sure it is whose it was" note="What is earned, by the evidence that names its article">
      <${Loaded} resource=${networks} lines=${5}>${(data) => html`<${Evidence} data=${data} />`}</${Loaded}>
    </${Panel}>
    <${ModelPanel} range=${range} />`;
}

function Summary({ now, then, asOf, today }) {
  const earlier = asOf ? then.data?.total.revenue : undefined;
  const currencies = currenciesOf([now.total.revenue, earlier], now.total.revenue);
  return html`<${Panel} id="summary" title="By status" actions=${html`<${AsKnownOn} asOf=${asOf} today=${today} />`}>
    ${asOf && html`<p class="notice tone-info" role="status"><${Icon} name="info" /><span>Beside what is known now stands what the ledger knew at the end of ${formatDay(asOf)}.</span></p>`}
    ${asOf && then.problem && html`<p class="notice tone-error" role="alert"><${Icon} name="error" /><span>${then.problem.message}</span></p>`}
    ${currencies.length === 0
      ? html`<${Empty} title="No revenue in these days"><p><a href="#/imports">Import a network's report</a>, or choose other days.</p></${Empty}>`
      : currencies.map((currency) => html`<${StatusTable} key=${currency} currency=${currency} now=${now} then=${asOf ? then.data : null} />`)}
    <p class=${`balance tone-${now.balanced ? "ok" : "error"}`}><${Icon} name=${now.balanced ? "ok" : "error"} />${now.balanced
      ? html`<span>Attributed and unattributed add up to the imported files exactly.</span>`
      : html`<span>Attributed and unattributed do not add up to the imported files. <a href="#/revenue/ledger">See the ledger</a></span>`}</p>
  </${Panel}>`;
}

function AsKnownOn({ asOf, today }) {
  const { setParams } = useContext(App);
  return html`<span class="as-known">
    <label for="as-of">As known on</label>
    <input id="as-of" type="date" max=${today} value=${asOf} onChange=${(event) => setParams({ as_of: event.currentTarget.value || undefined })} />
    ${asOf && html`<button type="button" class="text-button" onClick=${() => setParams({ as_of: undefined })}>Now</button>`}
  </span>`;
}

function StatusTable({ currency, now, then }) {
  const line = lineOf(now.total.revenue, currency);
  const rows = compareKnown(then && lineOf(then.total.revenue, currency), line);
  rows.push({
    key: "unattributed",
    label: "of it unattributed",
    help: "Earned, and no article known",
    then: micro(lineOf(then?.unattributed.revenue, currency)?.earned_micro),
    now: micro(lineOf(now.unattributed.revenue, currency)?.earned_micro),
  });
  const money = (value) => html`<${Money} value=${value} currency=${currency} />`;
  const columns = [
    { key: "status", label: currency, cell: (row) => html`<span class="row-title" title=${row.help}>${row.label}</span>` },
    ...(then ? [{ key: "then", label: "Known then", numeric: true, cell: (row) => money(row.then) }] : []),
    { key: "now", label: then ? "Known now" : "Amount", numeric: true, cell: (row) => money(row.now) },
    ...(then ? [{ key: "change", label: "Difference", numeric: true, cell: (row) => money(row.now - row.then) }] : []),
  ];
  return html`<${DataTable} columns=${columns} rows=${rows} rowKey=${(row) => row.key} caption=${`Revenue in ${currency} by status`} />`;
}

const kTiers = [
  { key: "token", label: "Click token", help: "The network sent the click's own token back" },
  { key: "label", label: "Label or page", help: "A label of yours, or the page the network names" },
  { key: "tag", label: "Tracking ID", help: "A tracking ID that belongs to one article" },
  { key: "modelled", label: "Modelled", help: "Divided over the clicks in the programme's window" },
  { key: "unattributed", label: "Unattributed", help: "No article known" },
];

function Evidence({ data }) {
  const rows = [];
  for (const row of data.data)
    for (const line of row.money) rows.push({ key: `${row.key} ${line.currency}`, network: row.key, ...line });
  if (rows.length === 0) return html`<${Empty} title="Nothing earned in these days" />`;
  const cell = (line, tier) => {
    const value = line.tiers[tier].earned_micro;
    return html`<${Money} value=${value} currency=${line.currency} /> <span class="soft nowrap">${percent(value, line.earned_micro)}</span>`;
  };
  const columns = [
    { key: "network", label: "Network", cell: (line) => networkName(line.network) },
    ...kTiers.map((tier) => ({ key: tier.key, label: tier.label, help: tier.help, numeric: true, cell: (line) => cell(line, tier.key) })),
    { key: "earned", label: "Earned", numeric: true, cell: (line) => html`<${Money} value=${line.earned_micro} currency=${line.currency} />` },
    { key: "orders", label: "Orders", numeric: true, cell: (line) => formatCount(line.orders) },
  ];
  const foot = data.total.money.map((line) => ({
    key: line.currency,
    head: `Total ${line.currency}`,
    cells: Object.fromEntries([...kTiers.map((tier) => [tier.key, cell(line, tier.key)]), ["earned", html`<${Money} value=${line.earned_micro} currency=${line.currency} />`], ["orders", formatCount(line.orders)]]),
  }));
  return html`<${DataTable} columns=${columns} rows=${rows} rowKey=${(line) => line.key} caption="Earned by network and evidence" foot=${foot} />`;
}
