// Chooses the days that a view is about; the choice is the address.
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { dayAt, kDefaultPreset, kPresets, readRange } from "../lib/ranges.js";
import { formatHash } from "../lib/state.js";
import { Icon } from "./basics.js";

/** The range the address asks for, with today's day in the site's zone. */
export function useRange() {
  const { route, zone } = useContext(App);
  const today = dayAt(Date.now(), zone);
  return { ...readRange(route.params, today), today };
}

export function RangePicker({ range }) {
  const { route, setParams } = useContext(App);
  const [open, setOpen] = useState(range.preset === "custom");
  const [days, setDays] = useState({ from: range.from, to: range.to });
  useEffect(() => {
    setDays({ from: range.from, to: range.to });
    if (range.preset !== "custom") setOpen(false);
  }, [range.preset, range.from, range.to]);

  const link = (id) =>
    formatHash(route.path, {
      ...route.params,
      range: id === kDefaultPreset ? undefined : id,
      from: undefined,
      to: undefined,
    });
  const apply = (event) => {
    event.preventDefault();
    setParams({ range: undefined, from: days.from, to: days.to });
  };

  return html`<div class="range">
    <nav class="segments" aria-label="Days shown">
      ${kPresets.map((preset) => html`<a key=${preset.id} href=${link(preset.id)}
        aria-current=${range.preset === preset.id ? "true" : undefined}>${preset.label}</a>`)}
      <button type="button" aria-expanded=${open ? "true" : "false"}
        aria-pressed=${range.preset === "custom" ? "true" : "false"} onClick=${() => setOpen(!open)}>Custom</button>
    </nav>
    ${open &&
    html`<form class="range-custom" onSubmit=${apply}>
      <label>From <input type="date" required max=${days.to || range.today} value=${days.from}
        onInput=${(event) => setDays({ ...days, from: event.currentTarget.value })} /></label>
      <label>to <input type="date" required max=${range.today} value=${days.to}
        onInput=${(event) => setDays({ ...days, to: event.currentTarget.value })} /></label>
      <button type="submit" class="button small">Show</button>
    </form>`}
    ${range.error && html`<p class="error" role="alert"><${Icon} name="error" />${range.error}</p>`}
  </div>`;
}
