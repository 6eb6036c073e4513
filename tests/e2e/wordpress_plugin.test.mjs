// The plugin in a real WordPress, uploaded as its owner would, with Candor on another port: up, down and up again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually, fromWeb, json, output, phone, request, serve, temporaryFolder, writeConfig } from "./support.mjs";
import { freePort } from "./web_server.mjs";
import { missing, signIn, startWordpress } from "./wordpress_site.mjs";

const { chromium } = fromWeb("playwright-core");
const pack = fileURLToPath(new URL("../../scripts/integrations/wordpress/pack", import.meta.url));
const kAmazon = "https://www.amazon.com/dp/B000000001?tag=site-20";
const kAwin = "https://www.awin1.com/cread.php?awinmid=7052&awinaffid=189999";
const content = (name) => `<!-- wp:paragraph -->
<p>The ${name} at <a href="${kAmazon}">Amazon</a> boils fast, the <a href="${kAwin.replace("&", "&amp;")}">tin kettle</a> is cheap.</p>
<!-- /wp:paragraph -->`;

let wordpress;
let browser;
let owner; // the owner's browser, signed in
let config;
let candor;
let token;

if (!missing) {
  before(async () => {
    wordpress = await startWordpress();
    const folder = temporaryFolder();
    config = writeConfig(folder, { rest: `[pages]\nlink_through_go = true\n` });
    const admin = await freePort();
    writeFileSync(
      config,
      readFileSync(config, "utf8")
        .replace('"https://site.example"', `"${wordpress.url}"`)
        .replace('[admin]\nlisten = "127.0.0.1:0"', `[admin]\nlisten = "127.0.0.1:${admin}"`),
    );
    candor = await serve(config);
    candor.address = `http://127.0.0.1:${admin}`;
    token = output(["token", "add", "wordpress", "--scope", "pages", "--config", config]).trim();
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
    owner = await (await browser.newContext()).newPage();
    owner.setDefaultTimeout(60000);
    await signIn(owner, wordpress.url);
  });
  after(async () => {
    await browser?.close();
    await candor?.stop();
    await wordpress?.stop();
  });
}

/// Publishes through the REST API, as the block editor does; gives the post.
const publish = (title, text) =>
  owner.evaluate(
    async ([title, content]) => {
      const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
      const answer = await fetch("/wp-json/wp/v2/posts", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-WP-Nonce": nonce },
        body: JSON.stringify({ title, content, status: "publish" }),
      });
      return answer.json();
    },
    [title, text],
  );
const get = (path) => request(wordpress.url + path, { headers: { "User-Agent": phone } });
const settings = () => owner.goto(`${wordpress.url}/wp-admin/options-general.php?page=candor`);
const article = (page) => page.slice(page.indexOf("entry-content"), page.indexOf("wp-block-template-part", page.indexOf("entry-content")));

/// What the scheduler does some minutes later, asked for by URL as a host's cron does; it answers before it works.
async function pass_minutes_until(path, text) {
  wordpress.php("wp_clear_scheduled_hook( 'candor_tick' ); wp_schedule_event( time() - 1, 'candor_minutes', 'candor_tick' );");
  await get("/wp-cron.php?doing_wp_cron");
  return eventually(async () => {
    const page = await get(path);
    return text.test(page.body) && page;
  }, 20000, `${text} on ${path}`);
}

async function connect(url, secret) {
  await settings();
  await owner.fill("#candor_url", url);
  await owner.fill("#candor_token", secret);
  await Promise.all([owner.waitForURL("**/options-general.php?page=candor"), owner.click("#submit")]);
  return owner.locator("#candor-result").innerText();
}

test("the zip is uploaded, connected with a clear answer, and posts are disclosed whether Candor runs or not", { skip: missing }, async (t) => {
  await t.test("the uploaded zip is activated", async () => {
    const zip = join(temporaryFolder(), "candor-wordpress.zip");
    execFileSync(pack, [zip]);
    await owner.goto(`${wordpress.url}/wp-admin/plugin-install.php?tab=upload`);
    await owner.setInputFiles("#pluginzip", zip);
    await owner.click("#install-plugin-submit");
    await owner.click("text=Activate Plugin");
    await owner.waitForURL("**/plugins.php**");
    assert.match(await owner.content(), /Plugin activated/);
  });

  await t.test("the test says what is wrong, and that all is well", async () => {
    assert.match(await connect("http://candor.example", token), /must begin with https/);
    assert.match(await connect(wordpress.url, token), /status 404.*address of Candor/s);
    assert.match(await connect(candor.address, "cnd_wrong"), /does not know this token/);
    const result = await connect(candor.address, token);
    assert.match(result, /Connected to Candor [\d.]+ for “Test site”.*\d+ link rules/s);
    assert(!(await owner.content()).includes(token), "the token is not shown again");
  });

  await t.test("a post is processed when it is published", async () => {
    const post = await publish("Up", content("kettle"));
    const page = await get("/up/");
    const text = article(page.body);
    assert.match(text, /^entry-content[^>]*>\s*(<script[^>]*><\/script>)?<div data-candor="disclosure" role="note" lang="en-US">/);
    assert.match(text, /As an Amazon Associate/);
    assert.match(text, /href="http:\/\/127\.0\.0\.1:\d+\/go\/tin-kettle\?a=%2Fup%2F&(amp;|#038;)?p=2"/);
    assert.match(text, /href="https:\/\/www\.amazon\.com\/dp\/B000000001\?tag=site-20"/, "Amazon's stays direct");
    assert.equal(text.match(/\(paid link\)<\/span>/g).length, 2);
    assert.doesNotMatch(page.headers["cache-control"] ?? "", /no-store/);
    assert.match(post.content.rendered, /data-candor="disclosure"/);
    assert.match((await get("/feed/")).body, /data-candor="disclosure"/);
    assert.doesNotMatch(post.excerpt.rendered, /commission/);
    assert.match(json(["link", "show", "tin-kettle", "--config", config]).destination, /awinmid=7052/);
  });

  await t.test("while Candor is stopped, posts are disclosed locally, not to be stored, and listed", async () => {
    await candor.stop();
    await publish("Down", content("pot"));
    await publish("Plain", "<!-- wp:paragraph -->\n<p>A <a href=\"https://example.org/\">link</a> that pays nobody.</p>\n<!-- /wp:paragraph -->");
    const page = await get("/down/");
    const text = article(page.body);
    assert.match(text, /^entry-content[^>]*>\s*<div data-candor="disclosure" role="note" lang="en-US">.*As an Amazon Associate/s);
    assert.equal(text.match(/rel="sponsored nofollow"/g).length, 2);
    assert.match(text, /awin1\.com/, "as it was written");
    assert.match(page.headers["cache-control"], /no-store/);
    assert.match((await get("/feed/")).body.split("<item>").find((item) => item.includes("/down/")), /data-candor="disclosure"/);
    assert.doesNotMatch((await get("/plain/")).headers["cache-control"] ?? "", /no-store/);
    assert.doesNotMatch((await get("/plain/")).body, /data-candor/);
    assert.match((await get("/up/")).body, /\/go\/tin-kettle\?a=/, "what was processed stays so");
    await settings();
    const row = owner.locator("#candor-waiting tr", { hasText: "Down" });
    assert.match(await row.innerText(), /does not answer/);
  });

  await t.test("started again, they are processed by the next scheduled run", async () => {
    candor = { ...(await serve(config)), address: candor.address };
    const page = await pass_minutes_until("/down/", /\/go\/tin-kettle\?a=%2Fdown%2F/);
    assert.doesNotMatch(page.headers["cache-control"] ?? "", /no-store/);
    await settings();
    assert.equal(await owner.locator("#candor-waiting").count(), 0);
  });

  await t.test("content that only readers see is disclosed at once and processed by the next run", async () => {
    wordpress.php(
      `wp_mkdir_p( WPMU_PLUGIN_DIR );
       file_put_contents( WPMU_PLUGIN_DIR . '/box.php', '<?php add_shortcode( "box", function () { return is_singular() ? "<p><a href=\\'${kAwin.replace("&", "&amp;")}&amp;clickref=box\\'>Box</a></p>" : ""; } );' );`,
    );
    await publish("Box", "<!-- wp:shortcode -->[box]<!-- /wp:shortcode -->");
    const first = await get("/box/");
    assert.match(article(first.body), /data-candor="disclosure"/);
    assert.match(first.headers["cache-control"], /no-store/);
    const second = await pass_minutes_until("/box/", /\/go\/box\?a=%2Fbox%2F/);
    assert.doesNotMatch(second.headers["cache-control"] ?? "", /no-store/);
  });

  await t.test("posts from before the plugin are disclosed at once and processed a few at a time", async () => {
    wordpress.php(
      `remove_all_actions( 'wp_after_insert_post' );
       wp_insert_post( array( 'post_title' => 'Old', 'post_status' => 'publish', 'post_content' => '${content("urn").replace(/\n/g, " ")}' ) );`,
    );
    assert.match(article((await get("/old/")).body), /data-candor="disclosure"/);
    wordpress.php("candor_process_all_again();");
    const page = await pass_minutes_until("/old/", /\/go\/tin-kettle\?a=%2Fold%2F/);
    assert.doesNotMatch(page.headers["cache-control"] ?? "", /no-store/);
  });

  await t.test("an edited post is processed anew", async () => {
    const id = Number(wordpress.php("echo get_page_by_path( 'up', OBJECT, 'post' )->ID;"));
    await owner.evaluate(
      async ([id, text]) => {
        const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
        await fetch(`/wp-json/wp/v2/posts/${id}`, { method: "POST", headers: { "Content-Type": "application/json", "X-WP-Nonce": nonce }, body: JSON.stringify({ content: text }) });
      },
      [id, "<!-- wp:paragraph -->\n<p>No links any more.</p>\n<!-- /wp:paragraph -->"],
    );
    const page = await get("/up/");
    assert.match(page.body, /No links any more/);
    assert.doesNotMatch(page.body, /data-candor/);
  });

  await t.test("readers see the disclosure on a phone and on a desk", async () => {
    for (const width of [390, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.goto(`${wordpress.url}/down/`);
      const block = page.locator('[data-candor="disclosure"]');
      assert(await block.isVisible());
      const place = await block.boundingBox();
      const link = await page.locator('a[href*="amazon"]').boundingBox();
      assert(place.width > 200 && place.x >= 0 && place.x + place.width <= width, `${width} px`);
      assert(place.y + place.height <= link.y, "before the link");
      await page.close();
    }
  });

  await t.test("the list of posts shows disclosure, clicks and revenue, and asks Candor once an hour at most", async () => {
    const click = await request(`${candor.redirect_url}/go/tin-kettle?a=/down/&p=2`, { headers: { "User-Agent": phone } });
    assert.equal(click.status, 302);
    await eventually(() => json(["report", "articles", "--config", config]).data.some((row) => row.path === "/down/" && row.clicks === 1));
    wordpress.php("delete_option( 'candor_figures' );");
    await owner.goto(`${wordpress.url}/wp-admin/edit.php`);
    const cell = (title, column) => owner.locator("tr", { hasText: title }).locator(`td.column-candor_${column}`).innerText();
    assert.equal(await cell("Down", "disclosure"), "Disclosed");
    assert.equal(await cell("Down", "clicks"), "1");
    assert.equal(await cell("Down", "revenue"), "—");
    assert.equal(await cell("Plain", "disclosure"), "No paid links");
    const used = () => json(["token", "list", "--config", config]).data[0].used_at;
    assert(used());
  });

  const pickFound = async (text) => {
    await owner.fill(".candor-search input", text);
    await owner.locator(".candor-search li button", { hasText: "tin-kettle" }).click();
  };

  await t.test("the block editor turns selected text into one of the owner's links", async () => {
    await owner.goto(`${wordpress.url}/wp-admin/post-new.php`);
    await owner.evaluate(() => {
      wp.data.dispatch("core/block-editor").insertBlock(wp.blocks.createBlock("core/paragraph", { content: "Buy it" }));
    });
    await owner.click('[data-type="core/paragraph"]');
    await owner.keyboard.press("Control+a");
    await owner.click('.block-editor-block-toolbar button[aria-label="More"]');
    await owner.click('[role="menuitem"]:has-text("Affiliate link")');
    await pickFound("tin");
    const link = await eventually(() => owner.evaluate(() => /<a[^>]*href="([^"]*)"[^>]*>Buy it<\/a>/.exec(wp.data.select("core/block-editor").getBlocks()[0].attributes.content)?.[1]));
    assert.equal(link, `${wordpress.url}/go/tin-kettle`);
    const told = await owner.evaluate(() => wp.apiFetch({ path: "/candor/v1/links?search=spoon" }));
    assert.deepEqual(told, []);
    assert(!(await owner.content()).includes(token), "the browser never learns the token");
  });

  await t.test("so does the classic one", async () => {
    wordpress.php(`file_put_contents( WPMU_PLUGIN_DIR . '/classic.php', '<?php add_filter( "use_block_editor_for_post", "__return_false" ); add_filter( "user_can_richedit", "__return_false" );' );`);
    owner.once("dialog", (dialog) => dialog.accept());
    await owner.goto(`${wordpress.url}/wp-admin/post-new.php`);
    await owner.fill("#content", "Buy it");
    await owner.locator("#content").selectText();
    await owner.click(".candor-pick");
    await pickFound("awin");
    await eventually(async () => (await owner.inputValue("#content")) === `<a href="${wordpress.url}/go/tin-kettle">Buy it</a>`);
  });

  await t.test("nothing but the owner may change the connection", async () => {
    const anonymous = await request(`${wordpress.url}/wp-admin/admin-post.php`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "action=candor_connect&candor_url=https://evil.example&candor_token=x",
    });
    assert.notEqual(anonymous.status, 500);
    const forged = await owner.evaluate(async () => (await fetch("/wp-admin/admin-post.php", { method: "POST", body: new URLSearchParams({ action: "candor_connect", candor_url: "https://evil.example", candor_token: "x" }) })).status);
    assert.equal(forged, 403);
    assert.equal(wordpress.php("echo candor_settings()['url'];"), candor.address);
    assert.equal((await get("/wp-json/candor/v1/links?search=tin")).status, 401);
  });

  await t.test("PHP has nothing to complain of, and uninstalling leaves nothing behind", async () => {
    assert.deepEqual(wordpress.complaints(), []);
    wordpress.php("require_once ABSPATH . 'wp-admin/includes/plugin.php'; require_once ABSPATH . 'wp-admin/includes/file.php'; deactivate_plugins( 'candor/candor.php' ); uninstall_plugin( 'candor/candor.php' );");
    const left = wordpress.php(
      `global $wpdb; echo $wpdb->get_var( "SELECT (SELECT count(*) FROM $wpdb->options WHERE option_name LIKE '%candor%' AND option_name NOT LIKE '%_transient_%') + (SELECT count(*) FROM $wpdb->postmeta WHERE meta_key LIKE '%candor%')" );
       echo ' ', strpos( wp_json_encode( _get_cron_array() ), 'candor' ) === false ? 'none' : 'some';`,
    );
    assert.equal(left, "0 none");
  });
});
