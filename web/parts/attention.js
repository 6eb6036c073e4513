// What needs doing, by the money that hangs on it, each with the way to mend it.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatSpan, formatTime, plural } from "../lib/format.js";
import { foldProblems } from "../lib/kpi.js";
import { formatHash, keepRange, routeOfHref } from "../lib/state.js";
import { Icon, MoneyLines, Panel } from "./basics.js";

const kSeverity = { error: "Error", warn: "Warning", info: "Note" };
const kShown = 5;

/** Problems, then the times in which nothing could be counted. */
export function Attention({ problems, outages, zone, onRan }) {
  const { route } = useContext(App);
  if (problems.length === 0 && outages.length === 0)
    return html`<p class="notice tone-ok"><${Icon} name="ok" /><span>Nothing needs your attention.</span></p>`;
  const all = route.params.problems === "all";
  const { shown, more, at_risk } = foldProblems(problems, all ? problems.length : kShown);
  const toggle = (value) => formatHash(route.path, { ...route.params, problems: value });
  return html`<${Panel} id="attention" title="Needs attention" tone="attention"
      note=${at_risk.length > 0 ? html`<${MoneyLines} lines=${at_risk} field="earned_micro" /> earned in these days on pages with a problem` : null}>
    <ul class="problems">
      ${shown.map((each, n) => html`<${ProblemItem} key=${`${each.kind}${each.subject ?? ""}${n}`} problem=${each} onRan=${onRan} />`)}
      ${outages.map((each) => html`<li key=${each.from_ms} class="tone-info">
        <${Icon} name="info" />
        <div>
          <p><span class="severity">Not counted</span> ${formatTime(each.from_ms, zone)} – ${formatTime(each.to_ms, zone)} (${formatSpan(each.from_ms, each.to_ms)})</p>
          <p class="fix">${each.orderly ? "Candor was stopped in an orderly way." : "Candor ended without an orderly stop."} Clicks in this time are in no number here.</p>
        </div>
      </li>`)}
    </ul>
    ${more > 0 && html`<p class="more-link"><a href=${toggle("all")}>Show ${plural(more, "more problem")}</a></p>`}
    ${all && problems.length > kShown && html`<p class="more-link"><a href=${toggle(undefined)}>Show the first ${kShown} only</a></p>`}
  </${Panel}>`;
}

function ProblemItem({ problem, onRan }) {
  return html`<li class=${`tone-${problem.severity}`}>
    <${Icon} name=${problem.severity} />
    <div>
      <p><span class="severity">${kSeverity[problem.severity] ?? problem.severity}</span> ${problem.message}</p>
      ${problem.at_risk?.length > 0 && html`<p class="at-risk">At risk: <${MoneyLines} lines=${problem.at_risk} field="earned_micro" /> earned in these days</p>`}
      ${problem.fix && html`<p class="fix">${problem.fix}</p>`}
    </div>
    <${Fix} problem=${problem} onRan=${onRan} />
  </li>`;
}

/** One press to where it is mended, or that mends it. */
function Fix({ problem, onRan }) {
  const { route, session } = useContext(App);
  const label = (text) => `${text}: ${problem.message}`;
  if (problem.kind === "disclosure" && problem.subject)
    return html`<a class="button small" href=${formatHash("/disclosures", { path: problem.subject, ...keepRange(route.params) })} aria-label=${label("Review and fix")}>Review and fix</a>`;
  if (problem.kind === "dead-link" && problem.subject)
    return html`<a class="button small" href=${formatHash("/links/detail", { slug: problem.subject, ...keepRange(route.params) })} aria-label=${label("Mend the link")}>Mend the link</a>`;
  if (problem.kind === "stale-import")
    return html`<a class="button small" href="#/imports" aria-label=${label("Import a report")}>Import a report</a>`;
  if (problem.kind === "unrecorded")
    return html`<button type="button" class="button small" aria-label=${label("Show the count")} onClick=${showRedirects}>Show the count</button>`;
  const href = routeOfHref(problem.href);
  // A button that leads back to this very view would do nothing.
  const show = href && href !== "#/overview" && html`<a class="button small" href=${href} aria-label=${label("Show")}>Show</a>`;
  if ((problem.kind === "job" || problem.kind === "balance") && session.user?.role === "owner")
    return html`<span class="button-row"><${RunNightly} label=${label("Run now")} onRan=${onRan} />${show}</span>`;
  return show || null;
}

/** Further down in this view: what came, what was recorded, and what was not. */
function showRedirects() {
  const heading = document.querySelector("#front h2, #front");
  heading.scrollIntoView({ block: "center" });
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function RunNightly({ label, onRan }) {
  const { api, toast } = useContext(App);
  const [busy, setBusy] = useState(false);
  async function run() {
    setBusy(true);
    try {
      const done = await api.send("POST", apiPath("/jobs/nightly"));
      toast({ text: done?.failed ? "The nightly job ran, and a step failed again: see Jobs." : "The nightly job ran." });
    } catch (problem) {
      toast({ text: problem.message });
    }
    setBusy(false);
    onRan?.();
  }
  return html`<button type="button" class="button small" disabled=${busy} aria-label=${label} onClick=${run}>${busy ? "Running…" : "Run now"}</button>`;
}
