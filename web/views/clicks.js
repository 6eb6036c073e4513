// The clicks: how many requests came, which of them count and why, and the log of them.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatCount, formatTime, kVerdicts, plural } from "../lib/format.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { clearFilters, formatHash } from "../lib/state.js";
import { rulesOf, waterfall } from "../lib/waterfall.js";
import { Empty, Freshness, Icon, Loaded, PageHead, Panel } from "../parts/basics.js";
import { ClicksTable, Explanation } from "../parts/clicks_table.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const kPage = 50;
const kDevices = ["desktop", "mobile", "tablet", "tv", "unknown"];
const kFilters = ["verdict", "reason", "link", "article", "country", "device"];

export function ClicksView() {
  const { route, zone } = useContext(App);
  const range = useRange();
  const { all, before, why, rules } = route.params;
  const filters = Object.fromEntries(kFilters.map((name) => [name, route.params[name]]));
  const days = { from: range.from, to: range.to };
  const narrow = { link: filters.link, article: filters.article, country: filters.country, device: filters.device };
  const flow = useResource(apiPath("/clicks/slices", { by: "verdict", ...days, ...narrow }));
  const clicks = useResource(
    apiPath("/clicks", { limit: kPage, all: all || filters.verdict || filters.reason ? 1 : undefined, before, ...days, ...filters }),
    { every: before ? 0 : kPollMs },
  );
  const address = (change) => formatHash("/clicks", { ...route.params, ...change });
  const listed = clicks.data?.data.some((click) => click.id === why);

  return html`
    <${PageHead} title="Clicks" lead="Every request for a link, kept with the reason why it counts or not.">
      <${RangePicker} range=${range} />
    </${PageHead}>
    <${Panel} id="flow" title="From requests to clicks" note=${narrowText(narrow)}>
      <${Loaded} resource=${flow} lines=${6}>${(data) => html`<${Waterfall} data=${data} address=${address} rules=${rules} />`}</${Loaded}>
    </${Panel}>
    ${rules && html`<${Rules} key=${rules} verdict=${rules} query=${{ ...days, ...narrow }} closeHref=${address({ rules: undefined })} address=${address} />`}
    ${why && clicks.data && !listed && html`<${Panel} id="one" title="One click"
      actions=${html`<a href=${address({ why: undefined })}>Close</a>`}><${Explanation} id=${why} zone=${zone} /></${Panel}>`}
    <${Panel} id="log" title="Log, newest first" actions=${html`<nav class="segments" aria-label="Clicks shown">
        <a href=${address({ ...kAnyVerdict, all: undefined })} aria-current=${!all && !filters.verdict && !filters.reason ? "true" : undefined}>Human only</a>
        <a href=${address({ ...kAnyVerdict, all: "1" })} aria-current=${all && !filters.verdict && !filters.reason ? "true" : undefined}>All requests</a>
      </nav>`}>
      ${!before && html`<${Freshness} resource=${clicks} format=${(at) => formatTime(at, zone, { seconds: true, day: false })} />`}
      <${Filters} key=${JSON.stringify(filters)} filters=${filters} />
      <${Loaded} resource=${clicks} lines=${10}>${(data) => html`<${Log} data=${data} all=${all} narrowed=${Object.values(filters).some(Boolean)} before=${before} why=${why} address=${address} zone=${zone} />`}</${Loaded}>
    </${Panel}>`;
}

/** Back from one verdict, or one rule, to the newest of all. */
const kAnyVerdict = { verdict: undefined, reason: undefined, before: undefined, why: undefined };

const narrowText = (narrow) =>
  Object.entries(narrow).filter(([, value]) => value).map(([name, value]) => `${name} ${value}`).join(", ");

/** Each step with its bar: where what is left begins, and how much goes. The rows sum to the net. */
function Waterfall({ data, address, rules }) {
  const { gross, net, steps, adds } = waterfall(data.data, data.total);
  if (gross === 0)
    return html`<${Empty} title="No request in these days"><p>Choose other days, or open the address of one of your links: it shows here within ten seconds.</p></${Empty}>`;
  const width = (count) => `${Math.max(count > 0 ? 0.4 : 0, (count / gross) * 100)}%`;
  const bar = (kind, from, count) => html`<span class="flow-bar" aria-hidden="true"><i class=${`flow-${kind}`} style=${{ marginLeft: `${(from / gross) * 100}%`, width: width(count) }}></i></span>`;
  return html`<figure class="flow" aria-labelledby="flow-caption">
    <figcaption id="flow-caption"><span class="chart-sums"><strong>${plural(net, "click")}</strong> of people, out of ${plural(gross, "request")}</span></figcaption>
    <table class="plain flow-table">
      <caption class="visually-hidden">From all requests to the clicks that count</caption>
      <thead><tr><th scope="col">Step</th><th scope="col" class="num">Requests</th></tr></thead>
      <tbody>
        <tr><th scope="row"><a href=${address({ ...kAnyVerdict, all: "1" })}>All requests</a>${bar("gross", 0, gross)}</th><td class="num">${formatCount(gross)}</td></tr>
        ${steps.map((step) => html`<tr key=${step.verdict}>
          <th scope="row"><span class="flow-name"><a href=${address({ ...kAnyVerdict, verdict: step.verdict, all: undefined })}>${step.label}</a>
            <a class="soft" href=${address({ rules: rules === step.verdict ? undefined : step.verdict })} aria-label=${`${step.label} by rule`} aria-expanded=${rules === step.verdict ? "true" : "false"}>by rule</a>
            <span class="soft">${step.help}</span></span>${bar("out", step.before - step.count, step.count)}</th>
          <td class="num">${formatCount(-step.count)}</td>
        </tr>`)}
      </tbody>
      <tfoot><tr><th scope="row"><a href=${address({ ...kAnyVerdict, all: undefined })}>Clicks of people</a>${bar("net", 0, net)}</th><td class="num">${formatCount(net)}</td></tr></tfoot>
    </table>
    <p class=${`front-note tone-${adds ? "ok" : "error"}`}><${Icon} name=${adds ? "ok" : "error"} />
      <span>${adds ? "The steps add up exactly." : "The steps do not add up: please report this as a defect."}</span></p>
  </figure>`;
}

/** By which rules a step left requests out. */
function Rules({ verdict, query, closeHref, address }) {
  const found = useResource(apiPath("/clicks/slices", { by: "reason", verdict, ...query }));
  const name = kVerdicts[verdict]?.label ?? verdict;
  return html`<${Panel} id="rules" title=${`Left out by rule: ${name}`} actions=${html`<a href=${closeHref}>Close</a>`}>
    <${Loaded} resource=${found} lines=${5}>${(data) => html`<div class="table-box"><table class="data">
      <caption class="visually-hidden">Requests left out as ${name}, by rule</caption>
      <thead><tr><th scope="col">Rule</th><th scope="col" class="num">Requests</th></tr></thead>
      <tbody>${rulesOf(data.data).map((rule) => html`<tr key=${rule.reason}><th scope="row" class="wide" data-label="Rule">${rule.given ? html`<a href=${address({ ...kAnyVerdict, verdict, reason: rule.given, all: undefined })}><code>${rule.reason}</code></a>` : html`<code>${rule.reason}</code>`}</th><td class="num" data-label="Requests">${formatCount(rule.count)}</td></tr>`)}</tbody>
      <tfoot><tr><th scope="row">Total</th><td class="num" data-label="Requests">${formatCount(data.total.gross_clicks)}</td></tr></tfoot>
    </table></div>`}</${Loaded}>
  </${Panel}>`;
}

/** What the log is narrowed down to; each choice is the address. */
function Filters({ filters }) {
  const { route, setParams } = useContext(App);
  const set = (name) => (event) => setParams({ [name]: event.currentTarget.value.trim() || undefined, before: undefined, why: undefined });
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget));
    setParams({ ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim() || undefined])), before: undefined, why: undefined });
  };
  const options = (name, values) => values.map(([value, label]) => html`<option key=${value} value=${value} selected=${filters[name] === value}>${label}</option>`);
  const text = (name, label, placeholder) => html`<label>${label} <input id=${name === "link" ? "filter" : undefined} name=${name} value=${filters[name] ?? ""}
    placeholder=${placeholder} autocomplete="off" spellcheck="false" autocapitalize="none" onChange=${set(name)} /></label>`;
  return html`<form class="filters" aria-label="Narrow the log down" onSubmit=${submit}>
    <label>Verdict <select name="verdict" onChange=${set("verdict")}><option value="">${"As above"}</option>${options("verdict", Object.entries(kVerdicts).map(([id, { label }]) => [id, label]))}</select></label>
    ${text("reason", "Rule", "crawler-user-agents:AhrefsBot")}
    ${text("link", "Link", "blender")}
    ${text("article", "Article", "/best-blenders/")}
    ${text("country", "Country", "DE")}
    <label>Device <select name="device" onChange=${set("device")}><option value="">Any</option>${options("device", kDevices.map((each) => [each, each]))}</select></label>
    ${Object.values(filters).some(Boolean) && html`<a class="button small" href=${formatHash("/clicks", clearFilters(route.params))}>Clear</a>`}
    <button type="submit" class="visually-hidden">Apply</button>
  </form>`;
}

function Log({ data, all, narrowed, before, why, address, zone }) {
  if (data.data.length === 0 && before)
    return html`<${Empty} title="No older clicks"><p><a href=${address({ before: undefined })}>Back to the newest</a></p></${Empty}>`;
  if (data.data.length === 0)
    return html`<${Empty} title=${narrowed ? "No click fits" : all ? "No request in these days" : "No human click in these days"}>
      <p>${narrowed ? "Choose less, or other days." : all ? "Open the address of one of your links: it shows here within ten seconds." : "Robots, previews and repeats are left out here."}</p>
      ${!all && html`<p><a href=${address({ all: "1" })}>Show all requests</a></p>`}
    </${Empty}>`;
  return html`<${ClicksTable} clicks=${data.data} zone=${zone} openId=${why}
      caption=${all ? "All requests, newest first" : "Human clicks, newest first"}
      whyHref=${(click) => address({ why: click.id === why ? undefined : click.id })} />
    <nav class="pages" aria-label="Pages">
      ${before && html`<a class="button small" href=${address({ before: undefined, why: undefined })}>Newest</a>`}
      ${data.next && html`<a class="button small" href=${address({ before: data.next, why: undefined })}>Older</a>`}
    </nav>
    ${data.credits?.length > 0 && html`<p class="hint">${data.credits.join(" ")}</p>`}`;
}
