// What needs attention, what was clicked, what it earned: problems before numbers.
import { apiPath } from "../lib/api.js";
import { perOf } from "../lib/day_rows.js";
import { App, html, useContext, useMemo } from "../lib/dom.js";
import { formatCount, formatDay, formatTime, plural } from "../lib/format.js";
import { daysBeforeOf, kpisOf } from "../lib/kpi.js";
import { lazy } from "../lib/lazy.js";
import { currenciesOf, lineOf, micro, percent, share } from "../lib/money.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { useMarks } from "../lib/marks.js";
import { Attention } from "../parts/attention.js";
import { Empty, Freshness, Icon, Loaded, Money, MoneyLines, PageHead, Panel } from "../parts/basics.js";
import { ClicksTable } from "../parts/clicks_table.js";
import { DaysChart } from "../parts/days_chart.js";
import { KpiCard } from "../parts/kpi_cards.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const FirstSteps = lazy(() => import("../parts/first_steps.js"), "FirstSteps");
const kReportMs = 60000;

export function OverviewView() {
  const { zone } = useContext(App);
  const range = useRange();
  const days = { from: range.from, to: range.to };
  const overview = useResource(apiPath("/overview", days), { every: kPollMs });
  const report = useResource(apiPath("/reports", { by: perOf(range.from, range.to), compare: range.compare, ...days }), { every: kReportMs });

  return html`
    <${PageHead} title="Overview" lead=${`Days in ${zone}`}>
      <${RangePicker} range=${range} compares />
    </${PageHead}>
    <${Freshness} resource=${overview} format=${(at) => formatTime(at, zone, { seconds: true, day: false })} />
    <${Loaded} resource=${overview} lines=${8}>${(data) => html`<${Content} data=${data} days=${report.stale ? null : report.data} range=${range} onRan=${overview.refresh} />`}</${Loaded}>`;
}

function Content({ data, days, range, onRan }) {
  const { setParams, route } = useContext(App);
  const marks = useMarks({ from: data.from, to: data.to });
  const before = useMemo(() => (days ? daysBeforeOf(days) : null), [days]);
  const nothing = data.clicks.gross === 0 && data.revenue.length === 0 && data.recent.length === 0;
  return html`
    <${Attention} problems=${data.problems} outages=${data.outages} zone=${data.zone} onRan=${onRan} />
    <${FirstSteps} always=${nothing} />
    ${!nothing && html`<${Figures} data=${data} days=${days} range=${range} />`}
    ${data.clicks.gross > 0 &&
    html`<${Panel} id="days" title="Clicks per day"
      actions=${html`<a href=${formatHash("/annotations", keepRange(route.params))}>Annotations</a>`}>
      <${DaysChart} id="overview-days" from=${data.from} to=${data.to} today=${range.today} days=${data.days} before=${before} marks=${marks}
        onSelect=${(from, to) => setParams({ range: undefined, from, to })} />
    </${Panel}>`}
    <${Revenue} data=${data} />
    <${Panel} id="recent" title="Live clicks"
      actions=${html`<a href=${formatHash("/clicks", { all: "1" })}>All clicks</a>`}>
      ${data.recent.length > 0
        ? html`<${ClicksTable} clicks=${data.recent} zone=${data.zone} caption="Latest clicks, newest first"
            whyHref=${(click) => formatHash("/clicks", { all: "1", why: click.id, ...keepRange(route.params) })} />`
        : html`<${Empty} title="No click yet"><p>A click on a link of yours shows here within ten seconds.</p></${Empty}>`}
    </${Panel}>
    <${Front} front=${data.front} zone=${data.zone} />`;
}

/** Whole days are compared with whole days: the running one belongs to neither. */
function Figures({ data, days, range }) {
  const { params } = useContext(App).route;
  const { clicks } = data;
  const currencies = currenciesOf([data.revenue, data.unattributed], data.revenue);
  const kpis = days ? kpisOf(days, currencies[0]) : null;
  const unfinished = range.to >= range.today;
  const left = Object.entries(clicks.by_verdict ?? {}).filter(([name, count]) => name !== "human" && count > 0);
  const compared = days?.before_from ? `${formatDay(days.before_from)} to ${formatDay(days.before_to)}` : "";
  return html`<dl class="figures">
    <${KpiCard} label="Human clicks" value=${formatCount(clicks.net)} kpi=${kpis?.clicks} unfinished=${unfinished}
      note=${html`of ${plural(clicks.gross, "request")}${left.length > 0 && html`; <a href=${formatHash("/clicks", keepRange(params))}>${formatCount(clicks.gross - clicks.net)} left out</a>`}`} />
    <${KpiCard} label="Earned" value=${html`<${MoneyLines} lines=${data.revenue} field="earned_micro" currencies=${currencies} />`} kpi=${currencies[0] && kpis?.earned} unfinished=${unfinished}
      note=${`pending, approved and paid; ${plural(data.revenue.reduce((sum, line) => sum + (line.orders ?? 0), 0), "order")}`} />
    <${KpiCard} label="Earned per click" help="EPC" value=${html`<${MoneyLines} lines=${data.revenue} field="epc_micro" currencies=${currencies} />`} kpi=${currencies[0] && kpis?.epc} unfinished=${unfinished}
      note="per human click (EPC)" />
    <${KpiCard} label="Earned per 1,000 views" help="RPM" value=${kpis && kpis.rpm.now !== null ? html`<${Money} value=${kpis.rpm.now} currency=${currencies[0]} />` : "n/a"} kpi=${kpis && kpis.rpm.now !== null && kpis.rpm} unfinished=${unfinished}
      note=${kpis && kpis.rpm.now === null ? "Pages do not tell of views (the beacon is off, or new)." : "per thousand views (RPM)"} />
    <${KpiCard} label="Unattributed" value=${html`<${MoneyLines} lines=${data.unattributed} field="earned_micro" currencies=${currencies} />`}
      note=${data.unattributed.length > 0
        ? currencies
            .filter((currency) => lineOf(data.unattributed, currency))
            .map((currency) => `${percent(lineOf(data.unattributed, currency).earned_micro, lineOf(data.revenue, currency)?.earned_micro) || "–"} of ${currency}`)
            .join(", ")
        : "every order has its article"} />
  </dl>
  ${compared && html`<p class="hint">Compared with ${compared}${currencies[0] ? `; lines and changes of money are of ${currencies[0]}` : ""}.</p>`}`;
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
