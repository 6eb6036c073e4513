// What needs attention, what was clicked, what it earned: problems before numbers.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatCount, formatSpan, formatTime, kVerdicts, plural } from "../lib/format.js";
import { currenciesOf, lineOf, micro, percent, share } from "../lib/money.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange, routeOfHref } from "../lib/state.js";
import { Empty, Freshness, Icon, Loaded, Money, MoneyLines, PageHead, Panel } from "../parts/basics.js";
import { ClicksTable } from "../parts/clicks_table.js";
import { DaysChart } from "../parts/days_chart.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const kSeverity = { error: "Error", warn: "Warning", info: "Note" };

export function OverviewView() {
  const { zone } = useContext(App);
  const range = useRange();
  const overview = useResource(apiPath("/overview", { from: range.from, to: range.to }), { every: kPollMs });

  return html`
    <${PageHead} title="Overview" lead=${`Days in ${zone}`}>
      <${RangePicker} range=${range} />
    </${PageHead}>
    <${Freshness} resource=${overview} format=${(at) => formatTime(at, zone, { seconds: true, day: false })} />
    <${Loaded} resource=${overview} lines=${8}>${(data) => html`<${Content} data=${data} range=${range} />`}</${Loaded}>`;
}

function Content({ data, range }) {
  const { setParams, route } = useContext(App);
  const nothing = data.clicks.gross === 0 && data.revenue.length === 0 && data.recent.length === 0;
  return html`
    <${Attention} problems=${data.problems} outages=${data.outages} zone=${data.zone} />
    ${nothing && html`<${FirstSteps} front=${data.front} />`}
    <${Figures} data=${data} />
    ${data.clicks.gross > 0 &&
    html`<${Panel} id="days" title="Clicks per day">
      <${DaysChart} id="overview-days" from=${data.from} to=${data.to} today=${range.today} days=${data.days}
        onSelect=${(from, to) => setParams({ range: undefined, from, to })} />
    </${Panel}>`}
    <${Revenue} data=${data} />
    <${Panel} id="recent" title="Latest clicks"
      actions=${html`<a href=${formatHash("/clicks", { all: "1" })}>All clicks</a>`}>
      ${data.recent.length > 0
        ? html`<${ClicksTable} clicks=${data.recent} zone=${data.zone} caption="Latest clicks, newest first"
            whyHref=${(click) => formatHash("/clicks", { all: "1", why: click.id, ...keepRange(route.params) })} />`
        : html`<${Empty} title="No click yet"><p>A click on a link of yours shows here within ten seconds.</p></${Empty}>`}
    </${Panel}>
    <${Front} front=${data.front} zone=${data.zone} />`;
}

/** Problems, then the times in which nothing could be counted. */
function Attention({ problems, outages, zone }) {
  if (problems.length === 0 && outages.length === 0)
    return html`<p class="notice tone-ok"><${Icon} name="ok" /><span>Nothing needs your attention.</span></p>`;
  return html`<${Panel} id="attention" title="Needs attention" tone="attention">
    <ul class="problems">
      ${problems.map((each, n) => html`<li key=${`${each.kind}${n}`} class=${`tone-${each.severity}`}>
        <${Icon} name=${each.severity} />
        <div>
          <p><span class="severity">${kSeverity[each.severity] ?? each.severity}</span> ${each.message}</p>
          ${each.fix && html`<p class="fix">${each.fix}</p>`}
        </div>
        ${routeOfHref(each.href) && html`<a class="button small" href=${routeOfHref(each.href)} aria-label=${`Show: ${each.message}`}>Show</a>`}
      </li>`)}
      ${outages.map((each) => html`<li key=${each.from_ms} class="tone-info">
        <${Icon} name="info" />
        <div>
          <p><span class="severity">Not counted</span> ${formatTime(each.from_ms, zone)} – ${formatTime(each.to_ms, zone)} (${formatSpan(each.from_ms, each.to_ms)})</p>
          <p class="fix">${each.orderly ? "Candor was stopped in an orderly way." : "Candor ended without an orderly stop."} Clicks in this time are in no number here.</p>
        </div>
      </li>`)}
    </ul>
  </${Panel}>`;
}

function FirstSteps({ front }) {
  return html`<${Panel} id="first" title="First steps">
    <ol class="steps">
      <li><a href="#/links">Add a link</a>, or let <code>candor inject</code> find the ones in your pages.</li>
      <li>${front.running ? "Open its address once: the click shows here within ten seconds." : "Start the redirects with candor serve."}</li>
      <li><a href="#/imports">Import a network's report</a> to see what it earned.</li>
    </ol>
  </${Panel}>`;
}

function Figures({ data }) {
  const { clicks } = data;
  const currencies = currenciesOf([data.revenue, data.unattributed], data.revenue);
  const left = Object.entries(clicks.by_verdict ?? {}).filter(([name, count]) => name !== "human" && count > 0);
  return html`<dl class="figures">
    <div>
      <dt>Human clicks</dt>
      <dd class="figure">${formatCount(clicks.net)}</dd>
      <dd class="figure-note">of ${plural(clicks.gross, "request")}${left.length > 0 && html`; left out: ${left
        .map(([name, count]) => `${formatCount(count)} ${(kVerdicts[name]?.label ?? name).toLowerCase().replace("head", "HEAD")}`)
        .join(", ")}`}</dd>
    </div>
    <div>
      <dt>Earned</dt>
      <dd class="figure"><${MoneyLines} lines=${data.revenue} field="earned_micro" currencies=${currencies} /></dd>
      <dd class="figure-note">pending, approved and paid; ${plural(data.revenue.reduce((sum, line) => sum + (line.orders ?? 0), 0), "order")}</dd>
    </div>
    <div>
      <dt>Earned per click</dt>
      <dd class="figure"><${MoneyLines} lines=${data.revenue} field="epc_micro" currencies=${currencies} /></dd>
      <dd class="figure-note">per human click (EPC)</dd>
    </div>
    <div>
      <dt>Unattributed</dt>
      <dd class="figure"><${MoneyLines} lines=${data.unattributed} field="earned_micro" currencies=${currencies} /></dd>
      <dd class="figure-note">${data.unattributed.length > 0
        ? currencies
            .filter((currency) => lineOf(data.unattributed, currency))
            .map((currency) => `${percent(lineOf(data.unattributed, currency).earned_micro, lineOf(data.revenue, currency)?.earned_micro) || "–"} of ${currency}`)
            .join(", ")
        : "every order has its article"}</dd>
    </div>
  </dl>`;
}

const kStatuses = ["paid", "approved", "pending", "reversed"];

function Revenue({ data }) {
  const { route } = useContext(App);
  const currencies = currenciesOf([data.revenue, data.unattributed], data.revenue);
  return html`<${Panel} id="revenue" title="Revenue by status"
    actions=${html`<a href=${formatHash("/articles", keepRange(route.params))}>By article</a>`}>
    ${currencies.length === 0
      ? html`<${Empty} title="No revenue in these days"><p><a href="#/imports">Import a network's report</a> to see it here.</p></${Empty}>`
      : html`<div class="table-box"><table class="data">
          <caption class="visually-hidden">Revenue by currency and status</caption>
          <thead><tr>
            <th scope="col">Currency</th>
            ${kStatuses.map((status) => html`<th key=${status} scope="col" class="num">${title(status)}</th>`)}
            <th scope="col" class="num">Earned</th>
            <th scope="col" class="num">of it unattributed</th>
            <th scope="col" class="num">Orders</th>
          </tr></thead>
          <tbody>
            ${currencies.map((currency) => html`<${RevenueRow} key=${currency} currency=${currency} data=${data} />`)}
          </tbody>
        </table></div>
        <p class="bar-keys" aria-hidden="true">${kStatuses.slice(0, 3).map((status) => html`<span key=${status}><i class=${`bar-${status}`}></i>${title(status)}</span>`)}</p>`}
  </${Panel}>`;
}

function RevenueRow({ currency, data }) {
  const line = lineOf(data.revenue, currency) ?? { currency, earned_micro: 0, orders: 0 };
  const total = kStatuses.slice(0, 3).reduce((sum, status) => {
    const part = micro(line[`${status}_micro`]);
    return part > 0n ? sum + part : sum;
  }, 0n);
  return html`<tr>
    <th scope="row" data-label="Currency">${currency}
      <span class="bar" aria-hidden="true">
        ${kStatuses.slice(0, 3).map((status) => html`<i key=${status} class=${`bar-${status}`} style=${{ width: `${share(line[`${status}_micro`], total)}%` }}></i>`)}
      </span>
    </th>
    ${kStatuses.map((status) => html`<td key=${status} class="num" data-label=${title(status)}><${Money} value=${line[`${status}_micro`]} currency=${currency} /></td>`)}
    <td class="num strong" data-label="Earned"><${Money} value=${line.earned_micro} currency=${currency} /></td>
    <td class="num" data-label="of it unattributed"><${Money} value=${lineOf(data.unattributed, currency)?.earned_micro} currency=${currency} /></td>
    <td class="num" data-label="Orders">${formatCount(line.orders)}</td>
  </tr>`;
}

const title = (word) => word[0].toUpperCase() + word.slice(1);

/** The promise in figures: no answered click is lost silently. */
function Front({ front, zone }) {
  if (front.accepted === undefined)
    return html`<${Panel} id="front" title="Redirects"><p class="front-note tone-warn"><${Icon} name="warn" />
      <span>The redirects are not running. Start them: <code>candor serve</code></span></p></${Panel}>`;
  const adds = front.accepted === front.recorded + front.unrecorded + front.shed;
  const lost = front.unrecorded + front.shed;
  return html`<${Panel} id="front" title="Redirects">
    <p class="equation">
      <span><b>${formatCount(front.accepted)}</b> accepted</span> <span aria-hidden="true">=</span><span class="visually-hidden">are</span>
      <span><b>${formatCount(front.recorded)}</b> recorded</span> <span aria-hidden="true">+</span>
      <span class=${front.unrecorded > 0 ? "tone-warn" : ""}><b>${formatCount(front.unrecorded)}</b> unrecorded</span> <span aria-hidden="true">+</span>
      <span class=${front.shed > 0 ? "tone-warn" : ""}><b>${formatCount(front.shed)}</b> shed</span>
    </p>
    <p class=${`front-note tone-${adds && lost === 0 ? "ok" : "warn"}`}>
      <${Icon} name=${adds && lost === 0 ? "ok" : "warn"} />
      <span>${!adds
        ? "The sum does not add up: please report this as a defect."
        : lost === 0
          ? "Every answered request is on disk."
          : "Readers were redirected, but these requests are in no click number."}
      ${front.running ? ` Running since ${formatTime(front.started_at_ms, zone)}.` : " Not running now."}
      ${front.not_found > 0 ? ` ${plural(front.not_found, "request")} for unknown links.` : ""}</span>
    </p>
  </${Panel}>`;
}
