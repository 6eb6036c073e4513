// One request after another, until every operation of the API has answered: what openapi.test.mjs holds against the
// document. A new route goes in here, or the test fails.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

const kPassword = "correct horse battery";
const kPage = '<!doctype html><html lang="en"><title>Kettles</title><main><h1>Kettles</h1><p><a href="https://www.awin1.com/cread.php?awinmid=7052&awinaffid=189999&ued=https%3A%2F%2Fshop.example%2Fkettle">Buy</a></main>';
const kReport = readFileSync(new URL("../fixtures/networks/awin_transactions.csv", import.meta.url));

/// RFC 6238, apart from the program's own.
export function codeAt(base32, step) {
  const bits = [...base32].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/// `ask(operation, {path, query, body, type, headers, status, as})` sends and checks one request and gives its answer,
/// JSON parsed; `status` is the one expected, else any of the operation's good ones.
export async function walk(ask) {
  await links(ask);
  await clicks(ask);
  await reports(ask);
  await revenue(ask);
  await pages(ask);
  await jobs(ask);
  await people(ask);
  await webhooks(ask);
  await annotations(ask);
  await account(ask);
  for (const path of ["/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", "/api/v1/docs"]) await ask(`GET ${path}`);
}

async function links(ask) {
  const link = {
    slug: "walk",
    destination: "https://shop.example/kettle",
    title: "=1+1",
    click_cap: 1000,
    expires_at: "2036-12-24T18:00",
    pass_query: ["coupon"],
    utm: { source: "blog" },
    rules: [
      { name: "Germany", country: ["DE"], device: ["mobile"], schedule: { weekdays: ["sat"], hours: "22:00-06:00" }, query: [{ name: "src", equals: "mail" }], destination: "https://shop.example/de" },
      { split: [{ destination: "https://a.example/", weight: 70 }, { destination: "https://b.example/", weight: 30 }] },
    ],
  };
  const added = await ask("POST /api/v1/links", { body: link, status: 201 });
  await ask("POST /api/v1/links", { body: link, status: 409, field: "slug" });
  await ask("POST /api/v1/links", { body: { slug: "x", destination: "nowhere" }, status: 422, field: "destination" });
  await ask("POST /api/v1/links", { body: { slag: "x" }, status: 422, field: "slag" });
  await ask("POST /api/v1/links", { body: "{", type: "application/json", status: 400 });
  await ask("GET /api/v1/links");
  await ask("GET /api/v1/links", { query: { all: "1", faults: "1" } });
  await ask("GET /api/v1/links", { query: { search: "walk" } });
  await ask("GET /api/v1/links", { query: { limit: "0" }, status: 422, field: "limit" });
  await ask("GET /api/v1/links/{slug}", { path: { slug: "walk" } });
  await ask("GET /api/v1/links/{slug}", { path: { slug: "nothing" }, status: 404 });
  await ask("POST /api/v1/links/{slug}/test", { path: { slug: "walk" }, body: { country: "DE", device: "mobile" } });
  await ask("POST /api/v1/links/{slug}/test", { path: { slug: "walk" }, body: { country: "Germany" }, status: 422, field: "country" });
  await ask("PATCH /api/v1/links/{slug}", { path: { slug: "walk" }, body: { title: "A" }, status: 428 });
  await ask("PATCH /api/v1/links/{slug}", { path: { slug: "walk" }, body: { title: "A" }, headers: { "If-Match": '"old"' }, status: 412 });
  await ask("PATCH /api/v1/links/{slug}", { path: { slug: "walk" }, body: { title: "Kettle" }, headers: { "If-Match": `"${added.version}"` } });
  await ask("POST /api/v1/links", { query: { dry_run: "true" }, body: { slug: "dry", destination: "https://shop.example/" }, status: 200 });
  await ask("POST /api/v1/links", { query: { dry_run: "1" }, body: { slug: "dry", destination: "https://shop.example/" }, status: 422, field: "dry_run" });
  await ask("PATCH /api/v1/links", { body: { edits: [{ slug: "walk", version: "old", set: { title: "B" } }] }, status: 412, field: "edits[0].version" });
  const { version } = await ask("GET /api/v1/links/{slug}", { path: { slug: "walk" } });
  await ask("PATCH /api/v1/links", { body: { edits: [{ slug: "walk", version, set: { title: "Kettles" } }] } });
  await ask("POST /api/v1/links/{slug}/check", { path: { slug: "blendworks-quiet" } });
  await ask("POST /api/v1/links/{slug}/check", { path: { slug: "nothing" }, status: 404 });
  await ask("GET /api/v1/links/{slug}/history", { path: { slug: "walk" } });
  await ask("GET /api/v1/links/{slug}/history", { path: { slug: "nothing" }, status: 404 });
  await ask("GET /api/v1/links/{slug}/qr", { path: { slug: "walk" } });
  await ask("GET /api/v1/links/{slug}/qr", { path: { slug: "nothing" }, status: 404 });
  await ask("DELETE /api/v1/links/{slug}", { path: { slug: "walk" }, headers: { "If-Match": "*" } });
  await ask("GET /api/v1/exports/{server}", { path: { server: "nginx" } });
  await ask("GET /api/v1/exports/{server}", { path: { server: "iis" }, status: 404 });
}

async function clicks(ask) {
  const first = (await ask("GET /api/v1/clicks", { query: { limit: "3" } })).data[0];
  await ask("GET /api/v1/clicks", { query: { all: "1", verdict: "bot", limit: "5" } });
  await ask("GET /api/v1/clicks", { query: { verdict: "alien" }, status: 422, field: "verdict" });
  await ask("GET /api/v1/clicks", { query: { link: "nothing" }, status: 404, field: "link" });
  await ask("GET /api/v1/clicks/{id}", { path: { id: first.id } });
  await ask("GET /api/v1/clicks/{id}", { path: { id: "1" }, status: 404 });
  await ask("GET /api/v1/clicks/slices", { query: { by: "day,link", visitors: "1", device: "mobile" } });
  await ask("GET /api/v1/clicks/slices", { query: { by: "country" } });
  await ask("GET /api/v1/clicks/slices", { query: { by: "mood" }, status: 422, field: "by" });
  await ask("POST /api/v1/clicks/test", { body: { link: first.link } });
  await ask("POST /api/v1/clicks/test", { body: { link: "nothing" }, status: 404, field: "link" });
  await ask("POST /api/v1/clicks/reclassify", { body: { dry_run: true } });
  await ask("POST /api/v1/clicks/reclassify", { body: { from: "yesterday" }, status: 422, field: "from" });
  const probe = await ask("POST /api/v1/probes", { status: 201 });
  await ask("GET /api/v1/probes/{key}", { path: { key: probe.key } });
  await ask("GET /api/v1/probes/{key}", { path: { key: "nothing" }, status: 404 });
}

async function reports(ask) {
  await ask("GET /api/v1/overview");
  await ask("GET /api/v1/overview", { query: { from: "2026-13-01" }, status: 422, field: "from" });
  await ask("GET /api/v1/status");
  for (const format of ["json", "csv", "table"]) await ask("GET /api/v1/reports/articles", { query: { format } });
  const articles = await ask("GET /api/v1/reports/articles", { query: { as_of: "2036-01-01" } });
  await ask("GET /api/v1/reports/articles", { query: { format: "pdf" }, status: 422, field: "format" });
  for (const by of ["article", "link", "merchant", "network", "programme", "placement", "country", "device", "day", "week", "month"])
    await ask("GET /api/v1/reports", { query: { by, compare: "previous" } });
  for (const format of ["csv", "table", "html"]) await ask("GET /api/v1/reports", { query: { by: "network", format } });
  await ask("GET /api/v1/reports", { query: { by: "network", currency: "EUR", as_of: "2036-01-01" } });
  await ask("GET /api/v1/reports", { query: { currency: "shells" }, status: 422, field: "currency" });
  await ask("GET /api/v1/reports", { query: { by: "mood" }, status: 422, field: "by" });
  for (const format of ["json", "csv", "table"]) await ask("GET /api/v1/reports/models", { query: { format, model: "last,linear,markov,shapley" } });
  await ask("GET /api/v1/reports/models", { query: { model: "psychic" }, status: 422, field: "model" });
  for (const format of ["json", "csv", "table"]) await ask("GET /api/v1/reports/risk", { query: { format, clicks: "1" } });
  await ask("GET /api/v1/reports/risk", { query: { clicks: "0" }, status: 422, field: "clicks" });
  for (const row of articles.data.slice(0, 5))
    if (row.path.startsWith("/")) await ask("GET /api/v1/articles/detail", { query: { path: row.path } });
  for (const format of ["json", "csv", "table"])
    await ask("GET /api/v1/reports/revisions", { query: { path: articles.data.find((row) => row.path.startsWith("/")).path, format } });
  await ask("GET /api/v1/reports/revisions", { query: { path: "/nothing/" }, status: 404, field: "path" });
  await ask("GET /api/v1/articles/detail", { query: { path: "/nothing/" }, status: 404, field: "path" });
  await ask("GET /api/v1/articles/places", { query: { path: "/overnight-oats/" } });
  await ask("GET /api/v1/articles/places", { query: { path: "/nothing/" }, status: 404, field: "path" });
  for (const [name, value] of [["article", "/overnight-oats/|/nothing/"], ["link", "seedling-oats"], ["merchant", "Seedling"], ["network", "awin|cj"], ["programme", "Seedling at awin"]])
    await ask("GET /api/v1/reports", { query: { by: "day", [name]: value } });
  await ask("GET /api/v1/setup");
  await ask("GET /api/v1/privacy");
  for (const format of ["text", "html"]) await ask("GET /api/v1/privacy", { query: { format, language: "de" } });
  await ask("GET /api/v1/privacy", { query: { format: "pdf" }, status: 422, field: "format" });
}

async function annotations(ask) {
  const made = await ask("POST /api/v1/annotations", { body: { text: "New recipes", article: "/overnight-oats/" }, status: 201 });
  await ask("POST /api/v1/annotations", { body: { text: "" }, status: 422, field: "text" });
  await ask("GET /api/v1/annotations", { query: { article: "/overnight-oats/" } });
  await ask("GET /api/v1/annotations", { query: { article: "/nothing/" }, status: 404, field: "article" });
  const path = { id: made.id };
  await ask("PATCH /api/v1/annotations/{id}", { path, body: { text: "Other recipes" }, status: 428 });
  const edited = await ask("PATCH /api/v1/annotations/{id}", { path, body: { text: "Other recipes" }, headers: { "If-Match": `"${made.version}"` } });
  await ask("DELETE /api/v1/annotations/{id}", { path, status: 428 });
  await ask("DELETE /api/v1/annotations/{id}", { path, headers: { "If-Match": `"${edited.version}"` } });
}

async function revenue(ask) {
  await ask("GET /api/v1/networks");
  await ask("GET /api/v1/networks", { query: { format: "pdf" }, status: 422, field: "format" });
  await ask("GET /api/v1/revenue/imports");
  const made = await ask("POST /api/v1/revenue/imports", {
    query: { file_name: "awin.csv", network: "awin", currency: "GBP" },
    body: kReport,
    type: "text/csv",
  });
  await ask("POST /api/v1/revenue/imports", { body: "milk,eggs\n1,2\n", type: "text/csv", status: 422, field: "file" });
  await ask("GET /api/v1/revenue/imports/{id}", { path: { id: String(made.import.id) } });
  await ask("GET /api/v1/revenue/imports/{id}", { path: { id: "7777" }, status: 404, field: "id" });
  await ask("POST /api/v1/revenue/imports/{id}/undo", { path: { id: String(made.import.id) } });
  await ask("POST /api/v1/revenue/imports/{id}/undo", { path: { id: "7777" }, status: 404, field: "id" });
  await ask("POST /api/v1/revenue/imports", { query: { dry_run: "true", network: "awin", currency: "GBP" }, body: kReport, type: "text/csv" });
  const table = "Day,Earned,State\n2026-03-02,5.00,approved\n";
  await ask("POST /api/v1/revenue/mappings/guess", { body: table, type: "text/csv" });
  await ask("POST /api/v1/revenue/mappings/guess", { body: "", type: "text/csv", status: 422, field: "file" });
  const name = { name: "shopfront" };
  const mapping = { header: ["Day", "Earned", "State"], columns: { date: "Day", commission: "Earned", status: "State" }, currency: "EUR" };
  await ask("PUT /api/v1/revenue/mappings/{name}", { path: name, body: mapping });
  await ask("PUT /api/v1/revenue/mappings/{name}", { path: name, body: { ...mapping, columns: { mood: "Day" } }, status: 422, field: "columns.mood" });
  await ask("GET /api/v1/revenue/mappings");
  await ask("GET /api/v1/revenue/mappings/{name}", { path: name });
  await ask("GET /api/v1/revenue/mappings/{name}", { path: { name: "none" }, status: 404, field: "name" });
  await ask("DELETE /api/v1/revenue/mappings/{name}", { path: name });
  await ask("DELETE /api/v1/revenue/mappings/{name}", { path: name, status: 404, field: "name" });
  await ask("POST /api/v1/revenue/pull", { query: { network: "nobody" }, status: 422, field: "network" });
  await ask("POST /api/v1/revenue/pull");
  const { token } = await ask("POST /api/v1/tokens", { body: { name: "network", scope: "postback" }, status: 201 });
  const told = { token, account: "9", id: "t1", date: "2026-11-06T10:00:00Z", commission: "3.14", currency: "EUR", status: "pending" };
  await ask("GET /postback/{network}", { path: { network: "acme" }, query: told, as: "" });
  await ask("GET /postback/{network}", { path: { network: "acme" }, query: { token }, as: "", status: 422 });
  await ask("POST /postback/{network}", { path: { network: "acme" }, query: told, as: "" });
  await ask("POST /postback/{network}", { path: { network: "A B" }, query: told, as: "", status: 404, field: "network" });
  await ask("GET /api/v1/revenue/commissions/{id}", { path: { id: "1" } });
  await ask("GET /api/v1/revenue/commissions/{id}", { path: { id: "none" }, status: 422, field: "id" });
  await ask("GET /api/v1/revenue/check");
  await attribution(ask);
  await ask("POST /api/v1/revenue/reconcile", { body: "network,account,currency,period,amount\nawin,,GBP,2026-03,5.00\n", type: "text/csv" });
  await ask("POST /api/v1/revenue/reconcile", { body: "milk\n", type: "text/csv", status: 422, field: "file" });
  await ask("POST /api/v1/rates", { body: "Date,USD,JPY,\n2026-03-17,1.0900,162.50,\n", type: "text/csv" });
  await ask("POST /api/v1/rates", { body: "milk\n", type: "text/csv", status: 422, field: "file" });
  await ask("GET /api/v1/rates", { query: { day: "2026-03-17" } });
  await ask("GET /api/v1/rates", { query: { day: "soon" }, status: 422, field: "day" });
}

async function attribution(ask) {
  const open = await ask("GET /api/v1/revenue/unattributed", { query: { limit: "1000" } });
  await ask("GET /api/v1/revenue/unattributed", { query: { after: "x" }, status: 422, field: "after" });
  for (const id of ["1", "2", "3", "4", "5", String(open.data[0].id)]) await ask("GET /api/v1/revenue/commissions/{id}/explain", { path: { id } });
  await ask("GET /api/v1/revenue/commissions/{id}/explain", { path: { id: "7777777" }, status: 404, field: "id" });
  const rule = { network: "awin", text: "walk", article: "/overnight-oats/" };
  const made = await ask("POST /api/v1/revenue/rules", { body: rule, status: 201 });
  await ask("POST /api/v1/revenue/rules", { body: rule, status: 409, field: "text" });
  await ask("GET /api/v1/revenue/rules");
  await ask("DELETE /api/v1/revenue/rules/{id}", { path: { id: String(made.id) } });
  await ask("DELETE /api/v1/revenue/rules/{id}", { path: { id: String(made.id) }, status: 404, field: "id" });
  const tag = { article: "/overnight-oats/", tag: "walk-oats-20" };
  await ask("POST /api/v1/revenue/tags", { body: tag, status: 201 });
  await ask("POST /api/v1/revenue/tags", { body: { ...tag, tag: "no tag" }, status: 422, field: "tag" });
  await ask("GET /api/v1/revenue/tags");
  await ask("DELETE /api/v1/revenue/tags/{tag}", { path: { tag: tag.tag } });
  await ask("DELETE /api/v1/revenue/tags/{tag}", { path: { tag: tag.tag }, status: 404, field: "tag" });
}

async function pages(ask) {
  await ask("POST /api/v1/audit", { query: { path: "/walk/" }, body: kPage, type: "text/html" });
  await ask("POST /api/v1/audit", { body: { page: kPage, site_files: { "/site.css": "p{}" } } });
  await ask("POST /api/v1/audit", { query: { path: "walk" }, body: kPage, type: "text/html", status: 422, field: "path" });
  await ask("POST /api/v1/audit", { body: kPage, type: "image/png", status: 415 });
  await ask("POST /api/v1/inject", { query: { path: "/walk/", preview: "1" }, body: kPage, type: "text/html" });
  await ask("POST /api/v1/inject", { query: { path: "/walk/", fragment: "1", preview: "1", title: "Kettles", page_language: "en" }, body: kPage, type: "text/html" });
  await ask("POST /api/v1/inject", { body: { pages: kPage }, status: 422, field: "page" });
  await ask("GET /api/v1/disclosure");
  await ask("GET /api/v1/disclosure", { query: { from: "2020-01-01" } });
  await ask("GET /api/v1/disclosure/texts");
  await ask("GET /api/v1/disclosure/texts", { query: { jurisdiction: "DE,US", language: "de" } });
  await ask("GET /api/v1/disclosure/texts", { query: { language: "tlh" }, status: 422, field: "language" });
  const own = { language: "en-GB", footer: "Links marked {label} are ads: we are paid if you buy through them." };
  await ask("POST /api/v1/disclosure/texts", { body: own });
  await ask("POST /api/v1/disclosure/texts", { body: { ...own, language: "tlh" }, status: 422, field: "language" });
  const path = "/overnight-oats/";
  const review = await ask("GET /api/v1/pages/review", { query: { path } });
  await ask("GET /api/v1/pages/review", { query: { path: "/nothing/" }, status: 404, field: "path" });
  await ask("POST /api/v1/pages/fix", { body: { path, version: "old" }, status: 412, field: "version" });
  await ask("POST /api/v1/pages/fix", { body: { path, version: review.version } });
  await ask("POST /api/v1/pages/fix/undo", { body: { path } });
  await ask("POST /api/v1/pages/fix/undo", { body: { path }, status: 409 });
  await ask("GET /api/v1/pages/fallback", { query: { page_language: "en" } });
  await ask("GET /api/v1/pages/fallback", { query: { page_language: "?" }, status: 422, field: "page_language" });
}

async function jobs(ask) {
  await ask("POST /api/v1/jobs/retention", { body: { dry_run: true } });
  await ask("POST /api/v1/jobs/retention", { body: { wet_run: true }, status: 422, field: "wet_run" });
  await ask("POST /api/v1/jobs/nightly");
  await ask("POST /api/v1/jobs/nightly", { body: { fast: true }, status: 422, field: "fast" });
  await ask("GET /api/v1/jobs/nightly");
  await ask("POST /api/v1/jobs/backup");
  await ask("POST /api/v1/jobs/backup", { body: { fast: true }, status: 422, field: "fast" });
  const { file } = await ask("GET /api/v1/settings");
  const seen = { "If-Match": `"${file.version}"` };
  await ask("PATCH /api/v1/settings", { body: { site: { name: "Walk" } }, status: 428 });
  await ask("PATCH /api/v1/settings", { body: { site: { name: "Walk" } }, headers: { "If-Match": '"old"' }, status: 412 });
  await ask("PATCH /api/v1/settings", { body: { mail: { host: "mail.example" } }, headers: seen, status: 422, field: "mail.host" });
  await ask("PATCH /api/v1/settings", { body: { site: { hosts: ["no host"] } }, headers: seen, status: 422, field: "site.hosts" });
  await ask("PATCH /api/v1/settings", { body: { site: { name: "Walk" }, backup: { keep: 5 } }, headers: seen });
  await ask("POST /api/v1/mails/test", { body: { to: "nobody" }, status: 422, field: "to" });
  await ask("POST /api/v1/mails/test", { body: { to: "anna@site.example" } });
  const [waiting] = (await ask("GET /api/v1/mails")).data;
  await ask("DELETE /api/v1/mails/{id}", { path: { id: String(waiting.id) } });
  await ask("DELETE /api/v1/mails/{id}", { path: { id: "7777" }, status: 404 });
  await ask("GET /api/v1/jobs");
}

async function webhooks(ask) {
  const hook = await ask("POST /api/v1/webhooks", { body: { url: "http://127.0.0.1:9/", events: ["link.changed"] }, status: 201 });
  const path = { id: String(hook.id) };
  await ask("POST /api/v1/webhooks", { body: { url: "http://shop.example/" }, status: 422, field: "url" });
  await ask("POST /api/v1/webhooks", { body: { url: "https://shop.example/", events: ["rain"] }, status: 422, field: "events[0]" });
  await ask("GET /api/v1/webhooks");
  await ask("GET /api/v1/webhooks/{id}", { path });
  await ask("GET /api/v1/webhooks/{id}", { path: { id: "77" }, status: 404, field: "id" });
  await ask("PATCH /api/v1/webhooks/{id}", { path, body: { events: [], new_secret: true } });
  await ask("PATCH /api/v1/webhooks/{id}", { path, body: { name: "x" }, status: 422, field: "name" });
  const delivery = await ask("POST /api/v1/webhooks/{id}/test", { path, status: 201 });
  await ask("GET /api/v1/webhooks/{id}/deliveries", { path, query: { limit: "10" } });
  await ask("GET /api/v1/webhooks/{id}/deliveries", { path, query: { before: "x" }, status: 422, field: "before" });
  const redeliver = "POST /api/v1/webhooks/{id}/deliveries/{delivery}/redeliver";
  await ask(redeliver, { path: { ...path, delivery: String(delivery.id) } });
  await ask(redeliver, { path: { ...path, delivery: "7777" }, status: 404, field: "delivery" });
  await ask("PATCH /api/v1/webhooks/{id}", { path, body: { enabled: false } });
  await ask("POST /api/v1/webhooks/{id}/test", { path, status: 409 });
  await ask("DELETE /api/v1/webhooks/{id}", { path });
}

async function people(ask) {
  await ask("POST /api/v1/tokens", { body: { name: "walk", scope: "read", days: 3 }, status: 201 });
  await ask("POST /api/v1/tokens", { body: { name: "walk", scope: "everything" }, status: 422, field: "scope" });
  await ask("GET /api/v1/tokens");
  await ask("DELETE /api/v1/tokens/{name}", { path: { name: "walk" } });
  await ask("DELETE /api/v1/tokens/{name}", { path: { name: "walk" }, status: 404 });
  const share = await ask("POST /api/v1/shares", { body: { name: "press", report: "articles" }, status: 201 });
  const one = await ask("POST /api/v1/shares", { body: { name: "one", report: "article", path: "/overnight-oats/" }, status: 201 });
  await ask("POST /api/v1/shares", { body: { name: "press", report: "clicks" }, status: 422, field: "report" });
  await ask("GET /api/v1/shares");
  for (const { url } of [share, one]) await ask("GET /api/v1/shared", { as: url.slice(url.indexOf("key=") + 4) });
  await ask("DELETE /api/v1/shares/{name}", { path: { name: "press" } });
  await ask("DELETE /api/v1/shares/{name}", { path: { name: "press" }, status: 404 });
  await ask("POST /api/v1/account/invite", { body: { name: "anna", role: "viewer" } });
  await ask("POST /api/v1/account/invite", { body: { name: "a b" }, status: 422, field: "name" });
  await ask("GET /api/v1/users");
  await ask("PATCH /api/v1/users/{name}", { path: { name: "anna" }, body: { email: "anna@site.example" } });
  await ask("PATCH /api/v1/users/{name}", { path: { name: "anna" }, body: { email: "x" }, status: 422, field: "email" });
  await ask("PATCH /api/v1/users/{name}", { path: { name: "anna" }, body: { role: "editor" } });
  await ask("PATCH /api/v1/users/{name}", { path: { name: "anna" }, body: { role: "king" }, status: 422, field: "role" });
  await ask("DELETE /api/v1/users/{name}/totp", { path: { name: "anna" } });
  await ask("DELETE /api/v1/users/{name}/totp", { path: { name: "nobody" }, status: 404 });
  await ask("DELETE /api/v1/users/{name}", { path: { name: "anna" } });
  await ask("DELETE /api/v1/users/{name}", { path: { name: "owner" }, status: 409 });
  await ask("GET /api/v1/log");
  await ask("GET /api/v1/log", { query: { limit: "none" }, status: 422, field: "limit" });
}

async function account(ask) {
  await ask("GET /api/v1/session");
  await ask("GET /api/v1/session", { as: "" });
  await ask("POST /api/v1/session", { body: { once: "guessed" }, status: 403, field: "once", as: "" });
  await ask("POST /api/v1/account/reset", { body: { name: "nobody" }, as: "" });
  await ask("POST /api/v1/account/reset", { body: {}, as: "", status: 422, field: "name" });
  await ask("PUT /api/v1/account/password", { body: { password: "short" }, status: 422, field: "password" });
  await ask("PUT /api/v1/account/password", { body: { password: kPassword } });
  await ask("POST /api/v1/session", { body: { password: kPassword }, as: "" });
  await ask("GET /api/v1/account/sessions", { query: { all: "1" } });
  await ask("DELETE /api/v1/account/sessions/{id}", { path: { id: "none" }, status: 404 });
  const other = (await ask("GET /api/v1/account/sessions")).data.find((session) => !session.current);
  await ask("DELETE /api/v1/account/sessions/{id}", { path: { id: other.id } });
  await ask("DELETE /api/v1/account/sessions");
  await ask("POST /api/v1/account/totp", { body: { password: "wrong" }, status: 403, field: "password" });
  const { secret } = await ask("POST /api/v1/account/totp", { body: { password: kPassword } });
  await ask("POST /api/v1/account/totp/confirm", { body: { code: "000" }, status: 403, field: "code" });
  await ask("POST /api/v1/account/totp/confirm", { body: { code: codeAt(secret, Math.floor(Date.now() / 30000)) } });
  await ask("POST /api/v1/account/totp/end", { body: {}, status: 422, field: "password" });
  await ask("POST /api/v1/account/totp/end", { body: { password: kPassword } });
  await ask("DELETE /api/v1/session");
}
