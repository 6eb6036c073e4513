// The dashboard's frame: who is signed in, which view the address names, and what all views share.
import { createApi } from "./lib/api.js";
import { App, html, render, useCallback, useEffect, useErrorBoundary, useMemo, useRef, useState } from "./lib/dom.js";
import { changedParams, createShortcuts, isTyping, shortcutsOn } from "./lib/keys.js";
import { lazy } from "./lib/lazy.js";
import { dayAt } from "./lib/ranges.js";
import { formatHash, keepRange, parseHash } from "./lib/state.js";
import { applyTheme, themeOf } from "./lib/theme.js";
import { Problem, Skeleton } from "./parts/basics.js";
import { Help, Shell, Toast } from "./parts/shell.js";
import { LoginView } from "./views/login.js";
import { OverviewView } from "./views/overview.js";

export const kViews = {
  "/overview": { title: "Overview", view: OverviewView },
  "/articles": { title: "Articles", view: lazy(() => import("./views/articles.js"), "ArticlesView") },
  "/articles/detail": { title: "Article", view: lazy(() => import("./views/article.js"), "ArticleView") },
  "/disclosures": { title: "Disclosures", view: lazy(() => import("./views/disclosures.js"), "DisclosuresView") },
  "/reports": { title: "Reports", view: lazy(() => import("./views/reports.js"), "ReportsView") },
  "/links": { title: "Links", view: lazy(() => import("./views/links.js"), "LinksView") },
  "/links/detail": { title: "Link", view: lazy(() => import("./views/link.js"), "LinkView") },
  "/merchants": { title: "Merchants", view: lazy(() => import("./views/merchants.js"), "MerchantsView") },
  "/clicks": { title: "Clicks", view: lazy(() => import("./views/clicks.js"), "ClicksView") },
  "/revenue": { title: "Revenue", view: lazy(() => import("./views/revenue.js"), "RevenueView") },
  "/revenue/ledger": { title: "Ledger", view: lazy(() => import("./views/ledger.js"), "LedgerView") },
  "/revenue/reconcile": { title: "Reconcile", view: lazy(() => import("./views/reconcile.js"), "ReconcileView") },
  "/revenue/unattributed": { title: "Unattributed", view: lazy(() => import("./views/unattributed.js"), "UnattributedView") },
  "/revenue/commission": { title: "Commission", view: lazy(() => import("./views/commission.js"), "CommissionView") },
  "/revenue/tags": { title: "Tracking IDs", view: lazy(() => import("./views/tags.js"), "TagsView") },
  "/imports": { title: "Imports", view: lazy(() => import("./views/imports.js"), "ImportsView") },
  "/annotations": { title: "Annotations", view: lazy(() => import("./views/annotations.js"), "AnnotationsView") },
  "/jobs": { title: "Jobs", view: lazy(() => import("./views/jobs.js"), "JobsView") },
  "/settings": { title: "Settings", view: lazy(() => import("./views/settings.js"), "SettingsView") },
  "/login": { title: "Sign in", view: LoginView },
};

const SharedView = lazy(() => import("./views/shared.js"), "SharedView");

function useRoute() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener("hashchange", changed);
    addEventListener("popstate", changed);
    return () => {
      removeEventListener("hashchange", changed);
      removeEventListener("popstate", changed);
    };
  }, []);
  const route = useMemo(() => parseHash(hash), [hash]);
  const go = useCallback((path, params = {}, { replace = false } = {}) => {
    const next = formatHash(path, params);
    if (replace) history.replaceState(null, "", next);
    else history.pushState(null, "", next);
    setHash(next);
  }, []);
  return [route, go];
}

function useSession(api) {
  const [state, setState] = useState({ session: null, problem: null });
  const load = useCallback(async () => {
    try {
      const session = await api.get("/api/v1/session");
      setState({ session, problem: null });
    } catch (problem) {
      setState((before) => ({ ...before, problem }));
    }
  }, [api]);
  useEffect(() => {
    load();
  }, [load]);
  return { ...state, load };
}

/** Keys on days are for views that show days. */
function changeView(hit, go, zone) {
  const { path, params } = parseHash(location.hash);
  const needs = { compare: "[data-range=compared]", clear: "body" }[hit.action] ?? "[data-range]";
  if (!document.querySelector(needs)) return;
  const next = changedParams(hit, params, dayAt(Date.now(), zone));
  if (next) go(path, next);
}

function useShortcuts(go, openHelp, zone) {
  useEffect(() => {
    const shortcuts = createShortcuts();
    const pressed = (event) => {
      if (isTyping(event) || !shortcutsOn()) return;
      const hit = shortcuts.press(event.key, event.timeStamp);
      if (!hit) return;
      event.preventDefault();
      if (hit.path) go(hit.path, keepRange(parseHash(location.hash).params));
      else if (hit.action === "help") openHelp();
      else if (hit.action === "filter") document.getElementById("filter")?.focus();
      else changeView(hit, go, zone);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [go, openHelp, zone]);
}

/** After a change of view, reading starts at its heading and the title says where one is. */
function useViewFocus(title, path, site) {
  const before = useRef(path);
  useEffect(() => {
    document.title = `${title} · ${site || "Candor"}`;
    if (before.current === path) return undefined;
    before.current = path;
    scrollTo(0, 0);
    return focusTitle();
  }, [title, path, site]);
}

/** At once, or when the view's code has come; gives what ends the waiting. */
function focusTitle() {
  const focus = () => {
    const title = document.getElementById("page-title");
    title?.focus({ preventScroll: true });
    return Boolean(title);
  };
  if (focus()) return undefined;
  const watch = new MutationObserver(() => focus() && watch.disconnect());
  watch.observe(document.getElementById("app"), { childList: true, subtree: true });
  return () => watch.disconnect();
}

/** A view that fails is told of in its place; the way to all others stays. */
function Guarded({ view: View }) {
  const [error, reset] = useErrorBoundary((failed) => console.error(failed));
  if (!error) return html`<${View} />`;
  const problem = { title: "This view could not be shown", detail: `${error.message}. This is a defect in Candor; the other views still work.` };
  return html`<h1 tabindex="-1" id="page-title">Something went wrong</h1><${Problem} problem=${problem} onRetry=${reset} />`;
}

function Dashboard() {
  const [route, go] = useRoute();
  const signedOut = useRef(() => {});
  const api = useMemo(() => createApi({ fetch: (...a) => fetch(...a), onSignedOut: () => signedOut.current() }), []);
  const { session, problem, load } = useSession(api);
  const [toast, setToast] = useState(null);
  const [help, setHelp] = useState(false);
  signedOut.current = load;

  const signedIn = Boolean(session?.signed_in);
  const path = !signedIn ? "/login" : kViews[route.path] && route.path !== "/login" ? route.path : "/overview";
  const { title, view: View } = kViews[path];
  const openHelp = useCallback(() => setHelp(true), []);
  // The site's zone, in which days are cut and times shown.
  const zone = session?.zone ?? "";
  useShortcuts(go, openHelp, zone);
  useViewFocus(title, path, session?.site);
  useEffect(() => setToast((now) => (now?.sticky ? now : null)), [path]);

  const shared = {
    api,
    session,
    reloadSession: load,
    route,
    go,
    setParams: (change, options) => go(route.path, { ...route.params, ...change }, options),
    zone,
    toast: setToast,
    openHelp,
  };
  // A share link shows its report to anybody, and the dashboard to nobody.
  if (route.path === "/shared") return html`<${App.Provider} value=${shared}><${SharedView} share=${route.params.key} /></${App.Provider}>`;
  if (!session)
    return html`<main class="alone">${problem ? html`<${Problem} problem=${problem} onRetry=${load} />` : html`<${Skeleton} />`}</main>`;
  return html`<${App.Provider} value=${shared}>
    ${signedIn
      ? html`<${Shell} path=${path}><${Guarded} key=${path} view=${View} /></${Shell}>`
      : html`<${LoginView} />`}
    <${Toast} toast=${toast} onDone=${() => setToast(null)} />
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}
  </${App.Provider}>`;
}

applyTheme(themeOf());
const root = document.getElementById("app");
root.textContent = "";
render(html`<${Dashboard} />`, root);
