// What a report file would do, before it does.
import { html } from "../lib/dom.js";
import { formatCount, formatDay, formatTime, networkName, plural } from "../lib/format.js";
import { kStatuses } from "../lib/ledger.js";
import { Icon, Money } from "./basics.js";
import { DataTable } from "./data_table.js";
import { ErrorTable } from "./row_errors.js";

const kCertainty = {
  seen: "A layout met in real exports.",
  documented: "A layout as the network describes it: look twice.",
  inferred: "A layout put together from the network's other reports: look twice.",
};
const statusName = (status) => kStatuses.find((each) => each.key === status)?.label ?? status;

export function ImportPreview({ preview, zone }) {
  const { import: would, layout, repeated, totals, examples, errors } = preview;
  const quiet = !repeated && would.new_count + would.changed_count + would.withdrawn_count === 0;
  return html`<div class="preview" role="status">
    <p class=${`notice tone-${repeated || quiet ? "info" : errors.length > 0 ? "warn" : "ok"}`}><${Icon} name=${repeated || quiet ? "info" : errors.length > 0 ? "warn" : "ok"} /><span>
      <strong>${networkName(layout.network)}, ${layout.report}.</strong> ${layout.mapping ? `Read by your mapping ${layout.mapping}.` : (kCertainty[layout.certainty] ?? "")}
      ${" "}${repeated ? "This very file was imported before: nothing would change." : wouldText(would)}
      ${layout.identity === "range" && would.from && ` It is the whole truth of ${formatDay(would.from)} to ${formatDay(would.to)}.`}</span></p>
    ${totals.length > 0 && html`<${DataTable} columns=${kTotalColumns} rows=${totals} rowKey=${(each) => each.currency + each.status} caption="What the file says, by currency and status" />`}
    ${examples.length > 0 && html`<details class="more-options"><summary>First rows as they are understood</summary>
      <${DataTable} columns=${exampleColumns(zone)} rows=${examples} rowKey=${(each) => each.identity} caption="First rows as they are understood" /></details>`}
    ${errors.length > 0 && html`<${ErrorTable} errors=${errors} />`}
  </div>`;
}

export function wouldText(would) {
  const withdrawn = would.withdrawn_count > 0 ? `, ${formatCount(would.withdrawn_count)} withdrawn` : "";
  return `It would bring ${plural(would.new_count, "new row")}, ${formatCount(would.changed_count)} changed, ${formatCount(would.unchanged_count)} unchanged${withdrawn}; ${formatCount(would.bad_count)} cannot be read.`;
}

const kTotalColumns = [
  { key: "status", label: "Status", cell: (each) => `${statusName(each.status)}, ${each.currency}` },
  { key: "rows", label: "Rows", numeric: true, cell: (each) => formatCount(each.row_count) },
  { key: "commission", label: "Commission", numeric: true, cell: (each) => html`<${Money} value=${each.commission_micro} currency=${each.currency} />` },
  { key: "sale", label: "Order value", numeric: true, cell: (each) => html`<${Money} value=${each.sale_micro} currency=${each.currency} />` },
];

const exampleColumns = (zone) => [
  { key: "identity", label: "Row", wide: true, cell: (each) => each.identity },
  { key: "at", label: "Time", cell: (each) => html`<span class="nowrap">${formatTime(each.event_at, zone)}</span>` },
  { key: "status", label: "Status", cell: (each) => statusName(each.status) },
  { key: "commission", label: "Commission", numeric: true, cell: (each) => html`<${Money} value=${each.commission_micro} currency=${each.currency} />` },
  { key: "evidence", label: "Sub-id, tag or product", wide: true, cell: (each) => [each.sub_id, each.tag, each.product].filter(Boolean).join(", ") || null },
];
