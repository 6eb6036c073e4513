// One commission explained to the millionth: what was heard of it, which evidence decided, which
// clicks were looked at, how it was divided, and what was booked when.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatCount, formatTime, networkName, plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { formatHash } from "../lib/state.js";
import { Badge, Empty, Loaded, Money, PageHead, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

const kTiers = { "click-token": "Click token", label: "Label or page", "article-tag": "Tracking ID", modelled: "Modelled", unattributed: "Unattributed" };
const article = (path) => (path ? html`<a href=${formatHash("/articles/detail", { path })}>${path}</a>` : html`<span class="soft">no article</span>`);
const link = (slug) => (slug ? html`<a href=${formatHash("/links/detail", { slug })}>${slug}</a>` : null);

export function CommissionView() {
  const { route } = useContext(App);
  const { id } = route.params;
  const explained = useResource(id ? apiPath(`/revenue/commissions/${encodeURIComponent(id)}/explain`) : null);
  return html`
    <p class="crumb"><a href=${formatHash("/revenue/unattributed")}>Revenue</a></p>
    <${PageHead} title=${id ? `Commission ${id}` : "Commission"} lead="Why its money went where it went." />
    ${id ? html`<${Loaded} resource=${explained} lines=${8}>${(data) => html`<${Explained} data=${data} />`}</${Loaded}>`
      : html`<${Problem} problem=${{ title: "No commission named", detail: "Choose one from the unattributed money, or from a click." }} />`}`;
}

function Explained({ data }) {
  const { zone } = useContext(App);
  const { commission } = data;
  const money = (value) => html`<${Money} value=${value} currency=${commission.currency} />`;
  const at = (value) => html`<span class="nowrap">${formatTime(value, zone, { seconds: true })}</span>`;
  return html`
    <dl class="figures">
      <div><dt>Commission</dt><dd class="figure">${money(commission.commission_micro)}</dd><dd class="figure-note">${commission.status}${data.withdrawn ? ", withdrawn" : ""}</dd></div>
      <div><dt>Order value</dt><dd class="figure">${money(commission.sale_micro)}</dd><dd class="figure-note">${formatTime(commission.event_at, zone)}</dd></div>
      <div><dt>Network</dt><dd class="figure verdict">${networkName(commission.network)}</dd><dd class="figure-note">${commission.identity}</dd></div>
      <div><dt>Evidence</dt><dd class="figure verdict"><${Badge} tone=${commission.tier === "unattributed" ? "warn" : "ok"} label=${kTiers[commission.tier] ?? "Not attributed yet"} /></dd><dd class="figure-note">${commission.reason}</dd></div>
    </dl>
    <${Panel} id="division" title="Divided" note=${data.divided_with_others ? "Together with records of the same order" : undefined}>
      ${data.division.length === 0 ? html`<${Empty} title="Nothing divided yet" />` : html`<${DataTable} caption="Parts of the commission" rows=${data.division} rowKey=${(part) => JSON.stringify([part.article, part.link, part.click])} columns=${[
        { key: "article", label: "Article", wide: true, cell: (part) => article(part.article) },
        { key: "link", label: "Link", cell: (part) => link(part.link) },
        { key: "weight", label: "Weight", numeric: true, cell: (part) => formatCount(part.weight) },
        { key: "part", label: "Part", numeric: true, cell: (part) => (part.commission_micro === undefined ? null : money(part.commission_micro)) },
      ]} />`}
    </${Panel}>
    ${data.windows.length > 0 && html`<${Panel} id="windows" title="Clicks looked at">
      <ul class="plain-list">${data.windows.map((each, n) => html`<li key=${n}>${plural(each.clicks, "click")} on ${each.product ? html`<code>${each.product}</code>` : "any product"} ${each.window}: ${at(each.from)} to ${at(each.to)}</li>`)}</ul>
      ${data.clicks.length > 0 && html`<${DataTable} caption="Clicks that were considered" rows=${data.clicks} rowKey=${(click) => click.id} columns=${[
        { key: "at", label: "Time", cell: (click) => html`<a href=${formatHash("/clicks", { all: 1, why: click.id })}>${at(click.at)}</a>` },
        { key: "link", label: "Link", cell: (click) => link(click.link) },
        { key: "article", label: "Article", wide: true, cell: (click) => article(click.article) },
      ]} />`}
    </${Panel}>`}
    <${Panel} id="decided" title="Decided">
      <${DataTable} caption="Decisions, the oldest first" rows=${data.matches} rowKey=${(match) => match.decided_at} columns=${[
        { key: "at", label: "When", cell: (match) => html`${at(match.decided_at)}${match.replaced_at && html` <span class="soft">until ${at(match.replaced_at)}</span>`}` },
        { key: "tier", label: "Evidence", cell: (match) => kTiers[match.tier] ?? match.tier },
        { key: "reason", label: "Why", wide: true, cell: (match) => match.reason },
      ]} />
    </${Panel}>
    <${Panel} id="booked" title="Booked">
      <${DataTable} caption="Bookings, the oldest first" rows=${data.bookings.map((each, n) => ({ ...each, n }))} rowKey=${(each) => each.n} columns=${[
        { key: "at", label: "When", cell: (each) => at(each.booked_at) },
        { key: "article", label: "Article", wide: true, cell: (each) => article(each.article) },
        { key: "commission", label: "Commission", numeric: true, cell: (each) => money(each.commission_micro) },
        { key: "sale", label: "Order value", numeric: true, cell: (each) => money(each.sale_micro) },
      ]} />
    </${Panel}>
    <${Panel} id="heard" title="Heard of it">
      <${DataTable} caption="What the reports said, the oldest first" rows=${data.history} rowKey=${(event) => event.id} columns=${[
        { key: "at", label: "When", cell: (event) => at(event.recorded_at) },
        { key: "file", label: "Report", wide: true, cell: (event) => html`${event.file_name}${event.undone && html` <${Badge} tone="quiet" label="Taken back" />`}` },
        { key: "status", label: "Status", cell: (event) => `${event.status}${event.effective ? "" : ", without effect"}` },
        { key: "commission", label: "Commission", numeric: true, cell: (event) => money(event.commission_micro) },
        { key: "evidence", label: "Sub-id, tag or product", wide: true, cell: (event) => [event.sub_id, event.tag, event.product].filter(Boolean).join(", ") || null },
      ]} />
    </${Panel}>`;
}
