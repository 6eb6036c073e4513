// candor audit and candor inject over files, folders, a site on loopback, and the API.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { candor, output, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";

const kettle = '<a href="https://www.amazon.com/dp/B000000001?tag=gear-20">Kettle on Amazon</a>';
const older = "Gear is a participant in the Amazon Services LLC Associates Program.";
const seed =
  `<!doctype html>\n<html lang="en">\n<head><title>Kettles</title></head>\n<body>\n<main>\n<h1>Kettles</h1>\n` +
  `<p class="byline">By Ann. This post may contain affiliate links.</p>\n<p>We boiled a lot: ${kettle}</p>\n</main>\n` +
  `<footer><p>${older}</p></footer>\n</body>\n</html>\n`;
const awin = '<a href="https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2">Kettle</a>';
const page = (body) => `<!doctype html><html lang="en"><head><title>t</title></head><body><main><h1>Kettles</h1>${body}</main></body></html>\n`;

/// Like run, with this process free to answer the command's requests.
function runBeside(args, options = {}) {
  return new Promise((resolve) => {
    const { CANDOR_CONFIG, ...environment } = process.env;
    const child = spawn(candor, args, { env: environment, ...options });
    const told = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => (told.stdout += data));
    child.stderr.on("data", (data) => (told.stderr += data));
    child.once("close", (status) => resolve({ status, ...told }));
  });
}

test("a page that hedges at the top and discloses in the footer fails, and one command mends it", () => {
  const folder = temporaryFolder();
  const file = join(folder, "page.html");
  writeFileSync(file, seed);
  const before = run(["audit", "page.html", "--format", "json"], { cwd: folder });
  assert.equal(before.status, 3, before.stderr);
  const report = JSON.parse(before.stdout);
  assert.equal(report.schema, "candor.audit/1");
  assert.equal(report.page, "page.html");
  assert.equal(report.verdicts.US, "fail");
  const severity = Object.fromEntries(report.findings.map((finding) => [finding.rule, finding.severity]));
  assert.equal(severity.CD202, "error", JSON.stringify(severity));
  assert.equal(severity.CD502, "info");
  assert(!("CD501" in severity));

  const shown = run(["audit", "page.html", "--diff", "--fail-on", "never"], { cwd: folder });
  assert.equal(shown.status, 0);
  assert.match(shown.stdout, /^\+\+\+ b\/page\.html$/m);
  assert.equal(readFileSync(file, "utf8"), seed);

  const fixed = run(["audit", "page.html", "--fix"], { cwd: folder });
  assert.match(fixed.stdout, /^\+.*As an Amazon Associate I earn from qualifying purchases/m);
  assert.equal(fixed.status, 0, fixed.stdout + fixed.stderr);
  assert.equal(run(["audit", "page.html"], { cwd: folder }).status, 0);
  // What the diff says is what was done.
  writeFileSync(join(folder, "again.html"), seed);
  const diff = output(["inject", "again.html", "--dry-run", "--diff"], { cwd: folder });
  const patch = spawnSync("git", ["apply", "-p1", "-"], { cwd: folder, input: diff, encoding: "utf8" });
  assert.equal(patch.status, 0, patch.stderr + diff);
  assert.equal(readFileSync(join(folder, "again.html"), "utf8"), readFileSync(file, "utf8"));

  writeFileSync(file, readFileSync(file, "utf8").replace(/<a [^>]*amazon[^>]*>.*?<\/a>/s, "Kettle"));
  assert.equal(run(["audit", "page.html", "--fix"], { cwd: folder }).status, 0);
  assert.doesNotMatch(readFileSync(file, "utf8"), /data-candor="disclosure"/);
});

test("formats, jurisdictions and thresholds", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "public"));
  writeFileSync(join(folder, "public", "a.html"), seed);
  writeFileSync(join(folder, "public", "b.html"), page("<p>No links.</p>"));
  const list = JSON.parse(run(["audit", "public", "--json", "--jurisdiction", "us,UK", "--jurisdiction", "DE"], { cwd: folder }).stdout);
  assert.equal(list.length, 2);
  assert.deepEqual(Object.keys(list[0].verdicts).sort(), ["DE", "UK", "US"]);
  const github = run(["audit", "public", "--format", "github"], { cwd: folder });
  assert.equal(github.status, 3);
  assert.match(github.stdout, /^::error file=public\/a\.html,line=7,col=\d+,title=CD202::/m);
  const sarif = JSON.parse(run(["audit", join(folder, "public"), "--format", "sarif"], { cwd: folder }).stdout);
  assert.equal(sarif.version, "2.1.0");
  assert.equal(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, "public/a.html");
  assert.match(run(["audit", "public", "--format", "csv"], { cwd: folder }).stdout, /^file,line,column,severity,rule,/);

  const warned = page(`<p>This page contains paid links: we earn a commission when you buy through them.</p><p>${awin} (paid link)</p>`);
  const on = (level) => run(["audit", "-", "--fail-on", level], { cwd: folder, input: warned }).status;
  assert.deepEqual([on("error"), on("warn"), on("never")], [0, 3, 0]);
  const cloaked = page('<p><a href="/recommends/kettle">Kettle</a></p>');
  assert.equal(run(["audit", "-", "--fail-on", "indeterminate"], { cwd: folder, input: cloaked }).status, 3);
  assert.match(run(["audit", "-"], { cwd: folder, input: cloaked }).stderr, /no pass/);

  const unknown = run(["audit", "public", "--jurisdiction", "XX"], { cwd: folder });
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /"XX" is no jurisdiction Candor knows; there are US UK .* SE/);
  const preview = run(["disclosure", "preview", "--jurisdiction", "de,XX"], { cwd: folder });
  assert.equal(preview.status, 2);
  assert.match(preview.stderr, /"XX" is no jurisdiction Candor knows/);
  assert.match(output(["disclosure", "preview", "--jurisdiction", "de,gb", "--language", "en"], { cwd: folder }), /^label +.*Anzeige/m);
  mkdirSync(join(folder, "empty"));
  assert.match(run(["audit", "empty"], { cwd: folder }).stderr, /no pages/);
  assert.match(run(["audit", "nowhere.html"], { cwd: folder }).stderr, /nowhere\.html: no such file/);
  assert.equal(run(["audit", "-", "--fix"], { cwd: folder, input: "" }).status, 1);
  assert.match(output(["rules"]), /^CD101 error$/m);
  assert(JSON.parse(output(["audit", "--list-rules", "--json"])).data.every((rule) => rule.why));
});

test("what a configuration says is not said beside it in vain", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "page.html"), seed);
  const asked = (option, value, ...more) => run(["audit", "page.html", option, value, ...more], { cwd: folder });
  assert.equal(asked("--site-name", "Gear").status, 3);
  writeConfig(folder);
  for (const [option, key] of [["--site-name", "name"], ["--content-selector", "content_selector"]])
    for (const more of [[], ["--surface", "email"]]) {
      const refused = asked(option, "main", ...more);
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, new RegExp(`${option} is for pages without a configuration; .*candor\\.toml was found, and its ${key} under \\[site\\] holds`));
    }
});

test("an injected page that could not be evaluated whole is told, and does not fail the build", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "dist"));
  const file = join(folder, "dist", "a.html");
  const fresh = page(`<p>${awin}</p>`).replace("</head>", '<link rel="stylesheet" href="https://cdn.example/site.css"></head>');
  const inject = (html, ...more) => {
    writeFileSync(file, html);
    return run(["inject", "dist", ...more], { cwd: folder });
  };
  const usual = inject(fresh);
  assert.equal(usual.status, 0, usual.stderr);
  assert.match(usual.stderr, /a\.html: not evaluated: .*cdn\.example\/site\.css/);
  assert.match(usual.stderr, /1 page: 1 changed, .*0 need a look.*1 indeterminate\./);
  assert.equal(run(["inject", "dist/a.html"], { cwd: folder }).status, 0);
  assert.equal(inject(fresh, "--fail-on", "indeterminate").status, 3);
  assert.equal(inject(fresh, "--fail-on", "warn,indeterminate").status, 3);
  const off = fresh.replace("<head>", '<head><meta name="candor" content="off">');
  const failing = inject(off);
  assert.equal(failing.status, 3);
  assert.match(failing.stderr, /error CD101/);
  assert.match(failing.stderr, /^1 page: .* 1 needs a look/m);
  const never = inject(off, "--fail-on", "never");
  assert.equal(never.status, 0);
  assert.match(never.stderr, /error CD101/);
  const unreadable = inject(fresh + " ".repeat(9 << 20));
  assert.equal(unreadable.status, 3);
  assert.match(unreadable.stderr, /passed through unchanged/);
  assert.equal(inject(fresh, "--fail-on", "sometimes").status, 2);
});

test("a folder is injected by many threads as by one, feeds too", () => {
  const folder = temporaryFolder();
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>i</title><description>&lt;p&gt;${awin
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}&lt;/p&gt;</description></item></channel></rss>`;
  for (const name of ["one", "many"]) {
    mkdirSync(join(folder, name));
    for (let i = 0; i < 60; ++i) writeFileSync(join(folder, name, `${i}.html`), page(`<p>${i % 3 ? awin : "text"} ${i}</p>`));
    writeFileSync(join(folder, name, "feed.xml"), feed);
    writeFileSync(join(folder, name, "sitemap.xml"), "<urlset></urlset>");
  }
  const old = statSync(join(folder, "many", "0.html")).mtimeMs;
  const one = run(["inject", "one", "--threads", "1"], { cwd: folder });
  const many = run(["inject", "many", "--threads", "8"], { cwd: folder });
  assert.equal(one.status, 0, one.stderr);
  assert.match(many.stderr, /61 pages: 41 changed, 20 unchanged, 0 need a look, 0 failed/);
  assert.equal(many.stdout, one.stdout.replaceAll("one/", "many/"));
  for (const name of [...Array(60).keys()].map((i) => `${i}.html`).concat("feed.xml"))
    assert.equal(readFileSync(join(folder, "many", name), "utf8"), readFileSync(join(folder, "one", name), "utf8"));
  assert.equal(statSync(join(folder, "many", "0.html")).mtimeMs, old);
  assert.doesNotMatch(many.stderr, /\r|\x1b/);
});

/// A site whose answers are functions or texts by path; tells what was asked for.
async function site(answers) {
  const asked = [];
  const server = http.createServer((incoming, response) => {
    asked.push(`${incoming.headers["user-agent"]} ${incoming.url}`);
    const answer = answers[incoming.url];
    if (answer === undefined) return response.writeHead(404).end();
    if (typeof answer === "function") return answer(response, server.address().port);
    response.writeHead(200, { "Content-Type": incoming.url.endsWith(".css") ? "text/css" : "text/html" }).end(answer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, paths: () => asked.map((each) => each.split(" ").at(-1)), asked, close: () => server.close() };
}

test("a site is audited by its sitemap, within robots.txt and its own host", async () => {
  const folder = temporaryFolder();
  const away = await site({ "/": page(awin) });
  const map = (port, ...paths) => `<urlset>${paths.map((path) => `<url><loc>http://127.0.0.1:${port}${path}</loc></url>`).join("")}</urlset>`;
  const answers = {
    "/robots.txt": "User-agent: *\nDisallow: /\n\nUser-agent: Candor\nDisallow: /private/\nSitemap: /nowhere.xml\n",
    "/sitemap.xml": (response, port) =>
      response.end(`<sitemapindex><sitemap><loc>http://127.0.0.1:${port}/pages.xml.gz</loc></sitemap><sitemap><loc>${away.url}/x.xml</loc></sitemap></sitemapindex>`),
    "/pages.xml.gz": (response, port) =>
      response.end(gzipSync(map(port, "/bad/", "/good/", "/private/a", "/moved/", "/gone/", "/file.pdf") + `<url><loc>${away.url}/</loc></url>`)),
    "/bad/": seed.replace("</head>", '<link rel="stylesheet" href="/style.css"></head>'),
    "/good/": page("<p>No links.</p>"),
    "/moved/": (response) => response.writeHead(302, { Location: `${away.url}/` }).end(),
    "/file.pdf": (response) => response.writeHead(200, { "Content-Type": "application/pdf" }).end("%PDF"),
    "/style.css": "p { color: black }",
  };
  // Without a sitemap of its own in robots.txt the usual place counts.
  answers["/robots.txt"] = answers["/robots.txt"].replace("Sitemap: /nowhere.xml\n", "");
  const own = await site(answers);
  const result = await runBeside(["audit", `${own.url}/`, "--json", "--rate", "1000"], { cwd: folder });
  own.close();
  away.close();
  assert.equal(result.status, 3, result.stderr);
  assert.deepEqual(JSON.parse(result.stdout).map((each) => each.page), [`${own.url}/bad/`, `${own.url}/good/`]);
  assert.match(result.stderr, /\/moved\/: redirects off the site/);
  assert.match(result.stderr, /\/gone\/: answered 404/);
  assert.match(result.stderr, /1 address is not audited: robots\.txt keeps it\./);
  assert.deepEqual(away.asked, []);
  assert(!own.paths().includes("/private/a"));
  assert(own.asked.every((each) => each.startsWith("Candor/")), own.asked.join());
});

test("a site without a sitemap is followed breadth first, up to a limit, and no link of it is clicked", async () => {
  const folder = temporaryFolder();
  const own = await site({
    "/": page('<p><a href="/a/">a</a> <a href="/go/kettle">go</a> <a rel="sponsored" href="/paid">paid</a> <a href="/b/#x">b</a></p>'),
    "/a/": page('<p><a href="/c/">c</a></p>'),
    "/b/": page('<p><a href="/a/">a</a> <a href="/d/">d</a></p>'),
    "/c/": page("<p>c</p>"),
    "/d/": page("<p>d</p>"),
  });
  const order = (result) => JSON.parse(result.stdout).map((each) => new URL(each.page).pathname);
  const whole = await runBeside(["audit", `${own.url}/`, "--json", "--rate", "1000"], { cwd: folder });
  assert.equal(whole.status, 0, whole.stderr);
  assert.deepEqual(order(whole), ["/", "/a/", "/b/", "/c/", "/d/"]);
  assert(own.paths().every((path) => !path.startsWith("/go/") && path !== "/paid"));
  const part = await runBeside(["audit", `${own.url}/`, "--json", "--rate", "1000", "--max-pages", "3"], { cwd: folder });
  assert.deepEqual(order(part), ["/", "/a/", "/b/"]);
  assert.match(part.stderr, /Stopped at 3 pages/);
  own.close();
  const closed = await runBeside(["audit", `${own.url}/`], { cwd: folder });
  assert.equal(closed.status, 1);
  assert.match(closed.stderr, /cannot be read/);
});

test("the API takes a page and gives it disclosed, with findings; what it cannot take is a problem", async () => {
  const folder = temporaryFolder();
  const config = writeConfig(folder);
  const running = await serve(config);
  const socket = join(folder, "data", "candor.sock");
  const ask = (path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const call = http.request({ socketPath: JSON.parse(readFileSync(join(folder, "data", "run.json"))).socket ?? socket, path, method: "POST", headers }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode, type: response.headers["content-type"], body: JSON.parse(Buffer.concat(parts).toString()) }));
      });
      call.on("error", reject);
      call.end(body);
    });
  const html = { "Content-Type": "text/html; charset=utf-8" };
  const preview = await ask("/api/v1/inject?path=/kettles/&preview=1&jurisdiction=UK,US&language=en-GB", page(`<p>${awin}</p>`), html);
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  assert.match(preview.body.page, /data-candor="disclosure"/);
  assert.deepEqual(Object.keys(preview.body.after.verdicts).sort(), ["UK", "US"]);
  assert.equal(preview.body.before.verdicts.US, "fail");
  const audit = await ask("/api/v1/audit?path=/kettles/&preview=1", JSON.stringify({ page: page(`<p>${awin}</p>`), site_files: {} }), { "Content-Type": "application/json" });
  assert.equal(audit.status, 200);
  assert.equal(audit.body.schema, "candor.audit/1");
  assert.equal(audit.body.verdicts.US, "fail");
  assert.equal(JSON.parse(output(["link", "list", "--json", "--config", config])).data.length, 0);
  const problem = async (path, body, headers, status) => {
    const answer = await ask(path, body, headers);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.equal(answer.type, "application/problem+json");
  };
  await problem("/api/v1/audit", "x", { "Content-Type": "application/pdf" }, 415);
  await problem("/api/v1/audit?jurisdiction=XX", "x", html, 422);
  await problem("/api/v1/audit", "x".repeat((8 << 20) + 1), html, 413);
  await problem("/api/v1/audit", "x".repeat(17 << 20), html, 413);
  await problem("/api/v1/session", JSON.stringify({ password: "x".repeat(1 << 20) }), { "Content-Type": "application/json" }, 413);

  // Through the daemon as without it.
  mkdirSync(join(folder, "public"));
  writeFileSync(join(folder, "public", "a.html"), page(`<p>${awin}</p>`));
  writeFileSync(join(folder, "public", "latin.html"), Buffer.from(page(`<p>caf\xe9 ${awin}</p>`).replace("<head>", '<head><meta charset="latin1">'), "latin1"));
  const injected = run(["inject", join(folder, "public"), "--config", config]);
  assert.equal(injected.status, 0, injected.stderr);
  assert.match(readFileSync(join(folder, "public", "a.html"), "utf8"), /https:\/\/site\.example\/go\/kettle\?a=/);
  assert(readFileSync(join(folder, "public", "latin.html")).includes(Buffer.from([0x66, 0xe9])));
  assert.equal(run(["audit", join(folder, "public"), "--config", config]).status, 0);

  // The sheets go along though nothing of a fresh page asks for them yet, resolved as the API will.
  const sheets = '<link rel="stylesheet" href="/css/site.css"><link rel="stylesheet" href="near.css"><link rel="canonical" href="https://site.example/moved/">';
  mkdirSync(join(folder, "styled", "css"), { recursive: true });
  mkdirSync(join(folder, "styled", "moved"));
  writeFileSync(join(folder, "styled", "css", "site.css"), '@import "more.css"; body { color: #222 }');
  writeFileSync(join(folder, "styled", "css", "more.css"), "body { background: #fff }");
  for (const place of ["", "moved/"]) writeFileSync(join(folder, "styled", place, "near.css"), "p { color: #111 }");
  writeFileSync(join(folder, "styled", "styled.html"), page(`<p>${awin}</p>`).replace("</head>", `${sheets}</head>`));
  const styled = run(["inject", join(folder, "styled", "styled.html"), "--path", "/styled.html", "--dry-run", "--out", join(folder, "out"), "--json", "--config", config]);
  assert.equal(JSON.parse(styled.stdout).data[0].verdicts.US, "pass", styled.stdout + styled.stderr);
  await running.stop();
  assert.equal(run(["audit", join(folder, "public"), "--config", config]).status, 0);
  assert(existsSync(config));
});

test("pages of a folder are judged with their style sheets, when they are served and at night", async () => {
  const folder = temporaryFolder();
  const root = join(folder, "public");
  mkdirSync(join(root, "kettles"), { recursive: true });
  mkdirSync(join(root, "pans"));
  writeFileSync(join(root, "site.css"), "p { color: #222; background: #fff }\n");
  const styled = page(`<p>${kettle}</p>`).replace("</head>", '<link rel="stylesheet" href="/site.css"></head>');
  for (const name of ["kettles", "pans"]) writeFileSync(join(root, name, "index.html"), styled);
  const config = writeConfig(folder, { rest: `[pages]\nlisten = "127.0.0.1:0"\nroot = "public"\n` });
  const site = await serve(config);
  const agent = new http.Agent({ socketPath: site.socket });
  const verdict = async (path) => JSON.parse((await request(`http://localhost/api/v1/articles/detail?path=${path}`, { agent })).body).article.verdict;
  assert.equal((await request(`${site.proxy_url}/kettles/`)).status, 200);
  assert.equal(await verdict("/kettles/"), "pass");
  output(["nightly", "--config", config]);
  assert.equal(await verdict("/pans/"), "pass");
  await site.stop();
});
