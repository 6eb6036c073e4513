// One article: its clicks, what it earned, its paid links by placement, and what breaks a rule.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { foldFindings } from "../lib/findings.js";
import { disclosureOf, formatCount, formatTime, networkName, plural } from "../lib/format.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { Badge, Empty, Icon, Loaded, MoneyLines, PageHead, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { DaysChart } from "../parts/days_chart.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const kSeverity = { error: "Error", warn: "Warning", info: "Note" };

export function ArticleView() {
  const { route, setParams } = useContext(App);
  const range = useRange();
  const { path } = route.params;
  const days = { from: range.from, to: range.to };
  const detail = useResource(path ? apiPath("/articles/detail", { path, ...days }) : null, { every: kPollMs });
  const report = useResource(apiPath("/reports/articles", days));
  const money = report.data?.data.find((row) => row.path === path);
  const article = detail.data?.article;

  return html`
    <p class="crumb"><a href=${formatHash("/articles", keepRange(route.params))}>Articles</a></p>
    <${PageHead} title=${article?.path === path ? article.title || path : (path ?? "Article")} lead=${path}>
      <${RangePicker} range=${range} />
    </${PageHead}>
    ${!path && html`<${Problem} problem=${{ title: "No article named", detail: "Choose one from the list of articles." }} />`}
    ${path && html`<${Loaded} key=${path} resource=${detail} lines=${8}>${(data) => html`
      <${Figures} data=${data} money=${money} />
      <${Findings} data=${data} />
      <${Panel} id="days" title="Clicks per day">
        <${DaysChart} id="article-days" from=${range.from} to=${range.to} today=${range.today} days=${data.days}
          onSelect=${(from, to) => setParams({ range: undefined, from, to })} />
      </${Panel}>
      <${PaidLinks} links=${data.links} />`}</${Loaded}>`}`;
}

function Figures({ data, money }) {
  const { zone } = useContext(App);
  const verdict = disclosureOf(data.article.verdict);
  const sum = (field) => data.days.reduce((total, day) => total + day[field], 0);
  return html`<dl class="figures">
    <div><dt>Human clicks</dt><dd class="figure">${formatCount(sum("net"))}</dd><dd class="figure-note">of ${plural(sum("gross"), "request")}</dd></div>
    <div><dt>Earned</dt><dd class="figure"><${MoneyLines} lines=${money?.revenue} field="earned_micro" /></dd><dd class="figure-note">pending, approved and paid</dd></div>
    <div><dt>Earned per click</dt><dd class="figure"><${MoneyLines} lines=${money?.revenue} field="epc_micro" /></dd><dd class="figure-note">per human click (EPC)</dd></div>
    <div><dt>Disclosure</dt><dd class="figure verdict"><${Badge} ...${verdict} /></dd>
      <dd class="figure-note">${data.article.verdict ? `Read ${formatTime(data.article.seen_at_ms, zone)}. ` : ""}${verdict.help}</dd></div>
  </dl>`;
}

function Findings({ data }) {
  const { article } = data;
  const findings = foldFindings(data.findings);
  if (findings.length === 0) {
    if (!article.verdict) return null;
    return html`<p class="notice tone-ok"><${Icon} name="ok" /><span>No rule has anything to say about this page. Automated checks only; not legal advice.</span></p>`;
  }
  return html`<${Panel} id="findings" title="Disclosure findings" note=${plural(findings.length, "finding")}>
    <ul class="findings">
      ${findings.map((each, n) => html`<li key=${n} class=${`tone-${each.severity}`}>
        <p class="finding-head"><${Badge} tone=${each.severity} label=${kSeverity[each.severity] ?? each.severity} />
          <span class="rule">${each.rule}</span> <span class="soft">${each.jurisdictions.join(", ")}${each.line > 0 ? `, line ${each.line}` : ""}</span></p>
        <p class="finding-message">${each.message}</p>
        ${each.excerpt && html`<pre class="excerpt" tabindex="0" aria-label=${`The page at line ${each.line}`}><code>${each.excerpt}</code></pre>`}
        <dl class="reasons">
          ${each.why && html`<div><dt>Why</dt><dd>${each.why}</dd></div>`}
          ${each.fix && html`<div><dt>Fix</dt><dd>${each.fix}</dd></div>`}
        </dl>
      </li>`)}
    </ul>
  </${Panel}>`;
}

function PaidLinks({ links }) {
  const columns = [
    {
      key: "href",
      label: "Address in the page",
      wide: true,
      cell: (link) => html`<code class="url">${link.href}</code>`,
    },
    { key: "placement", label: "Place", numeric: true, cell: (link) => formatCount(link.placement) },
    { key: "network", label: "Network", cell: (link) => networkName(link.network) },
    {
      key: "slug",
      label: "Counted by",
      cell: (link) =>
        link.slug
          ? html`<a href=${formatHash("/links", { q: link.slug })}>${link.slug}</a>`
          : html`<span class="soft">direct link, not redirected</span>`,
    },
  ];
  return html`<${Panel} id="links" title="Paid links, in page order">
    ${links.length === 0
      ? html`<${Empty} title="No paid link found on this page" />`
      : html`<${DataTable} columns=${columns} rows=${links} rowKey=${(link) => `${link.placement}`} caption="Paid links in page order" />`}
  </${Panel}>`;
}
