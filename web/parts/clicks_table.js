// Clicks as rows, and why one of them counts or not.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatTime, kVerdicts, networkName } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { checksOf } from "../lib/waterfall.js";
import { Badge, Icon, Loaded, Money } from "./basics.js";
import { DataTable } from "./data_table.js";

/** `openId`: the click that is explained in the table; `whyHref(click)`: where its "Why" leads. */
export function ClicksTable({ clicks, zone, caption, openId, whyHref }) {
  const { route } = useContext(App);
  const whyOf = (click) => (openId === click.id ? "Hide" : "Why?");
  const columns = [
    {
      key: "at",
      label: "Time",
      cell: (click) => html`<time class="nowrap" datetime=${click.at}>${formatTime(click.at, zone, { seconds: true })}</time>`,
    },
    {
      key: "link",
      label: "Link",
      cell: (click) => html`<a href=${formatHash("/links", { q: click.link })}>${click.link}</a>`,
    },
    {
      key: "article",
      label: "Article",
      cell: (click) =>
        click.article
          ? html`<a href=${formatHash("/articles/detail", { path: click.article, ...keepRange(route.params) })}>${click.article}</a>${click.placement > 0 && html`<span class="soft"> link ${click.placement}</span>`}`
          : html`<span class="soft">unknown</span>`,
    },
    {
      key: "verdict",
      label: "Verdict",
      cell: (click) => html`<${Verdict} verdict=${click.verdict} />${click.reason && html`<span class="soft reason">${click.reason}</span>`}`,
    },
    {
      key: "why",
      label: "Explained",
      cell: (click) => html`<a class="why" href=${whyHref(click)} aria-label=${`${whyOf(click)} Click at ${formatTime(click.at, zone, { seconds: true })}`}>${whyOf(click)}</a>`,
    },
  ];
  return html`<${DataTable} columns=${columns} rows=${clicks} rowKey=${(click) => click.id} caption=${caption}
    extra=${(click) => (openId === click.id ? html`<${Explanation} id=${click.id} zone=${zone} />` : null)} />`;
}

export function Verdict({ verdict }) {
  const { label, tone } = kVerdicts[verdict] ?? { label: verdict, tone: "quiet" };
  return html`<${Badge} tone=${tone} label=${label} />`;
}

export function Explanation({ id, zone }) {
  const click = useResource(apiPath(`/clicks/${encodeURIComponent(id)}`));
  return html`<${Loaded} resource=${click} lines=${2}>${(data) => html`<div class="explanation">
    <p><strong>${data.counts ? "Counts." : "Does not count."}</strong> ${data.why}</p>
    ${data.first_verdict && html`<p class="soft">First judged ${kVerdicts[data.first_verdict.verdict]?.label ?? data.first_verdict.verdict}${data.first_verdict.reason && ` (${data.first_verdict.reason})`}; judged anew ${formatTime(data.first_verdict.changed_at, zone)}.</p>`}
    <${Checks} verdict=${data.click.verdict} kind=${data.click.kind} />
    <dl class="facts">
      <div><dt>Token</dt><dd><code>${data.click.token || "–"}</code></dd></div>
      <div><dt>Time</dt><dd>${formatTime(data.click.at, zone, { seconds: true })}</dd></div>
      <div><dt>Came from</dt><dd>${data.click.referrer || "not said"}</dd></div>
      ${kTraits.filter(([name]) => data.click[name]).map(([name, label]) => html`<div key=${name}><dt>${label}</dt><dd>${data.click[name]}</dd></div>`)}
      <div class="wide"><dt>Browser</dt><dd><code>${data.click.user_agent || "not said"}</code></dd></div>
    </dl>
    ${data.commissions?.length > 0 && html`<h3>Orders from this click</h3>
      <ul class="plain-list">${data.commissions.map((each, n) => html`<li key=${each.id ?? n}><${Commission} commission=${each} /></li>`)}</ul>`}
  </div>`}</${Loaded}>`;
}

const kTraits = [
  ["country", "Country"],
  ["device", "Device"],
  ["os", "System"],
  ["language", "Language"],
  ["network", "Asked from"],
];

/** The checks of a redirect's request, in their order. A beacon's are others, and it passed them. */
function Checks({ verdict, kind }) {
  if (kind !== "redirect") return null;
  const tones = { passed: "ok", failed: "error", "not reached": "quiet" };
  return html`<ol class="checks" aria-label="Checks, in their order">
    ${checksOf(verdict).map((check) => html`<li key=${check.verdict} class=${`tone-${tones[check.result]}`}>
      <${Icon} name=${tones[check.result]} /><span>${check.label}: ${check.result === "passed" ? "no" : check.result === "failed" ? "yes" : "not asked"}</span></li>`)}
  </ol>`;
}

function Commission({ commission }) {
  return html`${networkName(commission.network)} ${commission.currency && html`<${Money} value=${commission.commission_micro} currency=${commission.currency} />`} ${commission.status}${commission.reason && html`<span class="soft">: ${commission.reason}</span>`}`;
}
