// What an article earned, by the money's status and by how sure it is whose it is.
import { html } from "../lib/dom.js";
import { kTiers } from "../lib/heatmap.js";
import { micro, percent, share } from "../lib/money.js";
import { Money } from "./basics.js";

const kStatuses = [["pending", "Pending"], ["approved", "Approved"], ["paid", "Paid"]];

/** money: a row's of a report by dimension. */
export function StatusAndEvidence({ money }) {
  return html`<div class="split">
    <${Table} money=${money} head="Status" caption="Earned by status"
      rows=${kStatuses.map(([key, label]) => ({ key, label, of: (line) => line[`${key}_micro`] }))} total=${(line) => line.earned_micro}
      after=${{ label: "Reversed, in no sum", of: (line) => line.reversed_micro }} />
    <${Table} money=${money} head="Evidence" caption="Earned by evidence" bars
      rows=${kTiers.map((tier) => ({ ...tier, of: (line) => line.tiers[tier.key].earned_micro })).filter((row) => row.key !== "unattributed" || money.some((line) => micro(row.of(line)) !== 0n))}
      total=${(line) => line.earned_micro} />
  </div>`;
}

function Table({ money, head, caption, rows, total, after, bars }) {
  const cell = (line, value, field = "td") => html`<${field} key=${line.currency} class="num"><${Money} value=${value} currency=${line.currency} /></${field}>`;
  const most = money[0];
  return html`<div class="table-box"><table class="plain">
    <caption class="visually-hidden">${caption}</caption>
    <thead><tr><th scope="col">${head}</th>${money.map((line) => html`<th key=${line.currency} scope="col" class="num">${line.currency}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.key}>
      <th scope="row">${row.label}${row.help && html` <span class="soft">${row.help}</span>`}
        ${bars && most && html`<span class="flow-bar" aria-hidden="true"><i class=${row.key === "modelled" || row.key === "unattributed" ? "flow-out" : "flow-net"} style=${{ width: `${share(row.of(most), total(most))}%` }}></i></span>
        <span class="visually-hidden">${percent(row.of(most), total(most))}</span>`}</th>
      ${money.map((line) => cell(line, row.of(line)))}
    </tr>`)}</tbody>
    <tfoot><tr><th scope="row">Earned</th>${money.map((line) => cell(line, total(line)))}</tr>
      ${after && html`<tr class="soft"><th scope="row">${after.label}</th>${money.map((line) => cell(line, after.of(line)))}</tr>`}</tfoot>
  </table></div>`;
}
