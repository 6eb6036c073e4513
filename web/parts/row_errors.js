// Rows of a file that could not be read, each as it stands and why.
import { html } from "../lib/dom.js";
import { formatCount } from "../lib/format.js";
import { DataTable } from "./data_table.js";

export function ErrorTable({ errors }) {
  return html`<${DataTable} columns=${kColumns} rows=${errors} rowKey=${(each) => `${each.row}:${each.column}`} caption="Rows that could not be read" />
    <p class="hint">The other rows are kept. Correct these in the file and import it again: known rows change nothing.</p>`;
}

const kColumns = [
  { key: "row", label: "Row", numeric: true, cell: (each) => formatCount(each.row) },
  { key: "column", label: "Column", cell: (each) => each.column || null },
  { key: "reason", label: "What is wrong", wide: true, cell: (each) => each.reason },
  { key: "text", label: "As it stands", wide: true, cell: (each) => html`<code class="url">${each.text}</code>` },
];
