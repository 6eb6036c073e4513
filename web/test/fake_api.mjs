// A stand-in for Candor's API with made-up data, so that the dashboard can be looked at and tested
// without the server. Loopback only:  node web/test/fake_api.mjs [PORT]
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { addDays, dayAt, listDays } from "../lib/ranges.js";
import { vendor } from "../vendor.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const kZone = "Europe/Berlin";
const kTypes = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json" };
export const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

const kArticles = [
  ["/best-blenders", "The blenders I keep recommending to patients who <em>hate</em> cooking", "pass"],
  ["/overnight-oats", "Overnight oats, five ways", "pass"],
  ["/magnesium-guide", "Magnesium: which form, how much, and who should ask first", "fail"],
  ["/cast-iron-care", "Cast-iron care", "warn"],
  ["/lentil-soup", "Weeknight lentil soup", "indeterminate"],
  ["/about", "About", "not-applicable"],
  ["/new-post", "", ""],
];

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
const seedOf = (text) => createHash("sha256").update(text).digest().readUInt32LE(0);

function dayCounts(name, from, to) {
  return listDays(from, to)
    .map((day) => {
      const next = random(seedOf(name + day));
      const net = Math.floor(next() * 24) + (["0", "6"].includes(String(new Date(day).getUTCDay())) ? 4 : 12);
      return { day, net, gross: net + Math.floor(next() * 20) };
    })
    .filter((_, n) => n % 17 !== 5);
}
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

function line(currency, pending, approved, reversed, paid, orders, clicks) {
  const earned = pending + approved + paid;
  return {
    currency,
    pending_micro: pending,
    approved_micro: approved,
    reversed_micro: reversed,
    paid_micro: paid,
    earned_micro: earned,
    orders,
    epc_micro: clicks > 0 ? Math.round(earned / clicks) : null,
  };
}
function addLines(lists, clicks) {
  const byCurrency = new Map();
  for (const each of lists.flat()) {
    const known = byCurrency.get(each.currency) ?? line(each.currency, 0, 0, 0, 0, 0, 0);
    for (const key of Object.keys(known)) if (key !== "currency" && key !== "epc_micro") known[key] += each[key];
    known.epc_micro = clicks > 0 ? Math.round(known.earned_micro / clicks) : null;
    byCurrency.set(each.currency, known);
  }
  return [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function articlesReport(from, to) {
  const days = listDays(from, to).length;
  const data = kArticles.map(([path, title, disclosure], n) => {
    const counts = n < 5 ? dayCounts(path, from, to) : [];
    const clicks = sum(counts, "net");
    const revenue = [];
    if (n < 4) revenue.push(line("USD", 1250000 * days * (5 - n), 2340000 * days, 410000 * n * days, 3120000 * days, 2 * days, clicks));
    if (n < 2) revenue.push(line("GBP", 333333 * days, 0, 0, 120000 * days, days, clicks));
    return { article_id: n + 1, path, title, clicks, gross_clicks: sum(counts, "gross"), disclosure, revenue };
  });
  const unattributed = {
    article_id: null, path: "(unattributed)", title: "", clicks: 3, gross_clicks: 9, disclosure: "",
    revenue: [line("USD", 0, 700000 * days, 0, 99500 * days, days, 3)],
  };
  const all = [...data, unattributed];
  const clicks = sum(all, "clicks");
  const revenue = addLines(all.map((row) => row.revenue), clicks);
  const total = { article_id: null, path: "", title: "Total", clicks, gross_clicks: sum(all, "gross_clicks"), disclosure: "", revenue };
  return { schema: "candor.report.articles/1", from, to, zone: kZone, demo: true, balanced: true, data, unattributed, total, imported: revenue };
}

const kReasons = { human: "", bot: "pattern Googlebot", prefetch: "header Sec-Purpose: prefetch", head: "method HEAD", repeat: "same visitor within 10 s" };
function makeClicks(now) {
  const next = random(7);
  const verdicts = ["human", "human", "human", "bot", "human", "repeat", "prefetch", "human", "head"];
  return Array.from({ length: 130 }, (_, n) => {
    const verdict = verdicts[n % verdicts.length];
    const article = n % 7 === 6 ? "" : kArticles[Math.floor(next() * 5)][0];
    return {
      id: String(8000000000000130n - BigInt(n)),
      token: `k${(seedOf(`t${n}`) >>> 0).toString(32).padStart(16, "0")}`,
      at: new Date(now - n * 211000 - Math.floor(next() * 90000)).toISOString(),
      link: ["vitamix-a3500", "oats-jar", "pure-magnesium"][n % 3],
      article,
      placement: article ? (n % 4) + 1 : 0,
      verdict,
      reason: kReasons[verdict],
      referrer: article ? `nourished.example${article}` : "",
      user_agent: verdict === "bot" ? "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" : "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) <script>alert(1)</script>",
    };
  });
}

function overview(state, from, to) {
  const report = articlesReport(from, to);
  const days = new Map();
  for (const [path] of kArticles.slice(0, 5))
    for (const each of dayCounts(path, from, to)) {
      const known = days.get(each.day) ?? { day: each.day, net: 0, gross: 0 };
      days.set(each.day, { day: each.day, net: known.net + each.net, gross: known.gross + each.gross });
    }
  const listed = [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  const [net, gross] = [sum(listed, "net"), sum(listed, "gross")];
  const left = gross - net;
  return {
    from, to, zone: kZone, demo: true, site: state.site,
    clicks: { net, gross, by_verdict: { human: net, bot: left - 3 * Math.floor(left / 5), prefetch: Math.floor(left / 5), head: Math.floor(left / 5), repeat: Math.floor(left / 5) } },
    days: listed,
    revenue: report.total.revenue,
    unattributed: report.unattributed.revenue,
    problems: state.quiet ? [] : [
      { kind: "undisclosed", severity: "error", message: "1 article with paid links breaks a disclosure rule: /magnesium-guide", fix: "Run candor inject on it, or see its findings.", href: "#/articles/detail?path=/magnesium-guide" },
      { kind: "stale-import", severity: "warn", message: "No Awin report since 9 November", fix: "Download the transactions report and import it.", href: "/imports" },
    ],
    outages: state.quiet ? [] : [{ from_ms: Date.parse(`${addDays(to, -2)}T02:10:00Z`), to_ms: Date.parse(`${addDays(to, -2)}T02:22:30Z`), orderly: false }],
    front: { running: true, accepted: 52313, recorded: 52310, unrecorded: 3, shed: 0, not_found: 41, started_at_ms: state.now - 4 * 864e5 },
    recent: state.clicks.slice(0, 10),
  };
}

function makeState({ signedIn, now }) {
  const at = new Date(now - 9e7).toISOString();
  const link = (id, slug, network, merchant, destination, linkState = "active") => ({
    id, slug, destination, match_url: "", network, merchant, title: `${merchant} pick`, state: linkState,
    url: `http://127.0.0.1:8080/go/${slug}`, created_at: at, updated_at: at,
  });
  return {
    now, signedIn, password: "", once: "one-time", site: "The Nourished Fork", quiet: false,
    clicks: makeClicks(now),
    links: [
      link(1, "vitamix-a3500", "awin", "Blendworks", "https://www.awin1.com/cread.php?awinmid=15991&awinaffid=884511&ued=https%3A%2F%2Fblendworks.example%2Fvitamix-a3500"),
      link(2, "oats-jar", "shareasale", "Glasshouse", "https://www.shareasale.com/r.cfm?b=1234567&u=1830042&m=88123&urllink=glasshouse.example%2Fjar"),
      link(3, "pure-magnesium", "cj", "Pure Minerals", "https://www.anrdoezrs.net/click-8390021-14402213?url=https%3A%2F%2Fpureminerals.example%2Fmg", "disabled"),
    ],
    imports: [
      { id: 2, network: "awin", report: "transactions", file_name: "awin_transactions.csv", imported_at: at, row_count: 214, new_count: 200, changed_count: 9, unchanged_count: 4, bad_count: 1 },
      { id: 1, network: "amazon", report: "fee-earnings", file_name: "fee-earnings-us.csv", imported_at: at, row_count: 88, new_count: 88, changed_count: 0, unchanged_count: 0, bad_count: 0 },
    ],
    jobs: ["report", "attribute", "import", ""].map((step, n) => ({
      job: "nightly", step, state: n === 1 ? "failed" : "done", watermark: dayAt(now - 864e5, kZone),
      started_at: new Date(now - 3e7 - n * 1000).toISOString(), finished_at: new Date(now - 3e7 + 900).toISOString(),
      message: n === 1 ? "2 of 214 commissions wait for their click" : "",
    })),
  };
}

const problem = (status, title, detail, field) => ({ status, body: { type: "about:blank", title, status, detail, ...(field ? { field } : {}) } });
const ok = (body, status = 200) => ({ status, body });

function checkLink(state, link, slug) {
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(link.slug ?? "")) return problem(422, "The short name cannot be used", "Use lower-case letters, digits, dots and dashes; start with a letter or digit.", "slug");
  if (link.slug !== slug && state.links.some((each) => each.slug === link.slug)) return problem(422, "The short name is taken", `There is a link named ${link.slug} already.`, "slug");
  if (!/^https?:\/\/[^/\s]+/.test(link.destination ?? "")) return problem(422, "The destination cannot be used", "Only http and https addresses can be linked to.", "destination");
  return null;
}

function routeLinks(state, method, slug, body) {
  const known = state.links.find((each) => each.slug === slug);
  if (!slug && method === "GET") return ok({ data: state.links });
  if (!slug && method === "POST") {
    const made = { id: 99 + state.links.length, match_url: "", network: "", merchant: "", title: "", state: "active", url: `http://127.0.0.1:8080/go/${body.slug}`, created_at: new Date().toISOString(), updated_at: new Date().toISOString(), ...body };
    const wrong = checkLink(state, made);
    if (wrong) return wrong;
    state.links.push(made);
    return ok(made, 201);
  }
  if (!known) return problem(404, "No such link", `There is no link named ${slug}.`);
  if (method === "GET") return ok(known);
  if (method === "DELETE") {
    state.links = state.links.filter((each) => each !== known);
    return ok(null, 204);
  }
  const wrong = checkLink(state, { ...known, ...body }, slug);
  if (wrong) return wrong;
  Object.assign(known, body, { updated_at: new Date().toISOString() });
  return ok(known);
}

function routeClicks(state, query, id) {
  if (id) {
    const click = state.clicks.find((each) => each.id === id || each.token === id);
    if (!click) return problem(404, "No such click", `There is no click ${id}.`);
    const counts = click.verdict === "human";
    return ok({
      click, counts,
      why: counts ? "A person's browser asked for it, and nobody had asked from there within ten seconds." : `It is marked ${click.verdict}: ${click.reason}.`,
      commissions: counts ? [{ id: 5, network: "awin", status: "pending", commission_micro: 4312500, currency: "GBP", tier: "token", reason: "the click's token came back" }] : [],
    });
  }
  const limit = Number(query.get("limit") ?? 50);
  const rows = state.clicks
    .filter((click) => query.get("all") || click.verdict === "human")
    .filter((click) => !query.get("before") || BigInt(click.id) < BigInt(query.get("before")));
  const page = rows.slice(0, limit);
  return ok({ data: page, next: rows.length > limit ? page.at(-1).id : null });
}

function routeImport(state, query, bytes) {
  if (bytes.length === 0) return problem(422, "The file is empty", "Choose the report as the network gives it.", "file");
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (query.get("dry_run") === "true") {
    const would = { id: null, network: "awin", report: "transactions", account: "", file_name: query.get("file_name"), imported_at: new Date().toISOString(), row_count: 12, new_count: 8, changed_count: 1, unchanged_count: 1, bad_count: 2, withdrawn_count: 0, from: null, to: null, undone_at: null };
    return ok({ dry_run: true, import: would, repeated: state.imports.some((each) => each.hash === hash), layout: { network: "awin", report: "transactions", certainty: "seen", mapping: null, identity: "id" }, totals: [{ currency: "GBP", status: "pending", row_count: 10, commission_micro: 25_000_000, sale_micro: 400_000_000 }], examples: [], errors: [] });
  }
  const known = state.imports.find((each) => each.hash === hash);
  if (known) return ok({ import: known, errors: [], repeated: true });
  const made = { id: state.imports.length + 1, network: query.get("network") || "awin", report: "transactions", file_name: query.get("file_name"), imported_at: new Date().toISOString(), row_count: 12, new_count: 8, changed_count: 1, unchanged_count: 1, bad_count: 2, hash };
  state.imports.unshift(made);
  return ok({ import: made, repeated: false, errors: [
    { row: 4, column: "commission", reason: "not an amount", text: "12,3,4" },
    { row: 9, column: "date", reason: "not a date of this report", text: "31/31/2026" },
  ] });
}

const kThen = "2026-11-02T09:30:00Z";
const kSettings = {
  site: { name: "The Nourished Fork", url: "https://nourished.example", hosts: ["nourished.example"], go_url: "https://nourished.example/go/", zone: kZone, jurisdictions: ["US"], language: "", content_selector: "", link_through_go: true, demo: true },
  programmes: [], privacy: { visitors: "on", beacon: "consent", click_token: "off" }, retention: { raw_click_days: 7 },
  revenue: { model: "linear", half_life_days: 7, currency: { awin: "GBP" }, drop_dir: "/var/lib/candor/drop", report_days: 28 },
  backup: { dir: "/var/lib/candor/backups", keep: 3, files: [{ file_name: "candor-2026-11-22.db", bytes: 1_100_000 }] },
};
const kAccounts = {
  "/account/sessions": [{ id: "5f0c1d2e3a4b5c6d", user: "owner", created_at: kThen, seen_at: kThen, address: "192.0.2.7", agent: "Mozilla/5.0 <b>Firefox</b>", current: true }],
  "/users": [
    { name: "anna@example.com", role: "editor", password_set: true, totp: true, created_at: kThen, seen_at: kThen, self: false },
    { name: "owner", role: "owner", password_set: false, totp: false, created_at: null, seen_at: kThen, self: true },
  ],
  "/tokens": [{ name: "wordpress", scope: "pages", created_at: kThen, used_at: null, expires_at: null }],
  "/shares": [{ name: "writer", report: "articles", path: "/reviews/", range_days: 28, created_at: kThen, expires_at: kThen, used_at: null }],
  "/log": [{ id: 3, at: kThen, who: "anna@example.com", address: "192.0.2.7", action: "PATCH /api/v1/links/{slug}", what: "Edit a link", subject: "oats-jar", changes: { title: { from: "", to: "<script>alert(1)</script>" } } }],
};

function route(state, method, path, query, body, bytes) {
  if (path === "/session") {
    if (method === "GET") return ok({ signed_in: state.signedIn, password_set: state.password !== "", asks_name: false, demo: true, site: state.site, zone: kZone, version: "0.1.0", ...(state.signedIn ? { csrf: "1", user: { name: "owner", role: "owner", totp: false, recovery_codes: 0 } } : {}) });
    if (method === "DELETE") state.signedIn = false;
    else if (body.once === state.once) {
      state.once = "";
      state.signedIn = true;
    } else if (body.password && body.password === state.password) state.signedIn = true;
    else return problem(403, "That did not sign you in", body.once ? "This link was used before or is too old. Start Candor again for a new one." : "The password is not right.");
    return ok(null, 204);
  }
  if (!state.signedIn) return problem(401, "Signed out", "Sign in first.");
  const days = [query.get("from") ?? addDays(dayAt(state.now, kZone), -27), query.get("to") ?? dayAt(state.now, kZone)];
  if (path === "/account/password") {
    if ((body.password ?? "").length < 10) return problem(422, "The password is too short", "Use at least 10 characters.", "password");
    state.password = body.password;
    return ok(null, 204);
  }
  if (path === "/settings") return ok(kSettings);
  if (path === "/mails") return ok({ configured: false, data: [] });
  if (path === "/revenue/mappings") return ok({ data: [] });
  if (method === "GET" && kAccounts[path]) return ok({ data: kAccounts[path], next: null });
  if (path === "/overview") return ok(overview(state, ...days));
  if (path === "/reports/articles") return ok(articlesReport(...days));
  if (path === "/articles/detail") return routeArticle(state, query.get("path"), days);
  if (path === "/jobs") return ok({ data: state.jobs });
  if (path === "/jobs/nightly") return ok({
      watermark: state.jobs[0].watermark, failed: false, attention: true,
      steps: [
        { step: "import", failed: false, attention: false, message: "nothing new in the drop folder" },
        { step: "attribute", failed: false, attention: true, message: "2 of 214 commissions wait for their click" },
      ],
    });
  if (path === "/revenue/imports") return method === "POST" ? routeImport(state, query, bytes) : ok({ data: state.imports });
  if (path === "/annotations") return ok({ data: [{ id: "1", from: days[1], to: days[1], article: "", text: "New theme <b>", author: "owner", version: "1", created_at: kThen }] });
  if (path === "/setup") return ok({ steps: ["link", "page", "click", "import", "backup"].map((each, n) => ({ id: each, done: n < 3, at: n < 3 ? kThen : null })), test_link: null, test_seen_at: null });
  if (path === "/articles/places") return ok({ data: [{ placement: 1, clicks: 31, gross_clicks: 40, revenue: [] }, { placement: 2, clicks: 12, gross_clicks: 12, revenue: [{ currency: "GBP", earned_micro: 4312500, orders: 1 }] }] });
  if (path === "/disclosure") return ok(disclosure(...days));
  if (path === "/clicks/slices") return ok(slices(state, query));
  const [, noun, id] = path.split("/");
  if (noun === "links") return routeLinks(state, method, id && decodeURIComponent(id), body);
  if (noun === "clicks") return routeClicks(state, query, id && decodeURIComponent(id));
  return problem(404, "No such address", path);
}

const kStates = ["pass", "warn", "indeterminate", "fail", "not-applicable", "unknown"];

function disclosure(from, to) {
  const data = kArticles.map(([path, title, verdict]) => ({ path, title, verdict, finding_count: 0, seen_at_ms: Date.parse(kThen), rules: verdict === "fail" ? ["CD102"] : [], jurisdictions: verdict === "fail" ? ["UK", "US"] : [] }));
  const now = Object.fromEntries(kStates.map((each) => [each, data.filter((article) => (article.verdict || "unknown") === each).length]));
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push({ day, ...now });
  return { from, to, jurisdictions: ["US", "UK"], now, days, data };
}

function slices(state, query) {
  const by = query.get("by");
  const counts = new Map();
  for (const click of state.clicks)
    if (!query.get("verdict") || click.verdict === query.get("verdict")) counts.set(click[by] ?? "", [...(counts.get(click[by] ?? "") ?? []), click]);
  const people = (list) => list.filter((click) => click.verdict === "human").length;
  const data = [...counts].map(([key, list]) => ({ [by]: key, clicks: people(list), gross_clicks: list.length }));
  return { data, rows: data.length, total: { clicks: sum(data, "clicks"), gross_clicks: sum(data, "gross_clicks") }, credits: [] };
}

function routeArticle(state, path, days) {
  const n = kArticles.findIndex((each) => each[0] === path);
  if (n < 0) return problem(404, "No such article", `No article is known at ${path}.`);
  const [, title, verdict] = kArticles[n];
  const findings = verdict === "fail" ? [
    { rule: "CD102", severity: "error", jurisdiction: "US", line: 88, excerpt: '<a href="https://www.amazon.com/dp/B0EXAMPLE1?tag=nourfork-20">the glycinate I take</a>', message: "The first disclosure comes after the first of 4 paid links.", why: "FTC: the closer the disclosure is to the recommendation, the better.", fix: "Run candor inject: it puts the notice right below the byline." },
    { rule: "CD102", severity: "error", jurisdiction: "UK", line: 88, excerpt: '<a href="https://www.amazon.com/dp/B0EXAMPLE1?tag=nourfork-20">the glycinate I take</a>', message: "The first disclosure comes after the first of 4 paid links.", why: "FTC: the closer the disclosure is to the recommendation, the better.", fix: "Run candor inject: it puts the notice right below the byline." },
    { rule: "CD401", severity: "warn", jurisdiction: "US", line: 91, excerpt: "", message: "2 paid links lack rel=sponsored.", why: "Google asks for it on paid links.", fix: "Run candor inject." },
  ] : [];
  return ok({
    article: { id: n + 1, path, title, verdict, finding_count: findings.length, seen_at_ms: state.now - 5e6 },
    links: n < 5 ? [
      { placement: 1, href: "https://www.amazon.com/dp/B0EXAMPLE1?tag=nourfork-20", network: "amazon", slug: "" },
      { placement: 2, href: state.links[0].destination, network: "awin", slug: "vitamix-a3500" },
    ] : [],
    findings,
    verdicts: verdict ? { US: verdict, UK: verdict === "fail" ? "fail" : "pass" } : {},
    revisions: [{ at_ms: state.now - 9e8, day: dayAt(state.now - 9e8, kZone), title, verdict, finding_count: findings.length, link_count: 2, links_added: 0, links_removed: 0 }],
    days: n < 5 ? dayCounts(path, ...days) : [],
  });
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function sendFile(response, vendorDir, path) {
  const name = normalize(path === "/" ? "/index.html" : path).slice(1);
  const file = name.startsWith("vendor/") ? join(vendorDir, name.slice(7)) : join(web, name);
  try {
    const bytes = readFileSync(file);
    response.writeHead(200, { "Content-Type": kTypes[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": kPolicy, "X-Content-Type-Options": "nosniff" });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

/** {url, state, close}; `port` 0 takes a free one. */
export async function startFakeApi({ port = 0, signedIn = true, now = Date.now() } = {}) {
  const vendorDir = mkdtempSync(join(tmpdir(), "candor-vendor-"));
  vendor(vendorDir);
  const state = makeState({ signedIn, now });
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://local");
    if (!url.pathname.startsWith("/api/v1/")) return sendFile(response, vendorDir, url.pathname);
    const bytes = await readBody(request);
    const unsafe = request.method !== "GET" && request.headers["x-candor"] !== "1";
    const isJson = (request.headers["content-type"] ?? "").includes("json") && bytes.length > 0;
    const answer = unsafe
      ? problem(403, "Refused", "The X-Candor header is missing.")
      : route(state, request.method, url.pathname.slice("/api/v1".length), url.searchParams, isJson ? JSON.parse(bytes) : {}, bytes);
    const text = answer.body === null ? "" : JSON.stringify(answer.body);
    const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;
    const same = answer.status === 200 && request.headers["if-none-match"] === etag;
    response.writeHead(same ? 304 : answer.status, { "Content-Type": answer.status < 400 ? "application/json" : "application/problem+json", ETag: etag });
    response.end(same ? "" : text);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    state,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startFakeApi({ port: Number(process.argv[2] ?? 0) });
  console.log(url);
}
