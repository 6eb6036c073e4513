// What the last look at a link's destination found.
import { App, html, useContext } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { Badge } from "./basics.js";

const kHealth = {
  ok: { tone: "ok", label: "Reached" },
  dead: { tone: "error", label: "Dead" },
  failing: { tone: "warn", label: "Failing" },
  unsure: { tone: "quiet", label: "Not sure" },
  unchecked: { tone: "quiet", label: "Not looked at" },
};

/** Nothing where nobody looked; `quiet`: only what is broken. */
export function Health({ health, quiet }) {
  const { zone } = useContext(App);
  const known = health && kHealth[health.state];
  if (!known || (quiet && !["dead", "failing"].includes(health.state))) return null;
  const since = health.failing_since ? ` since ${formatTime(health.failing_since, zone)}` : "";
  const help = [`Looked at ${formatTime(health.checked_at, zone)}`, health.status, health.detail].filter(Boolean).join(": ");
  return html`<${Badge} tone=${known.tone} label=${known.label + since} help=${help} />`;
}
