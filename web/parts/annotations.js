// The form of one annotation.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { Dialog, Field, Problem } from "./basics.js";

const kFields = ["text", "from", "to", "article"];

/** `annotation`: the one to edit, or what a new one begins with. */
export function AnnotationDialog({ annotation, onClose, onSaved }) {
  const { api } = useContext(App);
  const isNew = !annotation.id;
  const [values, setValues] = useState(() => Object.fromEntries(kFields.map((name) => [name, annotation[name] ?? ""])));
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const input = (name) => ({
    id: `annotation-${name}`,
    name,
    value: values[name],
    error: problem?.field === name ? problem.detail || problem.title : "",
    autocomplete: "off",
    onInput: (event) => setValues({ ...values, [name]: event.currentTarget.value }),
  });
  async function save(event) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const body = { ...values, to: values.to || values.from };
    try {
      onSaved(isNew
        ? await api.send("POST", apiPath("/annotations"), body)
        : await api.send("PATCH", apiPath(`/annotations/${annotation.id}`), body, { version: annotation.version }));
    } catch (failed) {
      setProblem(failed);
      setBusy(false);
      document.getElementById(`annotation-${failed.field}`)?.focus();
    }
  }
  return html`<${Dialog} title=${isNew ? "Annotate days" : "Edit the annotation"} onClose=${onClose}>
    <form class="form" onSubmit=${save} novalidate>
      ${problem && !kFields.includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <${Field} ...${input("text")} label="What happened" required maxlength="500" hint="It stands on charts and in their tables: a new theme, a sale, a mail to readers." />
      <div class="columns">
        <${Field} ...${input("from")} label="First day" type="date" required />
        <${Field} ...${input("to")} label="Last day" type="date" hint="Empty: one day." />
      </div>
      <${Field} ...${input("article")} label="Article" spellcheck="false" autocapitalize="none" placeholder="/best-blenders/" hint="Its path; empty: the whole site." />
      <div class="form-actions">
        <button type="submit" class="button primary" disabled=${busy}>${isNew ? "Annotate" : "Save"}</button>
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
      </div>
    </form>
  </${Dialog}>`;
}
