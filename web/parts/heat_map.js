// A sketch of an article's page with its paid links, the hotter the more clicked, beside the same numbers as a table.
import { html } from "../lib/dom.js";
import { formatCount, networkName, plural } from "../lib/format.js";
import { heatRows, strips } from "../lib/heatmap.js";
import { currenciesOf, lineOf } from "../lib/money.js";
import { formatHash } from "../lib/state.js";
import { Money } from "./basics.js";

export function HeatMap({ links, places, range }) {
  const { rows, total } = heatRows(links, places);
  const currencies = currenciesOf([total.revenue], total.revenue);
  const placed = rows.filter((row) => row.placement > 0);
  return html`<figure class="heat" aria-labelledby="heat-caption">
    <figcaption id="heat-caption"><span class="chart-sums"><strong>${plural(total.clicks, "human click")}</strong> on ${plural(placed.length, "link")}, from the top of the page to its end${currencies.length > 0 && html`; ${currencies.map((currency, n) => html`${n > 0 && ", "}<${Money} value=${lineOf(total.revenue, currency)?.earned_micro} currency=${currency} />`)} earned`}</span></figcaption>
    <div class="heat-body">
      <${Sketch} rows=${placed} />
      <div class="table-box heat-table"><table class="data">
        <caption class="visually-hidden">Paid links in page order, with clicks and earned money</caption>
        <thead><tr><th scope="col">Link</th><th scope="col" class="num">Clicks</th><th scope="col" class="num">Requests</th>${currencies.map((currency) => html`<th key=${currency} scope="col" class="num">Earned ${currency}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr key=${row.placement}>
          <th scope="row" class="wide" data-label="Link"><${Place} row=${row} range=${range} /></th>
          <td class="num" data-label="Clicks">${formatCount(row.clicks)}</td>
          <td class="num" data-label="Requests">${formatCount(row.gross)}</td>
          ${currencies.map((currency) => html`<td key=${currency} class="num" data-label=${`Earned ${currency}`}><${Money} value=${lineOf(row.revenue, currency)?.earned_micro} currency=${currency} /></td>`)}
        </tr>`)}</tbody>
        <tfoot><tr><th scope="row">Total</th><td class="num" data-label="Clicks">${formatCount(total.clicks)}</td><td class="num" data-label="Requests">${formatCount(total.gross)}</td>
          ${currencies.map((currency) => html`<td key=${currency} class="num" data-label=${`Earned ${currency}`}><${Money} value=${lineOf(total.revenue, currency)?.earned_micro} currency=${currency} /></td>`)}</tr></tfoot>
      </table></div>
    </div>
  </figure>`;
}

function Place({ row, range }) {
  if (row.placement === 0) return html`<span class="row-title">No place known</span><span class="soft">the click or the network's report does not say</span>`;
  const number = html`<span class="heat-number">${row.placement}</span> `;
  if (!row.link) return html`<span class="row-title">${number}No link there now</span>`;
  const { slug, href, network } = row.link;
  return html`<span class="row-title">${number}${slug ? html`<a href=${formatHash("/links/detail", { slug, ...range })}>${slug}</a>` : "Direct link, not redirected"}</span>
    <span class="soft">${networkName(network)}</span> <code class="url">${href}</code>`;
}

const kHeight = 240;

/** Lines of text, and where among them each link stands. */
function Sketch({ rows }) {
  const places = strips(rows.length, kHeight - 40);
  return html`<svg class="sketch" viewBox=${`0 0 120 ${kHeight}`} aria-hidden="true" focusable="false">
    <rect class="sketch-page" x="1" y="1" width="118" height=${kHeight - 2} rx="4" />
    <path class="sketch-title" d="M10 14H80" />
    ${Array.from({ length: 25 }, (_, n) => html`<path key=${n} class="sketch-text" d=${`M10 ${30 + n * 8}H${n % 5 === 4 ? 70 : 110}`} />`)}
    ${rows.map((row, n) => html`<g key=${row.placement}>
      <rect class="sketch-link" x="10" y=${26 + places[n].y} width="100" height=${places[n].height} rx="1.5" fill-opacity=${(0.12 + 0.88 * row.heat).toFixed(2)} />
      ${places[n].height >= 7 && html`<text class="sketch-number" x="5" y=${26 + places[n].y + places[n].height / 2 + 2.4}>${row.placement}</text>`}
    </g>`)}
  </svg>`;
}
