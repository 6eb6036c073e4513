// The form of one link. The server checks it; its complaint appears at the field it is about.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { kNetworks } from "../lib/format.js";
import { Dialog, Field, Problem } from "./basics.js";

const kFields = ["slug", "destination", "title", "merchant", "network", "match_url"];

export function LinkDialog({ link, onClose, onSaved }) {
  const { api } = useContext(App);
  const isNew = !link.slug;
  const [values, setValues] = useState(() => Object.fromEntries(kFields.map((name) => [name, link[name] ?? ""])));
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const errorOf = (name) => (problem?.field === name ? problem.detail || problem.title : "");
  const input = (name) => ({
    id: `link-${name}`,
    name,
    value: values[name],
    error: errorOf(name),
    autocomplete: "off",
    onInput: (event) => setValues({ ...values, [name]: event.currentTarget.value }),
  });

  async function save(event) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      onSaved(isNew ? await api.send("POST", apiPath("/links"), given(values)) : await change());
    } catch (failed) {
      setProblem(failed);
      setBusy(false);
      document.getElementById(`link-${failed.field}`)?.focus();
    }
  }
  async function change() {
    const changed = Object.fromEntries(kFields.filter((name) => values[name] !== (link[name] ?? "")).map((name) => [name, values[name]]));
    const saved = await api.send("PATCH", apiPath(`/links/${encodeURIComponent(link.slug)}`), changed, { version: link.version });
    return saved ?? { ...link, ...changed };
  }

  return html`<${Dialog} title=${isNew ? "Add a link" : `Edit ${link.slug}`} onClose=${onClose}>
    <form class="form" onSubmit=${save} novalidate>
      ${problem && !kFields.includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <${Field} ...${input("slug")} label="Short name" required spellcheck="false" autocapitalize="none" hint="Lower-case letters, digits, dots, dashes: blender leads to /go/blender." />
      <${Field} ...${input("destination")} label="Destination" type="url" required spellcheck="false" hint="The affiliate address, exactly as the network gave it." />
      <div class="columns">
        <${Field} ...${input("title")} label="Title" />
        <${Field} ...${input("merchant")} label="Merchant" />
      </div>
      <div class="columns">
        <${Field} id="link-network" label="Network" error=${errorOf("network")}>${(field) => html`<select ...${field} value=${values.network}
          onChange=${(event) => setValues({ ...values, network: event.currentTarget.value })}>
          <option value="" selected=${values.network === ""}>${isNew ? "Told by the destination" : "None"}</option>
          ${networksWith(values.network).map(([id, name]) => html`<option key=${id} value=${id} selected=${values.network === id}>${name}</option>`)}
        </select>`}</${Field}>
        <${Field} ...${input("match_url")} label="Stands for" type="url" spellcheck="false" hint="The address in your pages, when it differs from the destination." />
      </div>
      <div class="form-actions">
        <button type="submit" class="button primary" disabled=${busy}>${isNew ? "Add link" : "Save"}</button>
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
      </div>
    </form>
  </${Dialog}>`;
}

/** Fields left empty are left to the server. */
const given = (values) => Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== "" || name === "slug" || name === "destination"));

function networksWith(current) {
  const known = Object.entries(kNetworks);
  return !current || current in kNetworks ? known : [...known, [current, current]];
}
