// Brings a report file in: chosen or dropped, with what a file of its kind does not say itself.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useEffect, useRef, useState } from "../lib/dom.js";
import { kNetworks } from "../lib/format.js";
import { DropZone } from "./drop_zone.js";
import { ImportPreview } from "./import_preview.js";
import { Field, Panel, Problem } from "./basics.js";

const kCurrencies = ["USD", "EUR", "GBP", "AUD", "CAD", "CHF", "INR", "JPY", "NOK", "PLN", "SEK"];
const kAccept = ".csv,.tsv,.txt,.xml,.json,.zip,.xlsx,text/csv,text/tab-separated-values";
const kFields = ["network", "account", "currency", "from", "to"];
const kLookMs = 300;
const kIdle = { busy: "", preview: null, problem: null };
const kEmpty = Object.fromEntries(kFields.map((name) => [name, ""]));

/**
 * A file is looked at as soon as it is there; nothing is stored before "Import". `onUnknown(file)`:
 * its layout has to be explained; `look` rises when it was. `onResult(answer)`.
 */
export function ImportForm({ look, onUnknown, onResult }) {
  const { api, zone } = useContext(App);
  const picker = useRef(null);
  const stopLook = useRef(() => {});
  const [file, setFile] = useState(null);
  const [values, setValues] = useState(kEmpty);
  const [state, setState] = useState(kIdle);
  const { busy, preview, problem } = state;
  const address = (more) => apiPath("/revenue/imports", { ...values, file_name: file.name, ...more });

  useEffect(() => {
    if (!file) {
      setState((now) => (now.busy ? kIdle : now));
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      setState({ busy: "Looking…", preview: null, problem: null });
      api.send("POST", address({ dry_run: true }), file, { signal: abort.signal }).then(
        (answer) => {
          setState({ ...kIdle, preview: answer });
          onUnknown(null);
        },
        (failed) => {
          if (failed?.name === "AbortError") return;
          setState({ ...kIdle, problem: failed });
          onUnknown(failed.kind === "unknown_layout" ? file : null);
        },
      );
    }, kLookMs);
    stopLook.current = () => {
      clearTimeout(timer);
      abort.abort();
    };
    return stopLook.current;
  }, [file, values, look]);

  async function upload(event) {
    event.preventDefault();
    if (busy) return;
    if (!file) {
      setState({ ...kIdle, problem: { title: "No file chosen", detail: "Choose or drop a report file first.", field: "file" } });
      picker.current.focus();
      return;
    }
    stopLook.current();
    setState({ ...state, busy: "Importing…" });
    try {
      onResult(await api.send("POST", address(), file));
      setFile(null);
      setState(kIdle);
      picker.current.value = "";
    } catch (failed) {
      setState({ ...kIdle, problem: failed });
      document.getElementById(`import-${failed.field}`)?.focus();
    }
  }

  return html`<${Panel} id="import" title="Import a report">
    <form class="form" onSubmit=${upload}>
      ${problem && !kFields.includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <${DropZone} id="report-file" title="Drop a report file here, or choose one" hint="CSV, TSV, XML, JSON, Excel or a zip of them, as the network gives it"
        accept=${kAccept} file=${file} onFile=${setFile} inputRef=${picker} />
      <${Options} values=${values} problem=${problem} onValues=${setValues} />
      ${preview && html`<${ImportPreview} preview=${preview} zone=${zone} />`}
      <div class="form-actions">
        <button type="submit" class="button primary" disabled=${Boolean(busy)}>${busy === "Importing…" ? busy : "Import"}</button>
        ${file && !busy && html`<button type="button" class="button" onClick=${() => {
          setFile(null);
          setState(kIdle);
          onUnknown(null);
          picker.current.value = "";
        }}>Cancel</button>`}
        <span class="soft" role="status">${busy === "Looking…" ? "Looking at the file…" : ""}</span>
      </div>
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
