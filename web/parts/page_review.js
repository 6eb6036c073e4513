// One page's disclosure: its verdict in each jurisdiction, each finding at its place in the source, what would mend it, and
// mending it.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { countChanges, parseDiff } from "../lib/diff.js";
import { foldFindings } from "../lib/findings.js";
import { disclosureOf, plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { Badge, Icon, Loaded, Panel, Problem, Skeleton } from "./basics.js";
import { Findings, Verdicts } from "./findings.js";

export function PageReview({ path, closeHref, onChanged }) {
  const { route } = useContext(App);
  const detail = useResource(apiPath("/articles/detail", { path }));
  const review = useResource(apiPath("/pages/review", { path }));
  const title = detail.data?.article.title || path;
  const close = html`<a href=${formatHash("/articles/detail", { path, ...keepRange(route.params) })}>Its clicks and revenue</a> <a href=${closeHref}>Close</a>`;
  const changed = () => {
    review.refresh();
    detail.refresh();
    onChanged();
  };
  if (review.data)
    return html`<${Panel} id="review" title=${title} note=${html`<code>${review.data.file}</code>`} actions=${close}>
      <${Reviewed} data=${review.data} onChanged=${changed} />
    </${Panel}>`;
  if (!review.problem) return html`<${Panel} id="review" title=${title} actions=${close}><${Skeleton} lines=${6} /></${Panel}>`;
  return html`<${Panel} id="review" title=${title} actions=${close}>
    <${Loaded} resource=${detail} lines=${6}>${(data) => html`<${Verdicts} verdicts=${data.verdicts} />
      <${Findings} findings=${foldFindings(data.findings)} />
      <${ByHand} problem=${review.problem} path=${path} />`}</${Loaded}>
  </${Panel}>`;
}

/** Where no file of the page can be reached from here. */
function ByHand({ problem, path }) {
  if (problem.status !== 404 && problem.status !== 409) return html`<${Problem} problem=${problem} />`;
  return html`<div class="notice tone-info"><${Icon} name="info" /><div>
    <p>${problem.detail}</p>
    <p>To mend it there: <code>candor inject FILE --dry-run --diff</code> shows what would change in the file of ${path}, and <code>candor inject FILE</code> does it. Behind the pages proxy readers see it disclosed already.</p>
  </div></div>`;
}

function Reviewed({ data, onChanged }) {
  const { audit, fix } = data;
  return html`
    <p class="hint">What stands in the file now. Pages that pass Candor's pages proxy are disclosed on their way.</p>
    <${Verdicts} verdicts=${audit.verdicts} />
    ${audit.not_evaluated.length > 0 && html`<div class="notice tone-warn"><${Icon} name="warn" /><div><p>Could not be judged, so it is not called a pass:</p>
      <ul>${audit.not_evaluated.map((each) => html`<li key=${each}>${each}</li>`)}</ul></div></div>`}
    <${Findings} findings=${foldFindings(audit.findings)} />
    <${Fix} data=${data} fix=${fix} onChanged=${onChanged} />`;
}

function Fix({ data, fix, onChanged }) {
  const { api, session, toast } = useContext(App);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const lines = parseDiff(fix.diff);
  const changes = countChanges(lines);
  const left = foldFindings(fix.findings).filter((each) => each.severity !== "info");

  async function undo() {
    try {
      await api.send("POST", apiPath("/pages/fix/undo"), { path: data.path });
      toast({ text: `${data.path} is as it was.` });
    } catch (failed) {
      toast({ text: failed.message });
    }
    onChanged();
  }
  async function apply() {
    setBusy(true);
    try {
      await api.send("POST", apiPath("/pages/fix"), { path: data.path, version: data.version });
      setProblem(null);
      toast({ text: `Wrote the fix into ${data.path}.`, sticky: true, undo });
    } catch (failed) {
      setProblem(failed);
    }
    setBusy(false);
    onChanged();
  }

  if (fix.outcome === "passed-through")
    return html`<div class="notice tone-warn"><${Icon} name="warn" /><div><p>Candor cannot mend this page safely: ${fix.why_passed_through}. It stays as it is; mend it by hand.</p></div></div>`;
  if (fix.outcome === "unchanged")
    return html`<p class="notice tone-ok"><${Icon} name="ok" /><span>There is nothing for Candor to change in this file.</span></p>`;
  return html`<section class="fix-box" aria-labelledby="fix-title">
    <h3 id="fix-title">What the fix changes</h3>
    <p>${plural(changes.in, "line")} in, ${plural(changes.out, "line")} out. After it: <${Badge} ...${disclosureOf(fix.verdict)} />${left.length > 0 && html` <span>${plural(left.length, "finding")} left to mend by hand: ${[...new Set(left.map((each) => each.rule))].join(", ")}</span>`}</p>
    ${fix.notes.length > 0 && html`<ul class="soft">${fix.notes.map((note) => html`<li key=${note}>${note}</li>`)}</ul>`}
    <${Diff} lines=${lines} />
    ${problem && html`<${Problem} problem=${problem} />`}
    ${session.user?.role !== "owner"
      ? html`<p class="hint">An owner of this site can write it into the file.</p>`
      : data.writable
        ? html`<p><button type="button" class="button primary" disabled=${busy} onClick=${apply}>${busy ? "Writing…" : "Write it into the file"}</button></p>`
        : html`<p class="notice tone-info"><${Icon} name="info" /><span>Candor may not write this file. Whoever may: <code>candor inject ${data.file}</code></span></p>`}
  </section>`;
}

const kSigns = { out: "−", in: "+", same: " ", hunk: "" };
const kSaid = { out: "taken out", in: "put in" };

function Diff({ lines }) {
  return html`<div class="scroll diff" tabindex="0" role="region" aria-label="Lines that change">
    <table><caption class="visually-hidden">Lines that change</caption>
      <thead class="visually-hidden"><tr><th scope="col">Change</th><th scope="col">Line</th></tr></thead>
      <tbody>${lines.map((line, n) => html`<tr key=${n} class=${`diff-${line.kind}`}>
        <td class="diff-sign">${kSigns[line.kind]}${kSaid[line.kind] && html`<span class="visually-hidden">${kSaid[line.kind]}</span>`}</td>
        <td><code>${line.text}</code></td>
      </tr>`)}</tbody>
    </table>
  </div>`;
}
