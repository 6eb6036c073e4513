// The ledger's invariant, line by line: what was imported is attributed or unattributed, and
// nothing else.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { networkName } from "../lib/format.js";
import { kStatuses, sumLedger } from "../lib/ledger.js";
import { micro } from "../lib/money.js";
import { useResource } from "../lib/resource.js";
import { filterRows } from "../lib/table.js";
import { Empty, Icon, Loaded, Money, PageHead, Panel } from "../parts/basics.js";
import { DataTable, FilterBox } from "../parts/data_table.js";
import { RevenueTabs } from "../parts/tabs.js";

const statusName = (status) => kStatuses.find((each) => each.key === status)?.label ?? status;

export function LedgerView() {
  const check = useResource(apiPath("/revenue/check"));
  return html`
    <${PageHead} title="Ledger" lead="Nothing here is ever changed or deleted: corrections are new entries, so every earlier day can still be told.">
      <button type="button" class="button" onClick=${check.refresh}>Check again</button>
    </${PageHead}>
    <${RevenueTabs} />
    <${Loaded} resource=${check} lines=${8}>${(data) => html`<${Check} data=${data} />`}</${Loaded}>`;
}

function Check({ data }) {
  const { route } = useContext(App);
  if (data.data.length === 0)
    return html`<${Empty} title="The ledger is empty"><p><a href="#/imports">Import a network's report</a>: it is checked here from then on.</p></${Empty}>`;
  const rows = filterRows(data.data, route.params.q, (line) => [networkName(line.network), line.account, line.currency, statusName(line.status), line.period].join(" "));
  return html`
    ${data.balanced
      ? html`<p class="notice tone-ok" role="status"><${Icon} name="ok" /><span>Imported = attributed + unattributed, in each of ${data.data.length} lines, to the millionth.</span></p>`
      : html`<p class="notice tone-error" role="alert"><${Icon} name="error" /><span>Some lines differ. Run the nightly job, then check again; if a difference stays, run <code>candor doctor</code> and keep a backup.</span></p>`}
    <${Panel} id="sums" title="By network and account">
      <${DataTable} columns=${kSumColumns} rows=${sumLedger(data.data)} rowKey=${(line) => line.key} caption="Sums of the ledger by network, account and currency" />
    </${Panel}>
    <section class="panel" aria-label="Every line">
      <div class="tools"><${FilterBox} label="Filter lines" count=${rows.length} total=${data.data.length} /><p class="soft">Months in ${data.zone}</p></div>
      <${DataTable} columns=${kColumns} rows=${rows} rowKey=${(line) => [line.network, line.account, line.currency, line.status, line.period].join("/")} sortBy="-period" pageSize=${100} caption="Ledger lines" />
    </section>`;
}

const account = (line) => html`${networkName(line.network)}${line.account && html` <span class="soft">${line.account}</span>`}`;
const amount = (key, label) => ({
  key,
  label,
  numeric: true,
  sort: (line) => micro(line[`${key}_micro`]),
  cell: (line) => html`<${Money} value=${line[`${key}_micro`]} currency=${line.currency} />`,
});
const kDifference = {
  key: "difference",
  label: "Difference",
  numeric: true,
  sort: (line) => micro(line.difference_micro),
  cell: (line) =>
    micro(line.difference_micro) === 0n
      ? html`<span class="soft">none</span>`
      : html`<span class="tone-error strong"><${Money} value=${line.difference_micro} currency=${line.currency} /></span>`,
};
const kAmounts = [amount("imported", "Imported"), amount("attributed", "Attributed"), amount("unattributed", "Unattributed"), kDifference];

const kColumns = [
  { key: "period", label: "Month", sort: (line) => line.period, cell: (line) => line.period },
  { key: "network", label: "Network", sort: (line) => networkName(line.network), cell: account },
  { key: "status", label: "Status", sort: (line) => line.status, cell: (line) => statusName(line.status) },
  ...kAmounts,
];
const kSumColumns = [
  { key: "network", label: "Network", cell: account },
  { key: "months", label: "Months", cell: (line) => (line.from === line.to ? line.from : `${line.from} to ${line.to}`) },
  ...kAmounts.map(({ sort, ...column }) => column),
];
