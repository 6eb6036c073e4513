// The rows of a report by any dimension, with what stood before beside each figure.
import { App, html, useContext } from "../lib/dom.js";
import { formatCount, formatDay, networkName } from "../lib/format.js";
import { decimal, micro } from "../lib/money.js";
import { below, currenciesOfReport, formatChange, formatShare, isOfTime, moneyOf } from "../lib/reports.js";
import { formatHash } from "../lib/state.js";
import { filterRows } from "../lib/table.js";
import { Icon, Money } from "./basics.js";
import { DataTable, FilterBox } from "./data_table.js";

export function ReportTable({ data, dimension, range }) {
  const { route } = useContext(App);
  const currencies = currenciesOfReport(data);
  const columns = columnsFor(data, dimension, range, route.params, currencies);
  const rows = filterRows(data.data, route.params.q, (row) => `${row.title} ${row.key} ${nameOf(dimension.id, row)}`);
  const line = (key, head, row) => ({ key, head, cells: Object.fromEntries(columns.slice(1).map((column) => [column.key, column.cell(row)])), row });
  const foot = [
    ...(data.unattributed_has_row && data.unattributed.money.length > 0 ? [line("unattributed", "Unattributed", data.unattributed)] : []),
    line("total", "Total", data.total),
  ];
  return html`<div class="tools"><${FilterBox} label=${`Filter ${dimension.many}`} count=${rows.length} total=${data.data.length} />
      <nav class="segments" aria-label="Columns">
        <a href=${formatHash(route.path, { ...route.params, show: undefined, sort: undefined })} aria-current=${route.params.show === "status" ? undefined : "true"}>Figures</a>
        <a href=${formatHash(route.path, { ...route.params, show: "status", sort: undefined })} aria-current=${route.params.show === "status" ? "true" : undefined}>By status</a>
      </nav></div>
    <${DataTable} columns=${columns} rows=${rows} rowKey=${(row) => row.key} sortBy=${isOfTime(dimension.id) ? "key" : "-earned"} pageSize=${200}
      caption=${`Clicks and revenue by ${dimension.label.toLowerCase()}, ${range.from} to ${range.to}`} foot=${foot} />
    ${route.params.q && html`<p class="hint">The last rows are of all ${dimension.many}, not only the ones shown.</p>`}`;
}

function nameOf(by, row) {
  if (row.key === "(unknown)") return "Unknown";
  if (by === "network") return networkName(row.key);
  if (by === "day") return formatDay(row.key, { weekday: true });
  if (by === "week") return `Week of ${formatDay(row.key)}`;
  if (by === "country") return countryName(row.key);
  return row.title || row.key;
}

function countryName(code) {
  try {
    return new Intl.DisplayNames(undefined, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A change with a sign, an arrow and a number; colour says nothing more. */
function Change({ ppm }) {
  const text = formatChange(ppm);
  if (!text) return null;
  return html`<span class="change"><${Icon} name=${ppm > 0 ? "up" : ppm < 0 ? "down" : "quiet"} />${text}</span>`;
}

function columnsFor(data, dimension, range, params, currencies) {
  const main = currencies[0];
  const compared = data.compare !== "none";
  const nowMoney = (row, field) => moneyOf(row, main)?.[field];
  const money = (key, label, field = `${key}_micro`, help = undefined) => ({
    key,
    label,
    help,
    numeric: true,
    sort: (row) => (nowMoney(row, field) === undefined || nowMoney(row, field) === null ? null : micro(nowMoney(row, field))),
    value: currencies.length > 1 ? undefined : (row) => (nowMoney(row, field) === undefined || nowMoney(row, field) === null ? "" : decimal(nowMoney(row, field))),
    cell: (row) => moneyCell(row, currencies, field, compared && key === "earned"),
  });
  const byStatus = params.show === "status";
  return [
    {
      key: "key",
      label: dimension.label,
      wide: true,
      sort: (row) => (isOfTime(dimension.id) ? row.key : nameOf(dimension.id, row)),
      cell: (row) => headCell(row, dimension.id, params, range),
    },
    {
      key: "clicks",
      label: "Clicks",
      help: "By people",
      numeric: true,
      sort: (row) => row.clicks,
      value: (row) => String(row.clicks),
      cell: (row) => html`${formatCount(row.clicks)}${compared && html`<${Change} ppm=${row.change?.clicks_ppm} />`}`,
    },
    ...(compared ? [{ key: "before", label: "Clicks before", help: "Clicks in the days compared with", numeric: true, sort: (row) => row.before?.clicks ?? null, value: (row) => String(row.before?.clicks ?? ""), cell: (row) => formatCount(row.before?.clicks) }] : []),
    ...(byStatus ? [] : [{ key: "orders", label: "Orders", numeric: true, sort: (row) => row.orders, value: (row) => String(row.orders), cell: (row) => formatCount(row.orders) },
    { key: "conversion", label: "Conversion", help: "Orders per click", numeric: true, sort: (row) => row.conversion_ppm, cell: (row) => formatShare(row.conversion_ppm) }]),
    money("earned", "Earned", "earned_micro", "Pending, approved and paid"),
    ...(compared ? [{
      key: "earned_before",
      label: "Earned before",
      help: "Earned in the days compared with",
      numeric: true,
      sort: (row) => (row.before ? micro(moneyOf(row.before, main)?.earned_micro) : null),
      value: currencies.length > 1 ? undefined : (row) => decimal(moneyOf(row.before, main)?.earned_micro ?? 0),
      cell: (row) => moneyCell(row.before, currencies, "earned_micro", false),
    }] : []),
    ...(byStatus ? [
      money("pending", "Pending"),
      money("approved", "Approved"),
      money("paid", "Paid"),
      money("reversed", "Reversed", "reversed_micro", "Taken back; not part of what was earned"),
    ] : [money("epc", "EPC", "epc_micro", "Earned per click"), {
      key: "token",
      label: "Exact",
      help: "Part of what was earned that the network tied to one click",
      numeric: true,
      sort: (row) => moneyOf(row, main)?.tiers?.token?.share_ppm ?? null,
      cell: (row) => formatShare(moneyOf(row, main)?.tiers?.token?.share_ppm),
    }]),
  ];
}

function moneyCell(row, currencies, field, changes) {
  const lines = currencies.map((currency) => moneyOf(row, currency)).filter(Boolean);
  if (lines.length === 0) return html`<span class="none">–</span>`;
  const change = (currency) => row.change?.earned?.find((each) => each.currency === currency)?.change_ppm;
  return html`<span class="money-lines">${lines.map((each) => html`<span key=${each.currency}><${Money} value=${each[field]} currency=${each.currency} />${changes && html`<${Change} ppm=${change(each.currency)} />`}</span>`)}</span>`;
}

function headCell(row, by, params, range) {
  const next = below(by, row.key, params, range);
  const name = nameOf(by, row);
  const more = row.title && row.title !== row.key ? html`<span class="soft">${row.key}</span>` : null;
  return next
    ? html`<a class="row-title" href=${formatHash(next.path, next.params)}>${name}</a>${more}`
    : html`<span class="row-title">${name}</span>${more}`;
}
