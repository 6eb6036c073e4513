// A link's rules over a running server: what a reader gets, what the click says, and what `link test` had foretold.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, json, launch, output, phone, request, run, serve, temporaryFolder, writeConfig } from "./support.mjs";
import { freePort } from "./web_server.mjs";

const desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

async function site(t) {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder, {
    site: 'zone = "Europe/Berlin"',
    redirect: 'trusted_proxies = ["127.0.0.0/8"]\ncountry_header = "CF-IPCountry"\nflood_per_minute = 0',
  });
  const server = await serve(config);
  t.after(() => server.stop());
  const cli = (...args) => json([...args, "--config", config]);
  let readers = 0;
  /// One request of a reader of their own; what `as` says is told by header.
  const follow = async (target, { country = "FR", agent = desktop, language = "en", address } = {}) => {
    readers += 1;
    const from = address ?? `198.51.${Math.floor(readers / 250)}.${1 + (readers % 250)}`;
    const answer = await request(`${server.redirect_url}/go/${target}`, {
      headers: { "User-Agent": agent, "Accept-Language": language, "X-Forwarded-For": from, "CF-IPCountry": country },
    });
    return { status: answer.status, location: answer.headers.location ?? "", headers: answer.headers };
  };
  /// Adds a link and waits until it is followed.
  const add = async (slug, ...words) => {
    const link = cli("link", "add", slug, ...words);
    await eventually(() => served(server, slug), 10000, `the link ${slug}`);
    return link;
  };
  const edit = (slug, ...words) => cli("link", "edit", slug, ...words);
  return { folder, config, server, cli, follow, add, edit };
}

/// HEAD is no human click, so asking counts for no cap.
async function served(server, slug) {
  const answer = await request(`${server.redirect_url}/go/${slug}`, { method: "HEAD", headers: { "User-Agent": desktop } });
  return answer.status !== 404;
}

const rules = [
  { name: "German phones", country: ["DE", "AT"], device: ["mobile"], os: ["ios"], destination: "https://de.example/app" },
  { country_not: ["US", "FR"], language: ["nl"], destination: "https://nl.example/" },
  { query: [{ name: "src", equals: "mail" }], destination: "https://mail.example/{article}/{country}?k={click}" },
  { query: [{ name: "half" }], split: [{ destination: "https://a.example/", weight: 500 }, { destination: "https://b.example/", weight: 500 }] },
];

test("each kind of rule sends its readers where it says, and the test foretells it", async (t) => {
  const { folder, config, cli, follow, add } = await site(t);
  writeFileSync(join(folder, "rules.json"), JSON.stringify(rules));
  const link = await add("kettle", "https://own.example/?x=1", "--rules", join(folder, "rules.json"), "--pass-query", "coupon", "--utm", "source=blog");
  assert.equal(link.rules.length, 4);

  const german = await follow("kettle", { country: "DE", agent: phone, language: "de-DE,de;q=0.9" });
  assert.deepEqual([german.status, german.location], [302, "https://de.example/app?utm_source=blog"]);
  assert.equal((await follow("kettle", { country: "DE" })).location, "https://own.example/?x=1&utm_source=blog");
  assert.equal((await follow("kettle", { country: "BE", language: "nl-BE" })).location, "https://nl.example/?utm_source=blog");
  assert.equal((await follow("kettle", { country: "FR", language: "nl" })).location, "https://own.example/?x=1&utm_source=blog");
  assert.match(
    (await follow("kettle?src=mail&coupon=A%26B&x=2", { country: "DE" })).location,
    /^https:\/\/mail\.example\/\/DE\?k=[a-z][a-z0-9]{16}&utm_source=blog&coupon=A%26B$/,
  );

  const foretold = cli("link", "test", "kettle", "--country", "DE", "--device", "mobile", "--os", "ios");
  assert.deepEqual([foretold.status, foretold.variant, foretold.location], [302, 1, german.location]);
  const table = output(["link", "test", "kettle", "--country", "FR", "--query", "half=1", "--visitor", "7", "--config", config]);
  assert.match(table, /rule 1 \(German phones\) +country +false +FR is not DE or AT/);
  assert.match(table, /rule 4 +split +true +target [12] of 2, weight 500 of 1000/);
  assert.match(table, /\n302 https:\/\/[ab]\.example\/\?utm_source=blog\n$/);

  const clicks = await eventually(() => {
    const { data } = cli("click", "list", "--all");
    return data.filter((click) => click.verdict === "human").length >= 5 && data;
  });
  assert(clicks.some((click) => click.variant === 1));
  assert(clicks.some((click) => click.variant === 3));
});

test("nothing of a request moves the scheme, the host or the path", async (t) => {
  const { follow, add } = await site(t);
  await add("kettle", "https://own.example/in/{article}?q={country}", "--pass-query", "to");
  for (const hostile of ["//evil.example", "https://evil.example/", "..%2F..%2F", "%0D%0ALocation:%20https://evil.example", "@evil.example", "%23%3F%26"]) {
    const { location } = await follow(`kettle?a=${hostile}&to=${hostile}&url=${hostile}`);
    const url = new URL(location);
    assert.equal(url.origin, "https://own.example", hostile);
    assert.equal(url.pathname, "/in/", hostile);
    assert.deepEqual([...url.searchParams.keys()], ["q", "to"], hostile);
  }
});

test("a split is sticky for each reader and shared by all", async (t) => {
  const { follow, add } = await site(t);
  const split = [{ split: [{ destination: "https://a.example/", weight: 1 }, { destination: "https://b.example/", weight: 3 }] }];
  await add("kettle", "https://own.example/", "--rules", JSON.stringify(split));
  const counts = { "https://a.example/": 0, "https://b.example/": 0 };
  for (let reader = 1; reader <= 200; ++reader) {
    const address = `203.0.113.${reader}`;
    const { location } = await follow("kettle", { address });
    assert.equal((await follow("kettle", { address })).location, location);
    counts[location] += 1;
  }
  // Five standard deviations around a quarter of 200.
  assert(Math.abs(counts["https://a.example/"] - 50) <= 31, JSON.stringify(counts));
});

test("the code is the owner's, and a permanent one comes with a warning", async (t) => {
  const { config, follow, add, edit } = await site(t);
  for (const code of [301, 302, 307, 308]) {
    const link = await add(`c${code}`, "https://own.example/", "--code", `${code}`);
    assert.equal(link.code, code);
    assert.equal((await follow(`c${code}`)).status, code);
    assert.equal(link.warnings.length, code === 301 || code === 308 ? 1 : 0);
  }
  const shown = run(["link", "edit", "c302", "--code", "301", "--config", config]);
  assert.match(shown.stderr, /warning: Browsers and search engines may keep a 301/);
  assert.equal(edit("c302", "--code", "302").warnings.length, 0);
});

test("a cap counts people only, and outlives a restart", async (t) => {
  const { config, server, follow, add } = await site(t);
  await add("kettle", "https://own.example/", "--cap", "3", "--fallback", "https://else.example/");
  const own = "https://own.example/";
  assert.equal((await follow("kettle")).location, own);
  assert.equal((await follow("kettle", { agent: "curl/8.5" })).location, own);
  const address = "203.0.113.77";
  assert.equal((await follow("kettle", { address })).location, own);
  assert.equal((await follow("kettle", { address })).location, own, "a repeat is no further human click");
  await server.stop();

  const again = await serve(config);
  t.after(() => again.stop());
  const ask = async (from) =>
    (await request(`${again.redirect_url}/go/kettle`, { headers: { "User-Agent": desktop, "X-Forwarded-For": from } })).headers.location;
  assert.equal(await ask("203.0.113.78"), own);
  assert.equal(await ask("203.0.113.79"), "https://else.example/");
});

test("a cap holds over kill -9, from the first request on", async (t) => {
  const folder = temporaryFolder(t);
  const port = await freePort();
  const config = writeConfig(folder, { redirect: 'trusted_proxies = ["127.0.0.0/8"]\nflood_per_minute = 0' });
  writeFileSync(config, readFileSync(config, "utf8").replace('listen = "127.0.0.1:0"', `listen = "127.0.0.1:${port}"`));
  const own = "https://own.example/";
  output(["link", "add", "kettle", own, "--cap", "100", "--config", config]);
  let readers = 0;
  const ask = async () => {
    const from = `198.51.${Math.floor(++readers / 250)}.${1 + (readers % 250)}`;
    const headers = { "User-Agent": desktop, "X-Forwarded-For": from };
    for (;;) {
      const answer = await request(`http://127.0.0.1:${port}/go/kettle`, { headers }).catch(() => null);
      if (answer) return answer;
    }
  };
  const first = await serve(config);
  await eventually(() => served(first, "kettle"));
  for (let i = 0; i < 95; ++i) assert.equal((await ask()).headers.location, own);
  first.kill("SIGKILL");
  await first.exited;
  // Asked while it starts: the database may not be open yet, and the journal not absorbed.
  const second = launch(config);
  t.after(() => second.kill("SIGKILL"));
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  assert.equal(answers.filter((answer) => answer.headers.location === own).length, 5);
  assert.equal(answers.filter((answer) => answer.status === 410).length, 15);
  await second.ready;
});

test("an ended link goes to its fallback, else it says that it is over", async (t) => {
  const { follow, add, edit, cli } = await site(t);
  await add("new", "https://new.example/");
  await add("old", "https://old.example/", "--expires", "2020-01-01", "--fallback", "new");
  await add("over", "https://over.example/", "--expires", "2020-01-01T12:00");
  assert.equal((await follow("old")).location, "https://new.example/");
  const over = await follow("over");
  assert.deepEqual([over.status, over.location, over.headers["cache-control"]], [410, "", "no-store"]);
  edit("over", "--expires", "");
  await eventually(async () => (await follow("over")).location === "https://over.example/");
  edit("new", "--state", "disabled");
  await eventually(async () => (await follow("old")).status === 410);
  edit("new", "--fallback", "https://else.example/");
  await eventually(async () => (await follow("old")).location === "https://else.example/");
  cli("link", "add", "later", "https://later.example/", "--starts", "2999-01-01");
  assert.equal((await follow("later")).status, 404);
});

test("schedules go by the site's clocks", async (t) => {
  const { add, cli } = await site(t);
  const night = [{ schedule: { weekdays: ["fri"], hours: "22:00-06:00" }, destination: "https://night.example/" }];
  await add("kettle", "https://own.example/", "--rules", JSON.stringify(night));
  const at = (time) => cli("link", "test", "kettle", "--at", time).location;
  assert.equal(at("2026-06-05T22:00"), "https://night.example/", "Friday in Berlin");
  assert.equal(at("2026-06-06T03:59:59Z"), "https://night.example/", "5:59 on Saturday in Berlin");
  assert.equal(at("2026-06-06T06:00"), "https://own.example/");
  assert.equal(at("2026-06-05T19:59:59Z"), "https://own.example/");
});

test("bad rules are refused by the path of the member at fault", async (t) => {
  const { config } = await site(t);
  const add = (...words) => run(["link", "add", "kettle", "https://own.example/", ...words, "--config", config]);
  const bad = add("--rules", '[{"destination":"https://a.example/"},{"country":["Germany"],"destination":"https://b.example/"}]');
  assert.notEqual(bad.status, 0);
  assert.match(bad.stderr, /rules\[1\]\.country\[0\]/);
  assert.match(add("--rules", "/nowhere/rules.json").stderr, /cannot be read/);
  assert.match(add("--rules", '[{"destination":"https://site.example/go/kettle"}]').stderr, /in circles/);
  assert.match(add("--expires", "soon").stderr, /expires_at/);
});
