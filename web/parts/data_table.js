// A table that sorts by its columns, filters, and turns into cards on a narrow screen. Sort and
// filter live in the address.
import { App, html, useContext } from "../lib/dom.js";
import { formatCount } from "../lib/format.js";
import { formatHash } from "../lib/state.js";
import { nextSort, pageOf, parseSort, sortRows } from "../lib/table.js";
import { Icon } from "./basics.js";
import { TableExport } from "./table_export.js";

/**
 * columns: [{key, label, help, numeric, sort(row), cell(row), value(row)}], `value` the exact text for files where the cell's
 * is made for people; rows; rowKey(row); caption; extra(row): a full-width row below, or null;
 * foot: [{key, head, cells: {columnKey: node}, row}]. `pageSize`: rows at a time; the page lives in the address, too.
 * `files`: with what is shown as CSV and JSON, by default of tables that sort.
 */
export function DataTable({ columns, rows, rowKey, caption, sortBy, extra, foot, pageSize, files = Boolean(sortBy) }) {
  const { route, setParams } = useContext(App);
  const sort = sortBy ? parseSort(route.params.sort, columns, sortBy) : null;
  const sorted = sort
    ? sortRows(rows, columns.find((each) => each.key === sort.key), sort.descending)
    : rows;
  const page = pageSize ? pageOf(sorted.length, pageSize, route.params.page) : null;
  const shown = page ? sorted.slice(page.begin, page.end) : sorted;
  const setSort = (text) => setParams({ sort: text === sortBy ? undefined : text, page: undefined });

  return html`<div class="table-box exportable">
    ${sort && html`<${SortSelect} columns=${columns} sort=${sort} onSort=${setSort} />`}
    <table class="data">
      <caption class="visually-hidden">${caption}</caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<${Heading} key=${column.key} column=${column} sort=${sort} onSort=${setSort} />`)}
        </tr>
      </thead>
      <tbody>
        ${shown.map((row) => {
          const key = rowKey(row);
          const more = extra?.(row);
          return [
            html`<tr key=${key} class=${more ? "open" : ""}>
              ${columns.map((column, n) => html`<${Cell} key=${column.key} column=${column} head=${n === 0} value=${column.cell(row)} exact=${column.value?.(row)} />`)}
            </tr>`,
            more && html`<tr key=${`${key}+`} class="more"><td colspan=${columns.length}>${more}</td></tr>`,
          ];
        })}
      </tbody>
      ${foot?.length > 0 &&
      html`<tfoot>
        ${foot.map((line) => html`<tr key=${line.key}>
          ${columns.map((column, n) => html`<${Cell} key=${column.key} column=${column} head=${n === 0}
            value=${n === 0 ? line.head : line.cells[column.key]} exact=${n > 0 && line.row ? column.value?.(line.row) : undefined} />`)}
        </tr>`)}
      </tfoot>`}
    </table>
    ${page && page.count > 1 && html`<${Pages} page=${page} total=${sorted.length} />`}
    ${files && rows.length > 0 && html`<${TableExport} caption=${caption} />`}
  </div>`;
}

function Pages({ page, total }) {
  const { route } = useContext(App);
  const to = (number) => formatHash(route.path, { ...route.params, page: number === 1 ? undefined : number });
  return html`<nav class="pages" aria-label="Pages">
    ${page.number > 1 && html`<a class="button small" href=${to(page.number - 1)}>Previous</a>`}
    <span class="soft">${formatCount(page.begin + 1)}–${formatCount(page.end)} of ${formatCount(total)}</span>
    ${page.number < page.count && html`<a class="button small" href=${to(page.number + 1)}>Next</a>`}
  </nav>`;
}

function Heading({ column, sort, onSort }) {
  const active = sort?.key === column.key;
  const classes = column.numeric ? "num" : "";
  if (!sort || !column.sort)
    return html`<th scope="col" class=${classes} title=${column.help}>${column.label}</th>`;
  return html`<th scope="col" class=${classes} aria-sort=${active ? (sort.descending ? "descending" : "ascending") : undefined}>
    <button type="button" class="sort" title=${column.help} onClick=${() => onSort(nextSort(sort, column))}>
      ${column.label}<span class=${`sort-sign ${active ? "active" : ""}`}><${Icon} name=${active && !sort.descending ? "up" : "down"} /></span>
    </button>
  </th>`;
}

function Cell({ column, head, value, exact }) {
  const classes = `${column.numeric ? "num" : ""} ${column.wide ? "wide" : ""}`.trim();
  return head
    ? html`<th scope="row" class=${classes} data-label=${column.label} data-value=${exact}>${value}</th>`
    : html`<td class=${classes} data-label=${column.label} data-value=${exact}>${value ?? html`<span class="none">–</span>`}</td>`;
}

/** On a narrow screen the headings are gone, so this sorts instead. */
function SortSelect({ columns, sort, onSort }) {
  const sortable = columns.filter((column) => column.sort);
  const value = `${sort.descending ? "-" : ""}${sort.key}`;
  return html`<label class="sort-select">
    <span>Sort by</span>
    <select value=${value} onChange=${(event) => onSort(event.currentTarget.value)}>
      ${sortable.flatMap((column) => [
        html`<option key=${column.key} value=${column.key} selected=${value === column.key}>${column.label}, ${column.numeric ? "lowest first" : "A to Z"}</option>`,
        html`<option key=${`-${column.key}`} value=${`-${column.key}`} selected=${value === `-${column.key}`}>${column.label}, ${column.numeric ? "highest first" : "Z to A"}</option>`,
      ])}
    </select>
  </label>`;
}

export function FilterBox({ label, count, total }) {
  const { route, setParams } = useContext(App);
  return html`<div class="filter">
    <label class="visually-hidden" for="filter">${label}</label>
    <input id="filter" type="search" placeholder=${label} autocomplete="off" spellcheck="false"
      value=${route.params.q ?? ""}
      onInput=${(event) => setParams({ q: event.currentTarget.value, page: undefined }, { replace: true })} />
    <p class="filter-count" role="status">${route.params.q ? `${count} of ${total} shown` : ""}</p>
  </div>`;
}
