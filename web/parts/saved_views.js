// The list of kept views below the navigation, and the way to keep the one that is shown.
import { App, html, useContext, useState } from "../lib/dom.js";
import { dropView, keepView, listViews } from "../lib/saved_views.js";
import { Dialog, Field, Icon } from "./basics.js";

export function SavedViews() {
  const { toast } = useContext(App);
  const [views, setViews] = useState(listViews);
  const [naming, setNaming] = useState(false);
  const here = location.hash;

  function keep(name) {
    setNaming(false);
    if (!keepView({ name, hash: here }, localStorage)) toast({ text: "This browser keeps nothing: allow it to store data for this page." });
    setViews(listViews());
  }
  function drop(view) {
    dropView(view.name);
    setViews(listViews());
    toast({
      text: `The view ${view.name} is gone.`,
      undo: () => {
        keepView(view);
        setViews(listViews());
      },
    });
  }

  return html`<div class="saved">
    ${views.length > 0 && html`<ul aria-label="Saved views">
      ${views.map((view) => html`<li key=${view.name} class="saved-view">
        <a href=${view.hash} aria-current=${view.hash === here ? "true" : undefined}>${view.name}</a>
        <button type="button" class="button quiet icon-only" aria-label=${`Remove the view ${view.name}`} onClick=${() => drop(view)}><${Icon} name="close" /></button>
      </li>`)}
    </ul>`}
    <button type="button" class="text-button" onClick=${() => setNaming(true)}>Save this view</button>
    ${naming && html`<${NameDialog} onClose=${() => setNaming(false)} onName=${keep} />`}
  </div>`;
}

function NameDialog({ onClose, onName }) {
  const [name, setName] = useState("");
  const save = (event) => {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  };
  return html`<${Dialog} title="Save this view" onClose=${onClose}>
    <form class="form" onSubmit=${save}>
      <${Field} id="view-name" label="Name" required maxlength="60" autocomplete="off" autofocus value=${name} hint="Days, filters, order and comparison are kept, in this browser."
        onInput=${(event) => setName(event.currentTarget.value)} />
      <div class="form-actions"><button type="submit" class="button primary">Save</button><button type="button" class="button" onClick=${onClose}>Cancel</button></div>
    </form>
  </${Dialog}>`;
}
