// Views that belong together, as links beside each other.
import { App, html, useContext } from "../lib/dom.js";
import { formatHash, keepRange } from "../lib/state.js";

export function Tabs({ label, tabs }) {
  const { route } = useContext(App);
  return html`<nav class="segments tabs" aria-label=${label}>
    ${tabs.map((tab) => html`<a key=${tab.path} href=${formatHash(tab.path, keepRange(route.params))}
      aria-current=${route.path === tab.path ? "true" : undefined}>${tab.label}</a>`)}
  </nav>`;
}

const kRevenue = [
  { path: "/revenue", label: "Summary" },
  { path: "/imports", label: "Imports" },
  { path: "/revenue/unattributed", label: "Unattributed" },
  { path: "/revenue/tags", label: "Tracking IDs" },
  { path: "/revenue/ledger", label: "Ledger" },
  { path: "/revenue/reconcile", label: "Reconcile" },
];

export const RevenueTabs = () => html`<${Tabs} label="Revenue" tabs=${kRevenue} />`;
