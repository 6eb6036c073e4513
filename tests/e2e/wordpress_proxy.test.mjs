// WordPress behind Candor behind nginx with TLS: readers get disclosed pages, the owner an untouched admin.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, fromWeb, json, phone, serve, temporaryFolder, writeConfig } from "./support.mjs";
import { freePort } from "./web_server.mjs";
import { missing, signIn, startWordpress } from "./wordpress_site.mjs";

const { chromium } = fromWeb("playwright-core");
const kAmazon = "https://www.amazon.com/dp/B000000001?tag=site-20";
const kAwin = "https://www.awin1.com/cread.php?awinmid=7052&amp;awinaffid=189999";
const kVisitor = "127.0.0.9";
const kContent = `<!-- wp:paragraph -->
<p>The kettle at <a href="${kAmazon}">Amazon</a> boils fast, the <a href="${kAwin}">tin kettle</a> is cheap.</p>
<!-- /wp:paragraph -->`;

let wordpress;
let candor;
let config;
let front;
let browser;
let url;

/// The web server that readers see: TLS for all, links to Candor's redirects, everything else to its pages port.
async function startFront(port) {
  const at = join(temporaryFolder(), "front");
  mkdirSync(at);
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=site.test", "-keyout", `${at}/key.pem`, "-out", `${at}/cert.pem`], { stdio: "pipe" });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${at}/${name};`);
  const headers = "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;";
  writeFileSync(
    join(at, "nginx.conf"),
    `${process.getuid() === 0 ? "user root;" : ""} worker_processes 1; daemon off; pid ${at}/pid; error_log ${at}/error.log;
events {}
http {
  ${temporary.join(" ")}
  access_log off;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${at}/cert.pem;
    ssl_certificate_key ${at}/key.pem;
    location /go/ { proxy_pass ${candor.redirect_url}; ${headers} }
    location / { proxy_pass ${candor.proxy_url}; ${headers} client_max_body_size 32m; }
  }
}
`,
  );
  const child = spawn("/usr/sbin/nginx", ["-p", at, "-e", `${at}/error.log`, "-c", `${at}/nginx.conf`], { stdio: "ignore" });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  await eventually(() => ask("/readme.html").then(() => true, () => false));
  return { stop };
}

/// One request from a loopback address of its own: {status, headers, body}.
function ask(path, { method = "GET", body, headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const call = https.request(
      new URL(path, url.replace("site.test", "127.0.0.1")),
      { method, rejectUnauthorized: false, localAddress: kVisitor, headers: { Host: new URL(url).host, "User-Agent": phone, ...headers } },
      (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }));
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

if (!missing) {
  before(async () => {
    const port = await freePort();
    url = `https://site.test:${port}`;
    wordpress = await startWordpress({
      url,
      // What WordPress' own handbook says for a site behind a proxy that speaks TLS for it.
      extra: "if ( isset( $_SERVER['HTTP_X_FORWARDED_PROTO'] ) && 'https' === $_SERVER['HTTP_X_FORWARDED_PROTO'] ) { $_SERVER['HTTPS'] = 'on'; }",
      server: "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;",
    });
    config = writeConfig(temporaryFolder(), { rest: `[pages]\nlisten = "127.0.0.1:0"\norigin = "${wordpress.origin}"\n` });
    writeFileSync(config, readFileSync(config, "utf8").replace("https://site.example", url));
    candor = await serve(config);
    front = await startFront(port);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--host-resolver-rules=MAP site.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
  });
  after(async () => {
    await browser?.close();
    await front?.stop();
    await candor?.stop();
    await wordpress?.stop();
  });
}

test("WordPress behind Candor behind nginx with TLS", { skip: missing }, async (t) => {
  const context = missing ? null : await browser.newContext({ ignoreHTTPSErrors: true });
  const owner = await context.newPage();

  await t.test("the owner signs in and publishes; the admin is untouched", async () => {
    await signIn(owner, url);
    assert.equal(new URL(owner.url()).origin, url);
    const post = await owner.evaluate(async (content) => {
      const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
      const answer = await fetch("/wp-json/wp/v2/posts", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-WP-Nonce": nonce },
        body: JSON.stringify({ title: "Kettles", content, status: "publish" }),
      });
      return answer.json();
    }, kContent);
    assert.equal(post.link, `${url}/kettles/`);
    await owner.goto(`${url}/wp-admin/post.php?post=${post.id}&action=edit`);
    const edited = await eventually(() => owner.evaluate(() => window.wp?.data?.select("core/editor")?.getEditedPostContent()));
    assert.equal(edited, kContent, "the editor shows what was written");
    await owner.goto(`${url}/wp-admin/edit.php`);
    assert.doesNotMatch(await owner.content(), /data-candor/);
  });

  await t.test("readers see the page disclosed, on a phone and on a desk", async () => {
    for (const width of [390, 1280]) {
      const reader = await browser.newPage({ ignoreHTTPSErrors: true, viewport: { width, height: 800 } });
      await reader.goto(`${url}/kettles/`);
      const block = reader.locator('[data-candor="disclosure"]').first();
      assert(await block.isVisible());
      const place = await block.boundingBox();
      const link = await reader.locator('a[href*="amazon.com"]').boundingBox();
      assert(place.width > 200 && place.x >= 0 && place.x + place.width <= width, `${width} px`);
      assert(place.y + place.height <= link.y, "before the link");
      assert.match(await reader.locator("a", { hasText: "tin kettle" }).getAttribute("href"), /\/go\/tin-kettle\?a=%2Fkettles%2F&p=2$/);
      await reader.close();
    }
  });

  await t.test("no address of the site leads back to itself", async () => {
    for (const path of ["/", "/kettles/", "/wp-login.php", "/wp-json/", "/feed/"]) assert.equal((await ask(path)).status, 200, path);
    const plain = await ask("/kettles");
    assert.deepEqual([plain.status, plain.headers.location], [301, `${url}/kettles/`]);
    const signedOut = await ask("/wp-admin/");
    assert.equal(signedOut.status, 302);
    assert(signedOut.headers.location.startsWith(`${url}/wp-login.php?`), signedOut.headers.location);
  });

  await t.test("a comment posts and carries the visitor's address", async () => {
    const id = wordpress.php("echo get_page_by_path( 'kettles', OBJECT, 'post' )->ID;");
    const body = new URLSearchParams({ comment: "Mine boils faster.", author: "A reader", email: "reader@site.test", comment_post_ID: id, comment_parent: "0" }).toString();
    const posted = await ask("/wp-comments-post.php", { method: "POST", body, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    assert.equal(posted.status, 302);
    assert(posted.headers.location.startsWith(`${url}/kettles/`), posted.headers.location);
    assert.equal(wordpress.php(`echo get_comments( array( 'post_id' => ${id} ) )[0]->comment_author_IP;`), kVisitor);
    assert.match((await ask("/kettles/")).body, /Mine boils faster/);
  });

  await t.test("a reader's click counts for the post", async () => {
    const page = await ask("/kettles/");
    const link = /href="([^"]*\/go\/tin-kettle[^"]*)"/.exec(page.body)[1].replaceAll("&amp;", "&");
    const click = await ask(link.slice(url.length));
    assert.equal(click.status, 302);
    assert.match(click.headers.location, /^https:\/\/www\.awin1\.com\/cread\.php\?awinmid=7052/);
    await eventually(() => json(["report", "articles", "--config", config]).data.some((row) => row.path === "/kettles/" && row.clicks === 1));
  });

  await t.test("feeds carry the disclosure", async () => {
    const feed = await ask("/feed/");
    assert.match(feed.headers["content-type"], /rss\+xml/);
    assert.match(feed.body, /data-candor="disclosure"/);
  });
});
