// What stands around every view: navigation, the demo banner, messages, the help.
import { App, html, useContext, useEffect, useRef, useState } from "../lib/dom.js";
import { kShortcuts } from "../lib/keys.js";
import { formatHash, keepRange } from "../lib/state.js";
import { Dialog, Icon } from "./basics.js";
import { SavedViews } from "./saved_views.js";

const kPlaces = [
  { path: "/overview", label: "Overview" },
  { path: "/articles", label: "Articles", also: ["/articles/detail"] },
  { path: "/disclosures", label: "Disclosures" },
  { path: "/reports", label: "Reports" },
  { path: "/links", label: "Links", also: ["/links/detail"] },
  { path: "/merchants", label: "Merchants" },
  { path: "/clicks", label: "Clicks" },
  { path: "/revenue", label: "Revenue", also: ["/imports", "/revenue/ledger", "/revenue/reconcile", "/revenue/unattributed", "/revenue/commission", "/revenue/tags"] },
  { path: "/annotations", label: "Annotations" },
  { path: "/jobs", label: "Jobs" },
  { path: "/settings", label: "Settings" },
];

export function Brand() {
  return html`<span class="brand">
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M22 11.5a7.5 7.5 0 1 0 0 9" />
      <circle cx="16.5" cy="16" r="2.2" />
    </svg>
    Candor
  </span>`;
}

export function DemoBanner() {
  return html`<p class="demo-banner">
    <strong>Demo data</strong> The site, its links and every number here are made up.
  </p>`;
}

export function Shell({ path, children }) {
  const { session, route, openHelp } = useContext(App);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [route]);
  const here = (place) => place.path === path || place.also?.includes(path);

  return html`<div class="frame">
    <a class="skip" href="#main" onClick=${skipToMain}>Skip to the content</a>
    <header class="side">
      <div class="side-top">
        <${Brand} />
        <button type="button" class="button quiet menu-button" aria-expanded=${open ? "true" : "false"}
          aria-controls="places" onClick=${() => setOpen(!open)}><${Icon} name="menu" />Menu</button>
      </div>
      <p class="site-name">${session.site}</p>
      <nav id="places" class=${`places ${open ? "open" : ""}`} aria-label="Views">
        <ul>
          ${kPlaces.map((place) => html`<li key=${place.path}>
            <a href=${formatHash(place.path, keepRange(route.params))} aria-current=${here(place) ? "page" : undefined}>${place.label}</a>
          </li>`)}
        </ul>
        <${SavedViews} />
        <p class="side-foot">
          <button type="button" class="text-button" onClick=${openHelp}>Keyboard help</button>
          <span>Candor ${session.version}</span>
        </p>
      </nav>
    </header>
    <div class="content">
      ${session.demo && html`<aside aria-label="About the data"><${DemoBanner} /></aside>`}
      <main id="main" tabindex="-1">${children}</main>
    </div>
  </div>`;
}

// The address is the dashboard's state, so the skip link must not change it.
function skipToMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

const kToastMs = 15000;

/**
 * One message with an optional undo. {text, undo(), done()}: done runs once when the time is up or
 * the message is replaced. Time stands still while it is pointed at or focused.
 */
export function Toast({ toast, onDone }) {
  const [held, setHeld] = useState(false);
  const ended = useRef(null);
  useEffect(() => {
    ended.current = null;
    setHeld(false);
    const leave = () => finish(toast, ended);
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      finish(toast, ended);
    };
  }, [toast]);
  useEffect(() => {
    if (!toast || held) return undefined;
    const timer = setTimeout(onDone, kToastMs);
    return () => clearTimeout(timer);
  }, [toast, held]);

  const undo = () => {
    ended.current = toast;
    toast.undo();
    onDone();
  };
  return html`<div class="toast-place" role="status">
    ${toast && html`<div class="toast" onMouseEnter=${() => setHeld(true)} onMouseLeave=${() => setHeld(false)}
        onFocusIn=${() => setHeld(true)} onFocusOut=${() => setHeld(false)}>
      <span>${toast.text}</span>
      ${toast.undo && html`<button type="button" class="button small" onClick=${undo}>Undo</button>`}
      <button type="button" class="button quiet icon-only" aria-label="Dismiss" onClick=${onDone}><${Icon} name="close" /></button>
    </div>`}
  </div>`;
}

function finish(toast, ended) {
  if (!toast || ended.current === toast) return;
  ended.current = toast;
  toast.done?.();
}

export function Help({ onClose }) {
  return html`<${Dialog} title="Keyboard" onClose=${onClose}>
    <dl class="keys">
      ${kShortcuts.map((each) => html`<div key=${each.label}>
        <dt>${each.keys.map((key, n) => html`${n > 0 && " then "}<kbd>${key}</kbd>`)}</dt>
        <dd>${each.label}</dd>
      </div>`)}
      <div><dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>On a chart: day by day; page up and down by week</dd></div>
    </dl>
    <p class="hint">Single keys can be switched off in Settings.</p>
  </${Dialog}>`;
}
