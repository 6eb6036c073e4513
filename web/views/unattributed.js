// Money of no article: why, which articles may be meant, and the rule that settles it, now and for
// what was booked before.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatCount, formatTime, networkName, plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { formatHash } from "../lib/state.js";
import { groupByRule, ruleFor, ruleText } from "../lib/unattributed.js";
import { Badge, Empty, Loaded, MoneyLines, PageHead, Panel } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { RevenueTabs } from "../parts/tabs.js";

const kPage = 500;

export function UnattributedView() {
  const { api, route, toast } = useContext(App);
  const { after } = route.params;
  const queue = useResource(apiPath("/revenue/unattributed", { limit: kPage, after }));
  const rules = useResource(apiPath("/revenue/rules"));
  const refresh = () => {
    queue.refresh();
    rules.refresh();
  };
  const failed = (problem) => toast({ text: problem.message });
  const moved = (answer) => (typeof answer.rebooked === "number" ? ` ${plural(answer.rebooked, "commission")} moved.` : "");

  async function remove(rule, quiet) {
    try {
      const answer = await api.send("DELETE", apiPath(`/revenue/rules/${rule.id}`));
      toast({ text: `Removed the rule for ${rule.text}.${moved(answer)}`, undo: quiet ? undefined : () => add(rule, true) });
    } catch (problem) {
      failed(problem);
    }
    refresh();
  }
  async function add(rule, quiet) {
    try {
      const made = await api.send("POST", apiPath("/revenue/rules"), ruleFor(rule, rule.article));
      toast({ text: `${ruleText(rule, networkName)} is ${rule.article}.${moved(made)}`, undo: quiet ? undefined : () => remove(made, true) });
    } catch (problem) {
      failed(problem);
    }
    refresh();
  }
  return html`
    <${PageHead} title="Unattributed" lead="Money whose article nobody named. Say whose a label or tracking id is: what was booked before follows, and earlier days can still be told as they were." />
    <${RevenueTabs} />
    <${Loaded} resource=${queue} lines=${8}>${(data) => html`<${Queue} data=${data} after=${after} onRule=${(rule, article) => add({ ...rule, article })} />`}</${Loaded}>
    <${Panel} id="rules" title="Rules">
      <${Loaded} resource=${rules} lines=${3}>${(data) => html`<${Rules} rules=${data.data} onRemove=${remove} />`}</${Loaded}>
    </${Panel}>`;
}

function Queue({ data, after, onRule }) {
  const { zone } = useContext(App);
  const articles = useResource(apiPath("/reports/articles"));
  const paths = (articles.data?.data ?? []).map((row) => row.path).filter((path) => path.startsWith("/"));
  if (data.data.length === 0)
    return html`<${Empty} title=${after ? "No more of it" : "Every commission has its article"}>
      <p>${after ? html`<a href=${formatHash("/revenue/unattributed")}>Back to the beginning</a>` : "What comes in without one is listed here."}</p></${Empty}>`;
  const columns = [
    { key: "what", label: "Commissions", wide: true, cell: (group) => html`<${What} group=${group} zone=${zone} />` },
    { key: "amount", label: "Commission", numeric: true, cell: (group) => html`<${MoneyLines} lines=${group.revenue} field="commission_micro" />` },
    { key: "why", label: "Why no article", wide: true, cell: (group) => group.rows[0].reason },
    { key: "whose", label: "Whose is it?", wide: true, cell: (group) => html`<${Whose} group=${group} paths=${paths} onRule=${onRule} />` },
  ];
  return html`<section class="panel" aria-label="Unattributed money">
    <${DataTable} columns=${columns} rows=${groupByRule(data.data)} rowKey=${(group) => group.key} caption="Commissions without an article" />
    <nav class="pages" aria-label="Pages">
      ${after && html`<a class="button small" href=${formatHash("/revenue/unattributed")}>First</a>`}
      ${data.next && html`<a class="button small" href=${formatHash("/revenue/unattributed", { after: data.next })}>More</a>`}
    </nav>
  </section>`;
}

function What({ group, zone }) {
  const [first] = group.rows;
  const explain = formatHash("/revenue/commission", { id: first.id });
  return html`<a class="row-title" href=${explain}>${[networkName(first.network), first.merchant].filter(Boolean).join(", ")}</a>
    <span class="soft">${group.rows.length > 1 ? `${formatCount(group.rows.length)} commissions with ${ruleText(group.rule, networkName)}` : `${first.identity}, ${formatTime(first.event_at, zone)}${first.product ? `, ${first.product}` : ""}`}</span>`;
}

function Whose({ group, paths, onRule }) {
  const [path, setPath] = useState("");
  if (!group.rule) return html`<span class="soft">The report names no label or tag, so no rule can tell.</span>`;
  const id = `whose-${group.rows[0].id}`;
  return html`<ul class="plain-list whose">
    ${group.suggestions.map((each) => html`<li key=${each.article}><button type="button" class="button small" onClick=${() => onRule(group.rule, each.article)}>${each.article}</button> <span class="soft">${each.why}</span></li>`)}
    <li><form class="bulk" onSubmit=${(event) => {
      event.preventDefault();
      if (path.trim()) onRule(group.rule, path.trim());
    }}>
      <label class="visually-hidden" for=${id}>Article of ${group.rule.text}</label>
      <input id=${id} list="articles-known" placeholder="/another-article/" value=${path} autocomplete="off" onInput=${(event) => setPath(event.currentTarget.value)} />
      <button type="submit" class="text-button" aria-label=${`Set the article of ${group.rule.text}`}>Set</button>
    </form></li>
    <datalist id="articles-known">${paths.map((each) => html`<option key=${each} value=${each} />`)}</datalist>
  </ul>`;
}

function Rules({ rules, onRemove }) {
  const { zone } = useContext(App);
  if (rules.length === 0) return html`<${Empty} title="No rule yet"><p>A rule says whose a sub-id or tracking id is. They come from here, or from <code>[[labels]]</code> in candor.toml.</p></${Empty}>`;
  const columns = [
    { key: "text", label: "Label or tracking id", cell: (rule) => html`<code>${rule.text}</code>` },
    { key: "network", label: "Network", cell: (rule) => (rule.network ? networkName(rule.network) : "any") },
    { key: "article", label: "Article", wide: true, cell: (rule) => (rule.article ? html`<a href=${formatHash("/articles/detail", { path: rule.article })}>${rule.article}</a>` : html`<${Badge} tone="warn" label="No such article" />`) },
    { key: "source", label: "From", cell: (rule) => (rule.source === "owner" ? formatTime(rule.added_at, zone) : "candor.toml") },
    { key: "remove", label: "Remove", cell: (rule) => (rule.id === null ? html`<span class="soft">in the file</span>` : html`<button type="button" class="text-button danger" aria-label=${`Remove the rule for ${rule.text}`} onClick=${() => onRemove(rule)}>Remove</button>`) },
  ];
  return html`<${DataTable} columns=${columns} rows=${rules} rowKey=${(rule) => `${rule.network}/${rule.kind}/${rule.text}`} caption="Rules" />`;
}
