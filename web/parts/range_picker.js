// Chooses the days that a view is about, and the days they are compared with; the choice is the address.
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { formatDay } from "../lib/format.js";
import { dayAt, daysBefore, kComparisons, kDefaultPreset, kMorePresets, kPresets, neighbour, readComparison, readRange } from "../lib/ranges.js";
import { formatHash } from "../lib/state.js";
import { Icon } from "./basics.js";

/**
 * The range the address asks for: {preset, from, to, error, today, compare, before: {from, to} or null}, days of the site's
 * zone. `compare` is what GET /api/v1/reports takes.
 */
export function useRange() {
  const { route, zone } = useContext(App);
  const today = dayAt(Date.now(), zone);
  const range = readRange(route.params, today);
  const compare = readComparison(route.params);
  return { ...range, today, compare, before: daysBefore(range.from, range.to, compare) };
}

export const spanText = ({ from, to }) => (from === to ? formatDay(from) : `${formatDay(from, { year: from.slice(0, 4) !== to.slice(0, 4) })} – ${formatDay(to)}`);

/** `compares`: the view shows the days before beside its own. */
export function RangePicker({ range, compares = false }) {
  const { route } = useContext(App);
  const [open, setOpen] = useState(false);
  const main = kPresets.some((each) => each.id === range.preset);
  useEffect(() => setOpen(false), [range.preset, range.from, range.to]);

  const address = (change) => formatHash(route.path, { ...route.params, ...change });
  const preset = (id) => address({ range: id === kDefaultPreset ? undefined : id, from: undefined, to: undefined });
  const link = (each) => html`<a key=${each.id} href=${preset(each.id)} aria-current=${range.preset === each.id ? "true" : undefined}>${each.label}</a>`;

  return html`<div class="range" data-range=${compares ? "compared" : "alone"}>
    <div class="range-line">
      <${Step} range=${range} direction=${-1} label="The days before" address=${address} />
      <nav class="segments" aria-label="Days shown">
        ${kPresets.map(link)}
        <button type="button" id="range-more" aria-expanded=${open ? "true" : "false"} aria-controls="range-panel"
          aria-pressed=${main ? "false" : "true"} onClick=${() => setOpen(!open)}>${main ? "More" : (kMorePresets.find((each) => each.id === range.preset)?.label ?? "Custom")}</button>
      </nav>
      <${Step} range=${range} direction=${1} label="The days after" address=${address} />
    </div>
    <p class="range-said">${spanText(range)}${compares && range.before && html`<span class="soft"> compared with ${spanText(range.before)}</span>`}</p>
    ${open && html`<div id="range-panel" class="range-panel">
      <nav class="segments" aria-label="More stretches of days">${kMorePresets.map(link)}</nav>
      <${Days} range=${range} />
      ${compares && html`<nav class="segments" aria-label="Compared with">
        <span class="segments-name" aria-hidden="true">Compare with</span>
        ${kComparisons.map((each) => html`<a key=${each.id} href=${address({ compare: each.id === "previous" ? undefined : each.id })}
          aria-current=${range.compare === each.id ? "true" : undefined}>${each.label}</a>`)}
      </nav>`}
    </div>`}
    ${range.error && html`<p class="error" role="alert"><${Icon} name="error" />${range.error}</p>`}
  </div>`;
}

function Step({ range, direction, label, address }) {
  const next = neighbour(range, direction, range.today);
  const sign = direction < 0 ? "M10 3.5L5.5 8l4.5 4.5" : "M6 3.5L10.5 8 6 12.5";
  const icon = html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${sign} /></svg>`;
  if (!next) return html`<span class="button quiet icon-only range-step" aria-hidden="true">${icon}</span>`;
  return html`<a class="button quiet icon-only range-step" aria-label=${`${label}: ${spanText(next)}`} href=${address({ range: undefined, ...next })}>${icon}</a>`;
}

function Days({ range }) {
  const { setParams } = useContext(App);
  const [days, setDays] = useState({ from: range.from, to: range.to });
  const apply = (event) => {
    event.preventDefault();
    setParams({ range: undefined, from: days.from, to: days.to });
  };
  const field = (name, label, most) => html`<label>${label} <input type="date" name=${name} required max=${most} value=${days[name]}
    onInput=${(event) => setDays({ ...days, [name]: event.currentTarget.value })} /></label>`;
  return html`<form class="range-custom" onSubmit=${apply}>
    ${field("from", "From", days.to || range.today)}
    ${field("to", "to", range.today)}
    <button type="submit" class="button small">Show</button>
  </form>`;
}
