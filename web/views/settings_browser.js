// How the dashboard behaves in this browser.
import { App, html, useContext, useState } from "../lib/dom.js";
import { setShortcuts, shortcutsOn } from "../lib/keys.js";
import { kThemes, setTheme, themeOf } from "../lib/theme.js";
import { Field, Panel } from "../parts/basics.js";

export function BrowserPanel() {
  const { openHelp } = useContext(App);
  const [keys, setKeys] = useState(shortcutsOn());
  const [theme, choose] = useState(themeOf());
  return html`<${Panel} id="browser" title="This browser">
    <div class="form narrow">
      <${Field} id="theme" label="Colours">${(field) => html`<select ...${field} value=${theme} onChange=${(event) => {
        choose(event.currentTarget.value);
        setTheme(event.currentTarget.value);
      }}>${kThemes.map((each) => html`<option key=${each.id} value=${each.id} selected=${theme === each.id}>${each.label}</option>`)}</select>`}</${Field}>
      <label class="check"><input type="checkbox" checked=${keys} onChange=${(event) => {
        setShortcuts(event.currentTarget.checked);
        setKeys(event.currentTarget.checked);
      }} /> Shortcuts of single keys</label>
    </div>
    <p><button type="button" class="text-button" onClick=${openHelp}>Show the shortcuts</button></p>
  </${Panel}>`;
}
