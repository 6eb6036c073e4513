// One article: its clicks, what it earned and how surely, its links by place, its disclosure, and what happened to it.
import { daysText, revisionMarks, revisionText } from "../lib/annotations.js";
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useMemo, useState } from "../lib/dom.js";
import { foldFindings } from "../lib/findings.js";
import { disclosureOf, formatCount, formatTime, plural } from "../lib/format.js";
import { changeText } from "../lib/kpi.js";
import { useAnnotations } from "../lib/marks.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { AnnotationDialog } from "../parts/annotations.js";
import { Badge, Empty, Loaded, MoneyLines, PageHead, Panel, Problem } from "../parts/basics.js";
import { DaysChart } from "../parts/days_chart.js";
import { StatusAndEvidence } from "../parts/evidence.js";
import { Findings, Verdicts } from "../parts/findings.js";
import { HeatMap } from "../parts/heat_map.js";
import { RangePicker, useRange } from "../parts/range_picker.js";
import { RevisionMoney } from "../parts/revision_money.js";

export function ArticleView() {
  const { route } = useContext(App);
  const range = useRange();
  const { path } = route.params;
  const days = { from: range.from, to: range.to };
  const detail = useResource(path ? apiPath("/articles/detail", { path, ...days }) : null, { every: kPollMs });
  const before = useResource(path && range.before ? apiPath("/articles/detail", { path, from: range.before.from, to: range.before.to }) : null);
  const report = useResource(apiPath("/reports", { by: "article", compare: range.compare, ...days }));
  const money = report.stale ? null : report.data?.data.find((row) => row.key === path);
  const article = detail.data?.article;

  return html`
    <p class="crumb"><a href=${formatHash("/articles", keepRange(route.params))}>Articles</a></p>
    <${PageHead} title=${article?.path === path ? article.title || path : (path ?? "Article")} lead=${path}>
      <${RangePicker} range=${range} compares />
    </${PageHead}>
    ${!path && html`<${Problem} problem=${{ title: "No article named", detail: "Choose one from the list of articles." }} />`}
    ${path && html`<${Loaded} key=${path} resource=${detail} lines=${8}>${(data) => html`
      <${Content} data=${data} money=${money} range=${range} before=${range.before && !before.stale && before.data ? { ...range.before, days: before.data.days } : null} />`}</${Loaded}>`}`;
}

function Content({ data, money, range, before }) {
  const { route, setParams } = useContext(App);
  const { path } = data.article;
  const places = useResource(apiPath("/articles/places", { path, from: range.from, to: range.to }));
  const noted = useAnnotations({ from: range.from, to: range.to, article: path });
  const marks = useMemo(() => [...noted.marks, ...revisionMarks(data.revisions, range.from, range.to)], [noted.marks, data.revisions, range.from, range.to]);
  return html`
    <${Figures} data=${data} money=${money} />
    ${money?.money.length > 0 && html`<${Panel} id="earned" title="Earned, by status and evidence"><${StatusAndEvidence} money=${money.money} /></${Panel}>`}
    <${Panel} id="days" title="Clicks per day">
      <${DaysChart} id="article-days" from=${range.from} to=${range.to} today=${range.today} days=${data.days} before=${before} marks=${marks}
        onSelect=${(from, to) => setParams({ range: undefined, from, to })} />
    </${Panel}>
    <${Panel} id="heat" title="Links by place" note="where on the page clicks and money come from">
      ${data.links.length === 0 && !places.data?.data.length
        ? html`<${Empty} title="No paid link found on this page" />`
        : html`<${Loaded} resource=${places} lines=${6}>${(found) => html`<${HeatMap} links=${data.links} places=${found.data} range=${keepRange(route.params)} />`}</${Loaded}>`}
    </${Panel}>
    <${Disclosure} data=${data} />
    <${TimeLine} data=${data} noted=${noted} range=${range} />
    <${RevisionMoney} path=${path} />`;
}

function Figures({ data, money }) {
  const { zone } = useContext(App);
  const verdict = disclosureOf(data.article.verdict);
  const sum = (field) => data.days.reduce((total, day) => total + day[field], 0);
  const change = money?.before ? changeText(money.clicks, money.before.clicks) : "";
  return html`<dl class="figures">
    <div><dt>Human clicks</dt><dd class="figure">${formatCount(sum("net"))}</dd><dd class="figure-note">of ${plural(sum("gross"), "request")}${change && `; ${change} against the days before`}</dd></div>
    <div><dt>Earned</dt><dd class="figure"><${MoneyLines} lines=${money?.money} field="earned_micro" /></dd><dd class="figure-note">pending, approved and paid</dd></div>
    <div><dt>Earned per click</dt><dd class="figure"><${MoneyLines} lines=${money?.money} field="epc_micro" /></dd><dd class="figure-note">per human click (EPC)</dd></div>
    <div><dt>Disclosure</dt><dd class="figure verdict"><${Badge} ...${verdict} /></dd>
      <dd class="figure-note">${data.article.verdict ? `Read ${formatTime(data.article.seen_at_ms, zone)}. ` : ""}${verdict.help}</dd></div>
  </dl>`;
}

function Disclosure({ data }) {
  const { route } = useContext(App);
  const findings = foldFindings(data.findings);
  if (!data.article.verdict && findings.length === 0) return null;
  return html`<${Panel} id="findings" title="Disclosure" note=${findings.length > 0 ? plural(findings.length, "finding") : null}
      actions=${html`<a class="button small" href=${formatHash("/disclosures", { path: data.article.path, ...keepRange(route.params) })}>Review and fix</a>`}>
    <${Verdicts} verdicts=${data.verdicts} />
    ${data.article.verdict !== "indeterminate" || findings.length > 0 ? html`<${Findings} findings=${findings} />` : html`<p>Something on the page could not be evaluated when it was read: the review says what.</p>`}
  </${Panel}>`;
}

/** What a scan found changed, and what the owner noted; the newest first. */
function TimeLine({ data, noted, range }) {
  const { session, zone, toast } = useContext(App);
  const [edited, setEdited] = useState(null);
  const { path } = data.article;
  const events = [
    ...data.revisions
      .map((each, n) => ({ key: `r${n}`, day: each.day, at: each.at_ms, text: revisionText(each, data.revisions[n - 1]), by: "seen by a scan" }))
      .filter((each) => each.day >= range.from && each.day <= range.to),
    ...noted.data.map((each) => ({ key: `a${each.id}`, day: each.from, text: each.text, days: daysText(each), by: each.article ? each.author : `${each.author}, of the whole site` })),
  ].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  return html`<${Panel} id="time-line" title="What happened" actions=${session.user?.role !== "viewer" && html`<button type="button" class="button small" onClick=${() => setEdited({ from: range.to, article: path })}>Annotate</button>`}>
    ${events.length === 0
      ? html`<p class="soft">Nothing noted in these days, and no scan found the page changed.</p>`
      : html`<ol class="time-line">${events.map((each) => html`<li key=${each.key}><time datetime=${each.day}>${each.days ?? formatTime(each.at, zone)}</time> <span>${each.text}</span> <span class="soft">${each.by}</span></li>`)}</ol>`}
    ${edited && html`<${AnnotationDialog} annotation=${edited} onClose=${() => setEdited(null)}
      onSaved=${(saved) => {
        setEdited(null);
        noted.refresh();
        toast({ text: `Saved “${saved.text}”.` });
      }} />`}
  </${Panel}>`;
}
