// Which currency a report's money is told in, kept in the address.
import { App, html, useContext } from "../lib/dom.js";
import { formatDay, plural } from "../lib/format.js";
import { currenciesOfReport } from "../lib/reports.js";
import { Icon, Money } from "./basics.js";

/** The address's currency, or undefined: each in its own. */
export const chosenCurrency = (params) => (/^[A-Z]{3}$/.test(params.currency ?? "") ? params.currency : undefined);

export function CurrencyChoice({ data }) {
  const { route, setParams } = useContext(App);
  const chosen = chosenCurrency(route.params);
  const known = [...new Set([chosen, ...currenciesOfReport(data), "EUR"])].filter(Boolean).sort();
  return html`<span class="as-known">
    <label for="told-in">Told in</label>
    <select id="told-in" value=${chosen ?? ""} onChange=${(event) => setParams({ currency: event.currentTarget.value || undefined })}>
      <option value="">each its own currency</option>
      ${known.map((each) => html`<option key=${each} value=${each}>${each}</option>`)}
    </select>
  </span>`;
}

/** By what the amounts were converted, and what was not. */
export function ConversionNote({ conversion }) {
  if (!conversion) return null;
  return html`<p class="hint">In ${conversion.currency} by the European Central Bank's rates of each commission's day, or the last ones before it, at most ten days back: ${plural(conversion.rates.length, "rate")} used.</p>
    ${conversion.unconverted.map((line) => html`<p key=${line.currency} class="notice tone-warn" role="status"><${Icon} name="warn" /><span>Not converted, in lines of its own: <${Money} value=${line.amount_micro} currency=${line.currency} /> of all statuses, ${formatDay(line.from)} to ${formatDay(line.to)}, for which no rate is imported.</span></p>`)}`;
}
