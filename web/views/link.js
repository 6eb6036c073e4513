// One link: what it earned and who clicked, where it leads and for whom, what would happen, what
// became of it, and how it is printed.
import { apiPath } from "../lib/api.js";
import { perOf } from "../lib/day_rows.js";
import { changesText } from "../lib/accounts.js";
import { daysOfSlices } from "../lib/link_rules.js";
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { formatCount, formatTime, networkName, plural } from "../lib/format.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { Badge, Empty, Loaded, MoneyLines, PageHead, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { DaysChart } from "../parts/days_chart.js";
import { LinkEditor } from "../parts/link_editor.js";
import { Health } from "../parts/link_health.js";
import { LinkTrial } from "../parts/link_trial.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const kStates = { active: { tone: "ok", label: "Active" }, disabled: { tone: "quiet", label: "Disabled" }, direct: { tone: "info", label: "Direct", help: "Stands in pages as it is, is never redirected to, and is counted by beacon." } };

export function LinkView() {
  const { route } = useContext(App);
  const range = useRange();
  const { slug } = route.params;
  return html`
    <p class="crumb"><a href=${formatHash("/links")}>Links</a></p>
    <${PageHead} title=${slug ?? "Link"}><${RangePicker} range=${range} /></${PageHead}>
    ${slug ? html`<${One} key=${slug} slug=${slug} range=${range} />` : html`<${Problem} problem=${{ title: "No link named", detail: "Choose one from the list of links." }} />`}`;
}

function One({ slug, range }) {
  const { api, toast, setParams } = useContext(App);
  const address = apiPath(`/links/${encodeURIComponent(slug)}`);
  const link = useResource(address);
  const [draft, setDraft] = useState(null);
  const [version, setVersion] = useState(0);

  async function undo(saved, before) {
    try {
      await api.send("PATCH", apiPath(`/links/${encodeURIComponent(saved.slug)}`), before, { version: saved.version });
      if (before.slug) setParams({ slug: before.slug }, { replace: true });
    } catch (problem) {
      toast({ text: problem.message });
    }
    link.refresh();
    setVersion((n) => n + 1);
  }
  function saved(now, changes) {
    const before = Object.fromEntries(Object.keys(changes).map((name) => [name, link.data[name]]));
    toast({ text: `Saved ${now.slug}. Redirects follow at once.`, undo: () => undo(now, before) });
    if (now.slug !== slug) setParams({ slug: now.slug }, { replace: true });
    else link.refresh();
    setVersion((n) => n + 1);
  }
  return html`<${Loaded} resource=${link} lines=${8}>${(data) => html`
    <${Head} link=${data} onLook=${link.refresh} />
    <${Figures} slug=${slug} range=${range} />
    <${Panel} id="where" title="Where it leads">
      <${LinkEditor} link=${data} onDraft=${setDraft} onSaved=${saved} onConflict=${link.refresh} />
    </${Panel}>
    <${Panel} id="trial" title="Try it" note=${draft ? "As it stands above, saved or not" : "Nobody is redirected and nothing is counted"}>
      <${LinkTrial} slug=${slug} draft=${draft} />
    </${Panel}>
    <${Articles} slug=${slug} range=${range} />
    <${Panel} id="qr" title="QR code">
      <div class="qr">
        <img src=${`${address}/qr`} alt=${`QR code of ${data.url}`} width="200" height="200" />
        <p>For print: it leads to <code>${data.url}</code>, so its destination can change later.</p>
        <a class="button small" href=${`${address}/qr`} download=${`${slug}.svg`}>Download SVG</a>
      </div>
    </${Panel}>
    <${History} slug=${slug} round=${version} />`}</${Loaded}>`;
}

function Head({ link, onLook }) {
  const { api, toast } = useContext(App);
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    try {
      await api.send("POST", apiPath(`/links/${encodeURIComponent(link.slug)}/check`));
    } catch (problem) {
      toast({ text: problem.message });
    }
    setBusy(false);
    onLook();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      toast({ text: `Copied ${link.url}` });
    } catch {
      toast({ text: `Copy it from here: ${link.url}` });
    }
  };
  return html`<div class="link-head">
    <${Badge} ...${kStates[link.state] ?? { tone: "quiet", label: link.state }} />
    <${Health} health=${link.health} />
    ${"health" in link && html`<button type="button" class="button small" disabled=${busy} onClick=${look}>${busy ? "Looking…" : "Look where it leads"}</button>`}
    <code>${link.url}</code>
    <button type="button" class="button small" onClick=${copy}>Copy</button>
    <span class="soft">${[networkName(link.network), link.merchant, link.title].filter(Boolean).join(" · ")}</span>
  </div>`;
}

function Figures({ slug, range }) {
  const { setParams } = useContext(App);
  const days = { from: range.from, to: range.to };
  const clicks = useResource(apiPath("/clicks/slices", { by: perOf(range.from, range.to), link: slug, ...days }), { every: kPollMs });
  const report = useResource(apiPath("/reports", { by: "link", ...days }));
  const money = report.data?.data.find((row) => row.key === slug)?.money;
  return html`<${Panel} id="days" title="Clicks per day">
    <${Loaded} resource=${clicks} lines=${5}>${(data) => html`
      <dl class="figures">
        <div><dt>Human clicks</dt><dd class="figure">${formatCount(data.total.clicks)}</dd><dd class="figure-note">of ${plural(data.total.gross_clicks, "request")}</dd></div>
        <div><dt>Earned</dt><dd class="figure"><${MoneyLines} lines=${money} field="earned_micro" /></dd><dd class="figure-note">pending, approved and paid</dd></div>
        <div><dt>Earned per click</dt><dd class="figure"><${MoneyLines} lines=${money} field="epc_micro" /></dd><dd class="figure-note">per human click (EPC)</dd></div>
      </dl>
      <${DaysChart} id="link-days" from=${range.from} to=${range.to} today=${range.today} days=${daysOfSlices(data.data, range.from)}
        onSelect=${(from, to) => setParams({ range: undefined, from, to })} />`}</${Loaded}>
  </${Panel}>`;
}

function Articles({ slug, range }) {
  const { route } = useContext(App);
  const clicks = useResource(apiPath("/clicks/slices", { by: "article", link: slug, from: range.from, to: range.to }));
  const columns = [
    { key: "article", label: "Article", wide: true, cell: (row) => (row.article?.startsWith("/") ? html`<a href=${formatHash("/articles/detail", { path: row.article, ...keepRange(route.params) })}>${row.article}</a>` : html`<span class="soft">unknown</span>`) },
    { key: "clicks", label: "Human clicks", numeric: true, cell: (row) => formatCount(row.clicks) },
    { key: "gross", label: "All requests", numeric: true, cell: (row) => formatCount(row.gross_clicks) },
  ];
  return html`<${Panel} id="articles" title="Articles it is clicked on">
    <${Loaded} resource=${clicks} lines=${3}>${(data) =>
      data.data.length === 0
        ? html`<${Empty} title="No click in these days" />`
        : html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(row) => row.article ?? ""} caption="Clicks by article" />`}</${Loaded}>
  </${Panel}>`;
}

function History({ slug, round }) {
  const { zone } = useContext(App);
  const history = useResource(apiPath(`/links/${encodeURIComponent(slug)}/history`));
  useEffect(() => {
    if (round > 0) history.refresh();
  }, [round]);
  const columns = [
    { key: "at", label: "When", cell: (each) => html`<span class="nowrap">${formatTime(each.at, zone)}</span>` },
    { key: "who", label: "Who", cell: (each) => each.who },
    { key: "what", label: "What", wide: true, cell: (each) => (each.what === "Add" ? "Added" : changesText(each.changes) || "Edited") },
  ];
  return html`<${Panel} id="history" title="History">
    <${Loaded} resource=${history} lines=${3}>${(data) =>
      data.data.length === 0
        ? html`<${Empty} title="No change since the log of changes is kept"><p>Links that were found in pages begin without an entry.</p></${Empty}>`
        : html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(each) => each.id} caption="Changes of this link, newest first" />`}</${Loaded}>
  </${Panel}>`;
}
