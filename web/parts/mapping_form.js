// For a report whose layout nobody knows: the columns, guessed by the server, corrected by the
// owner, and kept for every file like it.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { bodyOf, examplesOf, formOf, kMeanings, meaningLabel, missingOf } from "../lib/mapping.js";
import { Field, Panel, Problem, Skeleton } from "./basics.js";
import { DataTable } from "./data_table.js";

const inputOf = (field) => `mapping-${(field ?? "").replace(/[.[\]]/g, "-")}`;

/** `onSaved(mapping)` once files like it can be read. */
export function MappingForm({ file, onSaved, onClose }) {
  const { api } = useContext(App);
  const [guess, setGuess] = useState(null);
  const [form, setForm] = useState(null);
  const [problem, setProblem] = useState(null);
  const [asked, setAsked] = useState(false);

  useEffect(() => {
    api.send("POST", apiPath("/revenue/mappings/guess"), file).then((answer) => {
      setGuess(answer);
      setForm(formOf(answer, file.name));
    }, setProblem);
  }, [file]);

  async function save(event) {
    event.preventDefault();
    setAsked(true);
    const [first] = Object.keys(missingOf(form));
    if (first) return document.getElementById(inputOf(first))?.focus();
    try {
      onSaved(await api.send("PUT", apiPath(`/revenue/mappings/${encodeURIComponent(form.name.trim())}`), bodyOf(form, guess)));
    } catch (failed) {
      setProblem(failed);
      document.getElementById(inputOf(failed.field))?.focus();
    }
    return undefined;
  }
  return html`<${Panel} id="mapping" title="What the columns mean" note=${file.name} actions=${html`<button type="button" class="text-button" onClick=${onClose}>Close</button>`}>
    ${problem && !(form && document.getElementById(inputOf(problem.field))) && html`<${Problem} problem=${problem} />`}
    ${!form && !problem && html`<${Skeleton} lines=${5} />`}
    ${form && html`<${Form} guess=${guess} form=${form} errors=${{ ...(asked ? missingOf(form) : {}), ...(problem?.field ? { [problem.field]: problem.detail || problem.message } : {}) }} onForm=${setForm} onSave=${save} />`}
  </${Panel}>`;
}

function Form({ guess, form, errors, onForm, onSave }) {
  const input = (name) => ({ id: `mapping-${name}`, value: form[name], error: errors[name], autocomplete: "off", onInput: (event) => onForm({ ...form, [name]: event.currentTarget.value }) });
  const choose = (meaning, column) => onForm({ ...form, columns: { ...form.columns, [meaning]: column } });
  return html`<form class="form" onSubmit=${onSave} novalidate>
    <${Rows} guess=${guess} />
    <div class="columns">
      ${guess.meanings.map(({ meaning, needed }) => html`<${Field} key=${meaning} id=${inputOf(`columns.${meaning}`)} label=${`${meaningLabel(meaning)}${needed ? " (needed)" : ""}`}
          hint=${examplesOf(guess, form.columns[meaning]) || kMeanings[meaning]?.help} error=${errors[`columns.${meaning}`]}>${(field) => html`<select ...${field} value=${form.columns[meaning]} onChange=${(event) => choose(meaning, event.currentTarget.value)}>
        <option value="" selected=${form.columns[meaning] === ""}>No column</option>
        ${guess.header.map((column) => html`<option key=${column} value=${column} selected=${form.columns[meaning] === column}>${column}</option>`)}
      </select>`}</${Field}>`)}
    </div>
    <div class="columns">
      <${Field} ...${input("name")} label="Name of the mapping" required spellcheck="false" hint="Files with the same columns are read by it from now on." />
      <${Field} ...${input("network")} label="Network" spellcheck="false" placeholder=${form.name} hint="Under which its money is booked." />
      <${Field} ...${input("currency")} label="Currency of all rows" maxlength="3" autocapitalize="characters" placeholder="As in its column" />
      <${Field} ...${input("zone")} label="Time zone of its times" spellcheck="false" hint="Europe/Berlin, say." />
      <${Field} id="mapping-dates" label="Dates like 03/04/2026 are" error=${errors.dates}>${(field) => html`<select ...${field} value=${form.dates} onChange=${(event) => onForm({ ...form, dates: event.currentTarget.value })}>
        <option value="">Told by the file, else month first</option><option value="day-first" selected=${form.dates === "day-first"}>Day first</option><option value="month-first" selected=${form.dates === "month-first"}>Month first</option>
      </select>`}</${Field}>
      <${Field} id="mapping-statuses" label="Words for statuses" hint="One a line: in review = pending. The usual words are known." error=${Object.entries(errors).find(([field]) => field.startsWith("statuses"))?.[1]}>${(field) => html`<textarea ...${field} rows="2" spellcheck="false" value=${form.statuses} onInput=${(event) => onForm({ ...form, statuses: event.currentTarget.value })} />`}</${Field}>
    </div>
    <div class="form-actions"><button type="submit" class="button primary">Keep the mapping and look again</button></div>
  </form>`;
}

function Rows({ guess }) {
  const columns = guess.header.map((label, n) => ({ key: String(n), label, cell: (row) => row.values[n] || null }));
  const rows = guess.examples.map((values, n) => ({ n, values }));
  return html`<div class="scroll" tabindex="0" role="group" aria-label="The file's first rows"><${DataTable} columns=${columns} rows=${rows} rowKey=${(row) => row.n} caption="First rows of the file" /></div>`;
}
