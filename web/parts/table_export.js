// Two buttons beside a table: what it shows, as CSV and as JSON.
import { html, useRef } from "../lib/dom.js";

/** Stands in the same .exportable as its table. */
export function TableExport({ caption }) {
  const place = useRef(null);
  async function save(kind) {
    const { fileName, saveFile, tableData, toCsv, toJson } = await import("../lib/export.js");
    const data = tableData(place.current.closest(".exportable").querySelector("table"));
    const name = fileName(data.caption);
    if (kind === "csv") saveFile(`${name}.csv`, toCsv(data), "text/csv");
    else saveFile(`${name}.json`, toJson(data), "application/json");
  }
  return html`<p class="exports" ref=${place}>
    <span class="soft">This table as</span>
    <button type="button" class="text-button" aria-label=${`Download CSV of: ${caption}`} onClick=${() => save("csv")}>CSV</button>
    <button type="button" class="text-button" aria-label=${`Download JSON of: ${caption}`} onClick=${() => save("json")}>JSON</button>
  </p>`;
}
