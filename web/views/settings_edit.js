// The settings that an owner changes here: written into candor.toml, whose other lines stay as they are.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formOf, kDigests, sectionsOf } from "../lib/site_settings.js";
import { Field, Icon, Panel, Problem } from "../parts/basics.js";

const kSwitches = [["on", "On"], ["consent", "With consent"], ["off", "Off"]];

/** `file` is that of the settings; `onSaved` reads them anew. */
export function EditPanel({ file, problem: unreadable, onSaved }) {
  if (!file)
    return html`<${Panel} id="edit-settings" title="Change settings"><${Problem} problem=${{ title: "candor.toml cannot be read", detail: unreadable }} /></${Panel}>`;
  return html`<${Panel} id="edit-settings" title="Change settings" note="Written into candor.toml; its comments stay">
    <${Form} key=${file.version} file=${file} onSaved=${onSaved} />
    ${file.restart.length > 0 && html`<p class="notice tone-info" role="status"><${Icon} name="info" /><span>The file says otherwise than what runs. Start Candor again for: ${file.restart.join(", ")}.</span></p>`}
  </${Panel}>`;
}

function Form({ file, onSaved }) {
  const { api, toast } = useContext(App);
  const [form, setForm] = useState(() => formOf(file));
  const [state, setState] = useState({ busy: false, problem: null });
  const errorOf = (key) => (state.problem?.field === key ? state.problem.detail || state.problem.message : "");
  const idOf = (key) => `setting-${key.replace(".", "-")}`;
  const set = (key, value) => setForm({ ...form, [key]: value });
  const text = (key, label, more = {}) => html`<${Field} id=${idOf(key)} label=${label} value=${form[key]} error=${errorOf(key)} autocomplete="off" ...${more}
    onInput=${(event) => set(key, event.currentTarget.value)} />`;
  const choice = (key, label) => html`<${Field} id=${idOf(key)} label=${label} error=${errorOf(key)}>${(field) => html`<select ...${field} value=${form[key]} onChange=${(event) => set(key, event.currentTarget.value)}>
    ${kSwitches.map(([value, said]) => html`<option key=${value} value=${value} selected=${form[key] === value}>${said}</option>`)}
  </select>`}</${Field}>`;
  const check = (key, label) => html`<label class="check"><input type="checkbox" checked=${form[key]} onChange=${(event) => set(key, event.currentTarget.checked)} /> ${label}</label>`;

  async function save(event) {
    event.preventDefault();
    if (state.busy) return;
    setState({ busy: true, problem: null });
    try {
      const { changed } = await api.send("PATCH", apiPath("/settings"), sectionsOf(form), { version: file.version });
      setState({ busy: false, problem: null });
      toast({ text: changed.length > 0 ? `Saved ${changed.join(", ")}.` : "Nothing was changed." });
      onSaved();
    } catch (problem) {
      setState({ busy: false, problem });
      document.getElementById(idOf(problem.field ?? ""))?.focus();
    }
  }
  return html`<form class="form" onSubmit=${save} novalidate>
    ${state.problem && !(state.problem.field in form) && html`<${Problem} problem=${state.problem} />`}
    <div class="columns">
      ${text("site.name", "Name of the site")}
      ${text("site.hosts", "Further host names", { hint: "With commas between; the address's own is known.", spellcheck: "false" })}
      ${choice("privacy.visitors", "Visitors' keys")}
      ${choice("privacy.beacon", "Beacons")}
      ${choice("privacy.click_token", "Click tokens")}
      ${text("retention.raw_click_days", "Days that clicks stay as they came", { type: "number", min: 2, inputmode: "numeric" })}
      ${text("backup.keep", "Backups that stay", { type: "number", min: 0, inputmode: "numeric" })}
      ${text("mail.from", "Mail comes from", { type: "email" })}
      ${text("mail.to", "Digests and alerts go to", { hint: "With commas between; empty: to nobody.", spellcheck: "false" })}
    </div>
    <fieldset>
      <legend>Mail</legend>
      ${kDigests.map(([name, label]) => html`<label key=${name} class="check"><input type="checkbox" checked=${form["mail.digests"].includes(name)}
        onChange=${(event) => set("mail.digests", kDigests.map(([each]) => each).filter((each) => (each === name ? event.currentTarget.checked : form["mail.digests"].includes(each))))} /> ${label}</label>`)}
      ${check("mail.alerts", "Alerts on days without a digest")}
    </fieldset>
    <fieldset>
      <legend>Every night</legend>
      ${check("links.check", "Look where links lead")}
    </fieldset>
    <div class="form-actions"><button type="submit" class="button primary" disabled=${state.busy}>${state.busy ? "Saving…" : "Save settings"}</button></div>
  </form>`;
}
