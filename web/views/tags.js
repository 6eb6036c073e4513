// Amazon's tracking IDs: which articles deserve one of their own, and what Amazon counted of each.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatCount, formatDay } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { formatHash } from "../lib/state.js";
import { Badge, Empty, Loaded, MoneyLines, PageHead, Panel } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { RevenueTabs } from "../parts/tabs.js";

const article = (path) => (path ? html`<a href=${formatHash("/articles/detail", { path })}>${path}</a>` : html`<span class="soft">no article</span>`);

export function TagsView() {
  const { api, toast } = useContext(App);
  const plan = useResource(apiPath("/revenue/tags"));

  async function change(send, text, undo) {
    try {
      const answer = await send();
      toast({ text: `${text}${typeof answer.rebooked === "number" ? ` ${formatCount(answer.rebooked)} commissions moved.` : ""}`, undo });
    } catch (problem) {
      toast({ text: problem.message });
    }
    plan.refresh();
  }
  const assign = (path, tag, quiet) =>
    change(() => api.send("POST", apiPath("/revenue/tags"), { article: path, tag }), `${tag} is ${path}'s own: the next injection puts it into the page's Amazon links.`, quiet ? undefined : () => release(path, tag, true));
  const release = (path, tag, quiet) =>
    change(() => api.send("DELETE", apiPath(`/revenue/tags/${encodeURIComponent(tag)}`)), `${tag} is nobody's own any more.`, quiet ? undefined : () => assign(path, tag, true));

  return html`
    <${PageHead} title="Tracking IDs" lead="Amazon tells no click, only a tracking ID. An article with one of its own gets all of its money, exactly." />
    <${RevenueTabs} />
    <${Loaded} resource=${plan} lines=${8}>${(data) => html`<${Plan} data=${data} onAssign=${assign} onRelease=${release} />`}</${Loaded}>`;
}

function Plan({ data, onAssign, onRelease }) {
  const columns = [
    { key: "article", label: "Article", wide: true, cell: (each) => article(each.article) },
    { key: "clicks", label: "Clicks", numeric: true, cell: (each) => formatCount(each.clicks) },
    { key: "amounts", label: "Commission", numeric: true, cell: (each) => html`<${MoneyLines} lines=${each.amounts} field="commission_micro" />` },
    { key: "advice", label: "Advice", cell: (each) => (each.tag ? html`<${Badge} tone="ok" label="Has its own" />` : each.deserves_tag ? html`<${Badge} tone="info" label="Deserves one" />` : html`<span class="soft">not yet</span>`) },
    { key: "tag", label: "Tracking ID", wide: true, cell: (each) => html`<${Tag} each=${each} onAssign=${onAssign} onRelease=${onRelease} />` },
  ];
  const counted = [
    { key: "tag", label: "Tracking ID", cell: (each) => html`<code>${each.tag}</code>` },
    { key: "article", label: "Article", wide: true, cell: (each) => article(each.article) },
    { key: "days", label: "Days", cell: (each) => (each.from ? `${formatDay(each.from)} to ${formatDay(each.to)}` : null) },
    { key: "amazon", label: "Clicks, says Amazon", numeric: true, cell: (each) => formatCount(each.amazon_clicks) },
    { key: "ours", label: "Clicks, by beacon", numeric: true, cell: (each) => formatCount(each.clicks) },
  ];
  return html`
    <${Panel} id="plan" title="Plan" note=${`${formatCount(data.in_use)} of ${formatCount(data.limit)} in use; by the last ${data.days} days`}>
      ${data.data.length === 0
        ? html`<${Empty} title="No article with Amazon links yet"><p><code>candor inject</code> or <code>candor audit</code> makes your pages known.</p></${Empty}>`
        : html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(each) => each.article} caption="Articles with Amazon links" />`}
      <p class="hint">Make the tracking ID at Amazon first (Account Settings, Manage Your Tracking IDs), then name it here.</p>
    </${Panel}>
    <${Panel} id="counted" title="What Amazon counted">
      ${data.tags.length === 0 ? html`<${Empty} title="Nothing yet"><p><a href="#/imports">Import</a> Amazon's tracking or link type report: it has Amazon's own count of clicks.</p></${Empty}>` : html`<${DataTable} columns=${counted} rows=${data.tags} rowKey=${(each) => each.tag} caption="Amazon's clicks beside ours" />`}
    </${Panel}>`;
}

function Tag({ each, onAssign, onRelease }) {
  const [tag, setTag] = useState("");
  if (each.tag) return html`<code>${each.tag}</code> <button type="button" class="text-button danger" aria-label=${`Release ${each.tag}`} onClick=${() => onRelease(each.article, each.tag)}>Release</button>`;
  return html`<form class="bulk" onSubmit=${(event) => {
    event.preventDefault();
    if (tag.trim()) onAssign(each.article, tag.trim());
  }}>
    <input aria-label=${`Tracking ID of ${each.article}`} placeholder="mysite-kettles-20" value=${tag} autocomplete="off" spellcheck="false" onInput=${(event) => setTag(event.currentTarget.value)} />
    <button type="submit" class="text-button" aria-label=${`Set the tracking ID of ${each.article}`}>Set</button>
  </form>`;
}
