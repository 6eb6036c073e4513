// The form of one link with everything it may have. While it is typed in, the server looks at it;
// nothing is stored before it is saved.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useEffect, useMemo, useRef, useState } from "../lib/dom.js";
import { kNetworks } from "../lib/format.js";
import { changedMembers, inputOf, kCodes, kUtm, linkToForm } from "../lib/link_rules.js";
import { Field, Icon, Problem } from "./basics.js";
import { RulesEditor } from "./rules_editor.js";

const kCheckMs = 500;
const kCodeNames = { 302: "302, temporary (counts every click)", 307: "307, temporary", 301: "301, permanent (browsers keep it)", 308: "308, permanent (browsers keep it)" };
const one = (link) => apiPath(`/links/${encodeURIComponent(link.slug)}`);

/** `onDraft(changes)`: what is typed and not saved; `onSaved(link)`, `onConflict()`. */
export function LinkEditor({ link, onDraft, onSaved, onConflict }) {
  const { api, zone } = useContext(App);
  const stored = useMemo(() => linkToForm(link, zone), [link, zone]);
  const [form, setForm] = useState(stored);
  const [checked, setChecked] = useState({ problem: null, warnings: link.warnings ?? [] });
  const [busy, setBusy] = useState(false);
  const stopCheck = useRef(() => {});
  const changes = useMemo(() => changedMembers(stored, form), [stored, form]);
  const dirty = Object.keys(changes).length > 0;
  const key = JSON.stringify(changes);
  useEffect(() => {
    setForm(stored);
    setChecked({ problem: null, warnings: link.warnings ?? [] });
  }, [stored]);
  useEffect(() => {
    onDraft(dirty ? changes : null);
    if (!dirty) return undefined;
    const abort = new AbortController();
    const { signal } = abort;
    const timer = setTimeout(() => {
      api.send("PATCH", `${one(link)}?dry_run=true`, changes, { version: link.version, signal }).then(
        (seen) => !signal.aborted && setChecked({ problem: null, warnings: seen.warnings }),
        (problem) => !signal.aborted && setChecked((before) => ({ ...before, problem })),
      );
    }, kCheckMs);
    stopCheck.current = () => {
      clearTimeout(timer);
      abort.abort();
    };
    return stopCheck.current;
  }, [key]);

  const faulty = checked.problem && inputOf(checked.problem.field);
  const errorAt = (id) => (faulty === id ? checked.problem.detail || checked.problem.message : "");
  async function save(event) {
    event.preventDefault();
    if (busy || !dirty) return;
    // What is saved needs no look any more, and would be another version by then.
    stopCheck.current();
    setBusy(true);
    try {
      onSaved(await api.send("PATCH", one(link), changes, { version: link.version }), changes);
    } catch (problem) {
      setChecked((before) => ({ ...before, problem }));
      document.getElementById(inputOf(problem.field))?.focus();
    }
    setBusy(false);
  }
  const known = faulty && document.getElementById(faulty);
  return html`<form class="form" onSubmit=${save} novalidate>
    ${checked.problem && !known && html`<${Problem} problem=${checked.problem} onRetry=${checked.problem.status === 412 ? onConflict : undefined} />`}
    <${Members} form=${form} onForm=${setForm} errorAt=${errorAt} />
    <h3>Rules</h3>
    <p class="hint">The first rule whose conditions all hold decides; readers for whom none does go to the destination above.</p>
    <${RulesEditor} rules=${form.rules} zone=${zone} errorAt=${errorAt} onRules=${(rules) => setForm({ ...form, rules })} />
    <div role="status">${checked.warnings.map((text) => html`<p key=${text} class="notice tone-warn"><${Icon} name="warn" /><span>${text}</span></p>`)}</div>
    <div class="form-actions">
      <button type="submit" class="button primary" disabled=${busy || !dirty}>Save</button>
      <button type="button" class="button" disabled=${!dirty} onClick=${() => setForm(stored)}>Discard</button>
      <span class="soft" role="status">${dirty ? (checked.problem ? "Not saved: something is wrong" : "Not saved yet") : "Saved"}</span>
    </div>
  </form>`;
}

function Members({ form, onForm, errorAt }) {
  const input = (name) => ({ id: `link-${name}`, value: form[name], error: errorAt(`link-${name}`), autocomplete: "off", onInput: (event) => onForm({ ...form, [name]: event.currentTarget.value }) });
  const url = { type: "url", spellcheck: "false" };
  return html`
    <${Field} ...${input("destination")} ...${url} label="Destination" required hint="The affiliate address, exactly as the network gave it. {article}, {placement} and {country} are filled in." />
    <div class="columns">
      <${Field} ...${input("slug")} label="Short name" required spellcheck="false" autocapitalize="none" hint="A new name is a new address: printed and copied ones end." />
      <${Field} ...${input("title")} label="Title" />
      <${Field} ...${input("merchant")} label="Merchant" />
      <${Field} id="link-network" label="Network" error=${errorAt("link-network")}>${(field) => html`<select ...${field} value=${form.network} onChange=${(event) => onForm({ ...form, network: event.currentTarget.value })}>
        <option value="" selected=${form.network === ""}>Told by the destination</option>
        ${Object.entries(form.network in kNetworks || !form.network ? kNetworks : { ...kNetworks, [form.network]: form.network }).map(([id, name]) => html`<option key=${id} value=${id} selected=${form.network === id}>${name}</option>`)}
      </select>`}</${Field}>
    </div>
    <details class="more-options" open=${Boolean(form.match_url || form.fallback || form.click_cap || form.starts_at || form.expires_at || form.pass_query) || undefined}>
      <summary>Times, cap, fallback, parameters</summary>
      <div class="columns">
        <${Field} ...${input("starts_at")} type="datetime-local" label="Begins" />
        <${Field} ...${input("expires_at")} type="datetime-local" label="Ends" />
        <${Field} ...${input("click_cap")} type="number" min="1" label="Cap of human clicks" hint="Then it leads to the fallback." />
        <${Field} ...${input("fallback")} label="Fallback" spellcheck="false" hint="A short name or an address, for when it does not serve." />
        <${Field} ...${input("match_url")} ...${url} label="Stands for" hint="The address in your pages, when it differs." />
        <${Field} ...${input("pass_query")} label="Parameters passed on" spellcheck="false" hint="Of the request: coupon, ref" />
        <${Field} id="link-code" label="Kind of redirect" error=${errorAt("link-code")}>${(field) => html`<select ...${field} value=${form.code} onChange=${(event) => onForm({ ...form, code: event.currentTarget.value })}>
          ${kCodes.map((code) => html`<option key=${code} value=${code} selected=${form.code === String(code)}>${kCodeNames[code]}</option>`)}
        </select>`}</${Field}>
        ${kUtm.map((name) => html`<${Field} key=${name} id=${`link-utm-${name}`} label=${`utm_${name}`} autocomplete="off" value=${form.utm[name]} error=${errorAt(`link-utm-${name}`)}
          onInput=${(event) => onForm({ ...form, utm: { ...form.utm, [name]: event.currentTarget.value } })} />`)}
      </div>
    </details>`;
}
