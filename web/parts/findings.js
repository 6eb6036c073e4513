// What rules find on a page: where, why, and what mends it.
import { html } from "../lib/dom.js";
import { disclosureOf } from "../lib/format.js";
import { Badge, Icon } from "./basics.js";

const kSeverity = { error: "Error", warn: "Warning", info: "Note" };

/** findings: folded over jurisdictions; those with a `context` show the page's source with the place marked. */
export function Findings({ findings }) {
  if (findings.length === 0)
    return html`<p class="notice tone-ok"><${Icon} name="ok" /><span>No rule has anything to say about this page. Automated checks only; not legal advice.</span></p>`;
  return html`<ul class="findings">
    ${findings.map((each, n) => html`<li key=${n} class=${`tone-${each.severity}`}>
      <p class="finding-head"><${Badge} tone=${each.severity} label=${kSeverity[each.severity] ?? each.severity} />
        <span class="rule">${each.rule}</span> <span class="soft">${each.jurisdictions.join(", ")}${each.line > 0 ? `, line ${each.line}` : ""}</span></p>
      <p class="finding-message">${each.message}</p>
      ${each.context ? html`<${Source} context=${each.context} line=${each.line} />` : each.excerpt && html`<pre class="excerpt" tabindex="0" aria-label=${`The page at line ${each.line}`}><code>${each.excerpt}</code></pre>`}
      <dl class="reasons">
        ${each.why && html`<div><dt>Why</dt><dd>${each.why}</dd></div>`}
        ${each.fix && html`<div><dt>Fix</dt><dd>${each.fix}</dd></div>`}
      </dl>
    </li>`)}
  </ul>`;
}

function Source({ context, line }) {
  return html`<pre class="excerpt" tabindex="0" aria-label=${`The page's source from line ${context.line}, the place at line ${line} marked`}><code>${context.before}<mark>${context.marked}${context.left_out > 0 ? `… (${context.left_out} more bytes)` : ""}</mark>${context.after}</code></pre>`;
}

/** verdicts: {"US": "pass"}. */
export function Verdicts({ verdicts }) {
  const entries = Object.entries(verdicts ?? {});
  if (entries.length === 0) return null;
  return html`<dl class="verdict-list" aria-label="Verdict by jurisdiction">
    ${entries.map(([jurisdiction, verdict]) => html`<div key=${jurisdiction}><dt>${jurisdiction}</dt><dd><${Badge} ...${disclosureOf(verdict)} /></dd></div>`)}
  </dl>`;
}
