// What an article earned per thousand views before and after each of its changes.
import { apiPath } from "../lib/api.js";
import { html } from "../lib/dom.js";
import { formatCount, formatDay } from "../lib/format.js";
import { revisionLines } from "../lib/revisions.js";
import { useResource } from "../lib/resource.js";
import { Empty, Loaded, Money, Panel } from "./basics.js";
import { DataTable } from "./data_table.js";

export function RevisionMoney({ path }) {
  const report = useResource(apiPath("/reports/revisions", { path }));
  return html`<${Panel} id="revisions" title="Before and after each change" note=${report.data ? `${report.data.days} days each side; the day of the change is on neither` : null}>
    <${Loaded} resource=${report} lines=${4}>${(data) => (data.data.length === 0 ? html`<${Empty} title="No change of this page or its links is known" />` : html`<${Table} data=${data} />`)}</${Loaded}>
  </${Panel}>`;
}

const count = (value) => (value === null || value === undefined ? html`<span class="soft">n/a</span>` : formatCount(value));

function Table({ data }) {
  const rpm = (line, side) => (line[side].rpm_micro === null ? html`<span class="soft">n/a</span>` : html`<${Money} value=${line[side].rpm_micro} currency=${line.currency} />`);
  const earned = (line, side) => html`<${Money} value=${line[side].earned_micro} currency=${line.currency} />`;
  const columns = [
    { key: "day", label: "Day", cell: (line) => html`<span class="nowrap">${formatDay(line.row.day)}</span>` },
    { key: "what", label: "Change", wide: true, cell: (line) => html`${line.row.what}${line.row.others > 0 && html` <span class="soft">and ${line.row.others} more within these days</span>`}` },
    { key: "views_before", label: "Views before", numeric: true, cell: (line) => count(line.row.before.views) },
    { key: "views_after", label: "Views after", numeric: true, cell: (line) => count(line.row.after.views) },
    { key: "earned_before", label: "Earned before", numeric: true, cell: (line) => (line.currency ? earned(line, "before") : "–") },
    { key: "earned_after", label: "Earned after", numeric: true, cell: (line) => (line.currency ? earned(line, "after") : "–") },
    { key: "rpm_before", label: "RPM before", help: "Earned per 1,000 views", numeric: true, cell: (line) => (line.currency ? rpm(line, "before") : "–") },
    { key: "rpm_after", label: "RPM after", help: "Earned per 1,000 views", numeric: true, cell: (line) => (line.currency ? rpm(line, "after") : "–") },
  ];
  return html`<${DataTable} columns=${columns} rows=${revisionLines(data)} rowKey=${(line) => line.key} pageSize=${20} caption="Earned before and after each change" />`;
}
