// What is done with the links that are chosen, all at once.
import { html, useState } from "../lib/dom.js";
import { formatCount, plural } from "../lib/format.js";

/** `all`: the rows shown; `onSet({member: value})`. */
export function BulkBar({ all, picked, onPick, onSet, editable }) {
  const [name, setName] = useState("state");
  const [value, setValue] = useState("disabled");
  const choose = (next) => {
    setName(next);
    setValue(next === "state" ? "disabled" : "");
  };
  const apply = (event) => {
    event.preventDefault();
    onSet({ [name]: name === "expires_at" && value === "" ? null : value });
  };
  const whole = picked.length === all.length;
  return html`<form class="bulk" aria-label="Edit several links" onSubmit=${apply}>
    <label class="check"><input type="checkbox" checked=${whole && all.length > 0} onChange=${(event) => onPick(event.currentTarget.checked ? all : [])} /> All ${formatCount(all.length)} shown</label>
    <span class="soft" role="status">${picked.length > 0 ? `${plural(picked.length, "link")} chosen` : ""}</span>
    ${picked.length > 0 && html`
      <label>Set <select value=${name} onChange=${(event) => choose(event.currentTarget.value)}>${editable.map((each) => html`<option key=${each.name} value=${each.name} selected=${each.name === name}>${each.label}</option>`)}</select></label>
      ${name === "state"
        ? html`<label>to <select value=${value} onChange=${(event) => setValue(event.currentTarget.value)}><option value="disabled">Disabled</option><option value="enabled">Enabled</option></select></label>`
        : html`<label>to <input type=${name === "expires_at" ? "datetime-local" : "text"} value=${value} autocomplete="off" onInput=${(event) => setValue(event.currentTarget.value)} /></label>`}
      <button type="submit" class="button small">Change ${plural(picked.length, "link")}</button>`}
  </form>`;
}
