// Brings a report file in: chosen or dropped, with what a file of its kind does not say itself.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useRef, useState } from "../lib/dom.js";
import { kNetworks } from "../lib/format.js";
import { DropZone } from "./drop_zone.js";
import { Field, Panel, Problem } from "./basics.js";

const kCurrencies = ["USD", "EUR", "GBP", "AUD", "CAD", "CHF", "INR", "JPY", "NOK", "PLN", "SEK"];
const kAccept = ".csv,.tsv,.txt,.xml,.json,.zip,.xlsx,text/csv,text/tab-separated-values";
const kFields = ["network", "account", "currency", "from", "to"];
const kEmpty = Object.fromEntries(kFields.map((name) => [name, ""]));

export function ImportForm({ onResult }) {
  const { api } = useContext(App);
  const picker = useRef(null);
  const [file, setFile] = useState(null);
  const [values, setValues] = useState(kEmpty);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);

  const take = (chosen) => {
    setFile(chosen);
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
      onResult(await api.send("POST", apiPath("/revenue/imports", { ...values, file_name: file.name }), file));
      setFile(null);
      picker.current.value = "";
    } catch (failed) {
      setProblem(failed);
      document.getElementById(`import-${failed.field}`)?.focus();
    }
    setBusy(false);
  }

  return html`<${Panel} id="import" title="Import a report">
    <form class="form" onSubmit=${upload}>
      ${problem && !kFields.includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <${DropZone} id="report-file" title="Drop a report file here, or choose one" hint="CSV, TSV, XML, JSON, Excel or a zip of them, as the network gives it"
        accept=${kAccept} file=${file} onFile=${take} inputRef=${picker} />
      <${Options} values=${values} problem=${problem} onValues=${setValues} />
      <div class="form-actions"><button type="submit" class="button primary" disabled=${busy}>${busy ? "Importing…" : "Import"}</button></div>
    </form>
  </${Panel}>`;
}

/** What some files leave out. Open once the server asks for one of them. */
function Options({ values, problem, onValues }) {
  const set = (name, value) => onValues({ ...values, [name]: value });
  const input = (name) => ({
    id: `import-${name}`,
    value: values[name],
    error: problem?.field === name ? problem.detail || problem.message : "",
    onInput: (event) => set(name, event.currentTarget.value),
  });
  return html`<details class="more-options" open=${kFields.includes(problem?.field) || undefined}>
    <summary>What the file does not say itself</summary>
    <div class="columns">
      <${Field} id="import-network" label="Network" error=${problem?.field === "network" ? problem.detail : ""}>${(field) => html`<select ...${field} value=${values.network} onChange=${(event) => set("network", event.currentTarget.value)}>
        <option value="">Recognise it from the file</option>
        ${Object.entries(kNetworks).map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select>`}</${Field}>
      <${Field} ...${input("currency")} label="Currency" list="currencies" maxlength="3" autocomplete="off" autocapitalize="characters" placeholder="As in the file"
        hint="For files that do not name it, such as Awin's." onInput=${(event) => set("currency", event.currentTarget.value.toUpperCase())} />
      <datalist id="currencies">${kCurrencies.map((each) => html`<option key=${each} value=${each} />`)}</datalist>
      <${Field} ...${input("account")} label="Account" autocomplete="off" hint="Where you have several at one network: a word of yours." />
      <${Field} ...${input("from")} type="date" label="First day" hint="For reports that name no days." />
      <${Field} ...${input("to")} type="date" label="Last day" />
    </div>
  </details>`;
}
