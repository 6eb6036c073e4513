// Tries a link out as a reader one makes up: where they would go, and why. Also with what is typed
// and not saved.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { kDevices, kSystems } from "../lib/link_rules.js";
import { Badge, Field, Icon, Problem } from "./basics.js";
import { DataTable } from "./data_table.js";

const kReader = { country: "", device: "", os: "", language: "", at: "", visitor: "", query: "", clicks: "", article: "" };
const kNumbers = ["visitor", "clicks"];

const said = (reader) =>
  Object.fromEntries(Object.entries(reader).filter(([, value]) => value !== "").map(([name, value]) => [name, kNumbers.includes(name) ? Number(value) : value]));

export function LinkTrial({ slug, draft }) {
  const { api } = useContext(App);
  const [reader, setReader] = useState(kReader);
  const [state, setState] = useState({ answer: null, problem: null, of: null });
  const input = (name) => ({ id: `trial-${name}`, value: reader[name], autocomplete: "off", error: state.problem?.field === name ? state.problem.detail : "", onInput: (event) => setReader({ ...reader, [name]: event.currentTarget.value }) });
  const choice = (name, label, all) => html`<${Field} id=${`trial-${name}`} label=${label}>${(field) => html`<select ...${field} value=${reader[name]} onChange=${(event) => setReader({ ...reader, [name]: event.currentTarget.value })}>
    <option value="">Not known</option>${all.map((each) => html`<option key=${each} value=${each}>${each}</option>`)}
  </select>`}</${Field}>`;

  async function test(event) {
    event.preventDefault();
    const body = { ...said(reader), ...(draft ? { link: draft } : {}) };
    try {
      const answer = await api.send("POST", apiPath(`/links/${encodeURIComponent(slug)}/test`), body);
      setState({ answer, problem: null, of: draft });
    } catch (problem) {
      setState({ answer: null, problem, of: null });
    }
  }
  const elsewhere = state.problem && !(state.problem.field in kReader);
  return html`<form class="form" onSubmit=${test}>
    ${elsewhere && html`<${Problem} problem=${state.problem} />`}
    <div class="columns">
      <${Field} ...${input("country")} label="Country" maxlength="2" placeholder="DE" />
      ${choice("device", "Device", kDevices)}
      ${choice("os", "System", kSystems)}
      <${Field} ...${input("language")} label="Language" placeholder="de" />
      <${Field} ...${input("at")} type="datetime-local" label="When" hint="Empty: now." />
      <${Field} ...${input("visitor")} type="number" min="1" label="Reader number" hint="For splits: another number, another reader." />
      <${Field} ...${input("query")} label="Parameters" placeholder="src=mail" spellcheck="false" />
      <${Field} ...${input("clicks")} type="number" min="0" label="Human clicks so far" hint="For caps." />
    </div>
    <div class="form-actions"><button type="submit" class="button">Try ${draft ? "as typed" : "it"}</button></div>
    ${state.answer && html`<${Answer} answer=${state.answer} draft=${state.of} />`}
  </form>`;
}

function Answer({ answer, draft }) {
  const serves = answer.location !== null;
  return html`<div class="trial-answer">
    <p class=${`notice tone-${serves ? "ok" : "warn"}`} role="status"><${Icon} name=${serves ? "ok" : "warn"} /><span>
      <strong>${answer.status}</strong> ${serves ? html`<code class="trial-location">${answer.location}</code>` : "no redirect"}${draft && html` <span class="soft">with what is not saved yet</span>`}</span></p>
    <${DataTable} columns=${kSteps} rows=${answer.data} rowKey=${(step) => `${step.slug}${step.step}${step.check}${step.why}`} caption="Steps of the decision" />
  </div>`;
}

const kSteps = [
  { key: "step", label: "Step", cell: (step) => html`<span class="row-title">${step.step}</span><span class="soft">${step.slug}</span>` },
  { key: "check", label: "Looked at", cell: (step) => step.check },
  { key: "held", label: "Held", cell: (step) => html`<${Badge} tone=${step.held ? "ok" : "quiet"} label=${step.held ? "Yes" : "No"} />` },
  { key: "why", label: "Why", wide: true, cell: (step) => step.why },
];
