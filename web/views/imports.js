// Report files of the networks: brought in here, with every row that could not be read.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useRef, useState } from "../lib/dom.js";
import { formatCount, formatTime, networkName, plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Empty, Field, Icon, Loaded, PageHead, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

const kImporters = ["amazon", "awin"];
const kCurrencies = ["USD", "EUR", "GBP", "AUD", "CAD", "CHF", "INR", "JPY", "NOK", "PLN", "SEK"];

export function ImportsView() {
  const { session, zone } = useContext(App);
  const imports = useResource(apiPath("/revenue/imports"));
  const [result, setResult] = useState(null);
  return html`
    <${PageHead} title="Imports" lead="Reports you download from a network. The same file twice changes nothing." />
    <${ImportForm} onResult=${(answer) => {
      setResult(answer);
      imports.refresh();
    }} />
    ${result && html`<${Result} key=${result.import.id} result=${result} />`}
    <${Panel} id="earlier" title="Earlier imports">
      <${Loaded} resource=${imports} lines=${6}>${(data) =>
        data.data.length === 0
          ? html`<${Empty} title="Nothing imported yet"><p>Choose a report file above${session.demo ? "" : ", or put it into the drop folder for the nightly job"}.</p></${Empty}>`
          : html`<${DataTable} columns=${columns(zone)} rows=${data.data} rowKey=${(each) => each.id} caption="Earlier imports, newest first" />`}</${Loaded}>
    </${Panel}>`;
}

function ImportForm({ onResult }) {
  const { api } = useContext(App);
  const picker = useRef(null);
  const [file, setFile] = useState(null);
  const [network, setNetwork] = useState("");
  const [currency, setCurrency] = useState("");
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);

  const take = (list) => {
    setFile(list?.[0] ?? null);
    setProblem(null);
  };
  async function upload(event) {
    event.preventDefault();
    if (busy) return;
    if (!file) {
      setProblem({ title: "No file chosen", detail: "Choose or drop a report file first.", field: "file" });
      picker.current.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const address = apiPath("/revenue/imports", { network, currency, file_name: file.name });
      onResult(await api.send("POST", address, file));
      setFile(null);
      picker.current.value = "";
    } catch (failed) {
      setProblem(failed);
    }
    setBusy(false);
  }

  return html`<${Panel} id="import" title="Import a report">
    <form class="form" onSubmit=${upload}>
      ${problem && html`<${Problem} problem=${problem} />`}
      <label class=${`drop ${over ? "over" : ""}`} for="report-file"
        onDragOver=${(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave=${() => setOver(false)}
        onDrop=${(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}>
        <span class="drop-title">${file ? file.name : "Drop a report file here, or choose one"}</span>
        <span class="soft">${file ? plural(file.size, "byte") : "CSV or TSV, as the network gives it"}</span>
        <input ref=${picker} id="report-file" type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          onChange=${(event) => take(event.currentTarget.files)} />
      </label>
      <div class="columns">
        <${Field} id="import-network" label="Network">${(field) => html`<select ...${field} value=${network} onChange=${(event) => setNetwork(event.currentTarget.value)}>
          <option value="">Recognise it from the file</option>
          ${kImporters.map((each) => html`<option key=${each} value=${each}>${networkName(each)}</option>`)}
        </select>`}</${Field}>
        <${Field} id="import-currency" label="Currency" list="currencies" value=${currency} maxlength="3" autocomplete="off" autocapitalize="characters" placeholder="As in the file"
          hint="Only for files that do not name it, such as Awin's." error=${problem?.field === "currency" ? problem.detail : ""}
          onInput=${(event) => setCurrency(event.currentTarget.value.toUpperCase())} />
        <datalist id="currencies">${kCurrencies.map((each) => html`<option key=${each} value=${each} />`)}</datalist>
      </div>
      <div class="form-actions"><button type="submit" class="button primary" disabled=${busy}>${busy ? "Importing…" : "Import"}</button></div>
    </form>
  </${Panel}>`;
}

function Result({ result }) {
  const { import: done, errors, repeated } = result;
  const tone = errors.length > 0 ? "warn" : "ok";
  return html`<${Panel} id="result" title="Result">
    <p class=${`notice tone-${tone}`} role="status"><${Icon} name=${tone} /><span>${repeated
      ? `${done.file_name} was imported before. Nothing changed.`
      : `${done.file_name}: ${plural(done.new_count, "new row")}, ${formatCount(done.changed_count)} changed, ${formatCount(done.unchanged_count)} unchanged, ${formatCount(done.bad_count)} could not be read.`}</span></p>
    ${errors.length > 0 && html`<${DataTable} columns=${kErrorColumns} rows=${errors} rowKey=${(each) => `${each.row}:${each.column}`} caption="Rows that could not be read" />
      <p class="hint">The other rows are kept. Correct these in the file and import it again: known rows change nothing.</p>`}
    ${!repeated && done.new_count + done.changed_count > 0 && html`<p>The new rows are credited. <a href="#/articles">See the articles</a></p>`}
  </${Panel}>`;
}

const kErrorColumns = [
  { key: "row", label: "Row", numeric: true, cell: (each) => formatCount(each.row) },
  { key: "column", label: "Column", cell: (each) => each.column || null },
  { key: "reason", label: "What is wrong", wide: true, cell: (each) => each.reason },
  { key: "text", label: "As it stands", wide: true, cell: (each) => html`<code class="url">${each.text}</code>` },
];

const columns = (zone) => [
  { key: "at", label: "Imported", cell: (each) => html`<span class="nowrap">${formatTime(each.imported_at, zone)}</span>` },
  { key: "file", label: "File", wide: true, cell: (each) => each.file_name },
  { key: "network", label: "Network", cell: (each) => html`${networkName(each.network)} <span class="soft">${each.report}</span>` },
  { key: "rows", label: "Rows", numeric: true, cell: (each) => formatCount(each.row_count) },
  { key: "new", label: "New", numeric: true, cell: (each) => formatCount(each.new_count) },
  { key: "changed", label: "Changed", numeric: true, cell: (each) => formatCount(each.changed_count) },
  { key: "same", label: "Unchanged", numeric: true, cell: (each) => formatCount(each.unchanged_count) },
  {
    key: "bad",
    label: "Bad",
    numeric: true,
    cell: (each) => html`<span class=${each.bad_count > 0 ? "tone-warn strong" : ""}>${formatCount(each.bad_count)}</span>`,
  },
];
