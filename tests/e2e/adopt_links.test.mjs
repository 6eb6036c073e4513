// What root takes over from the user candor into a web server's configuration: links, and nothing else.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { output, temporaryFolder, writeConfig } from "./support.mjs";
import { adopt, packaging } from "./web_server.mjs";

const names = { nginx: "nginx-map.conf", caddy: "Caddyfile" };

/// An export of a site's links, and where its copy goes; `take(server)` adopts, `links(server)` reads the copy.
function house(t) {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  for (const [slug, destination] of [
    ["kettle", "https://shop.example/k?a=1&b=$uri\\{}`%22"],
    ["long", `https://shop.example/?q=${"$x\\".repeat(1500)}`],
  ])
    output(["link", "add", slug, destination, "--config", config]);
  const file = (server) => join(folder, "data/export", names[server]);
  const copy = (server) => join(folder, "etc", server, "candor/links");
  for (const server of ["nginx", "caddy"]) mkdirSync(join(folder, "etc", server), { recursive: true });
  return {
    folder, file, copy,
    take: (server, ...more) => adopt(server, file(server), copy(server), more),
    links: (server) => readFileSync(copy(server), "utf8"),
  };
}

test("Both files come over as Candor writes them, for everybody to read, and only changes count", (t) => {
  const { folder, file, copy, take, links } = house(t);
  for (const server of ["nginx", "caddy"]) {
    const told = join(folder, `told-${server}`);
    assert.deepEqual(take(server, "--then", `touch ${told}`), { status: 0, stderr: "" });
    assert.equal(links(server), readFileSync(file(server), "utf8"));
    assert.equal(statSync(copy(server)).mode & 0o777, 0o644);
    assert.deepEqual(readdirSync(join(copy(server), "..")), ["links"], "nothing is left lying about");
    assert(existsSync(told));
    assert.deepEqual(take(server, "--then", "false"), { status: 0, stderr: "" }, "unchanged: nobody is told");
  }
});

const nginxLines = [
  "include /etc/passwd;",
  "load_module /tmp/evil.so;",
  'geo $candor_dollar { default "$"; include /etc/passwd; }',
  'geo $remote_user { default "root"; }',
  "map $uri $candor_may_log {",
  "map $http_cookie $candor_destination {",
  "map_hash_max_size 999999999999;",
  "lua_code_cache off;",
];
const nginxInMap = [
  '    "include" "/etc/passwd";',
  '    "hostnames" "";',
  '    include /etc/passwd;',
  '    "~^/go/(.*)$" "https://evil.example/";',
  '    "/go/x" "https://evil.example/$http_cookie";',
  '    "/go/x" "https://evil.example/${http_authorization}";',
  '    "/go/x" "https://evil.example/\\";',
  '    "/go/x" "a"; include /etc/passwd;',
  '    "/go/x" "a" "b";',
  '    "/go/x" $http_cookie;',
  '    "/go/x" "a\\n";',
  '    "/go/x" "a\r";',
  '    "/go/x" "a\0";',
  '    default "";\0',
  "}\n}",
  "}\nserver { listen 666; }",
  '}\nmap $uri $candor_destination {',
  `    "/go/x" "${"a".repeat(40_000)}";`,
];
const caddyInMap = [
  "\t\timport /etc/passwd",
  "\t\t`/go/x` `{file./etc/passwd}`",
  "\t\t`/go/x` `{$HOME}`",
  "\t\t`/go/x` `{http.request.header.Cookie}`",
  "\t\t`~^/go/` `https://evil.example/`",
  "\t\t`/go/x` `a` `b`",
  "\t\t/go/x https://evil.example/",
  "\t}\n\tfile_server browse\n\tmap {path} {candor_destination} {",
  "\t}\n}\n:666 {",
];

/// The export with a line put in before the one that `at` begins.
const withLine = (text, at, line) => text.replace(at, `${line}\n${at}`);

test("A line that Candor does not write is refused, and the old links stay", (t) => {
  const { file, take, links } = house(t);
  for (const server of ["nginx", "caddy"]) take(server);
  const good = { nginx: links("nginx"), caddy: links("caddy") };
  const refused = (server, text, what) => {
    assert.notEqual(text, good[server], what);
    writeFileSync(file(server), text);
    const { status, stderr } = take(server, "--then", "false");
    assert.equal(status, 1, what);
    assert.match(stderr, /none that Candor writes|not whole|too long/, what);
    assert.equal(links(server), good[server], what);
  };
  for (const line of nginxLines) refused("nginx", withLine(good.nginx, "map $uri", line), line);
  for (const line of nginxInMap) refused("nginx", withLine(good.nginx, '    "/go/kettle"', line), line);
  for (const line of caddyInMap) refused("caddy", withLine(good.caddy, "\t\t`/go/kettle`", line), line);
  for (const server of ["nginx", "caddy"]) {
    for (const text of ["", good[server].slice(0, -1), good[server].slice(0, -2), `${good[server]}respond "hello"\n`, good[server] + good[server]])
      refused(server, text, `${server}: ${text.slice(-40)}`);
  }
});

test("What is no plain file of a sound size is refused without being read", (t) => {
  const { folder, file, take, links } = house(t);
  take("nginx");
  const good = links("nginx");
  const secret = join(folder, "secret");
  writeFileSync(secret, good.replace("kettle", "stolen"));
  const put = {
    "a link elsewhere": [() => symlinkSync(secret, file("nginx")), /cannot be opened/],
    "a pipe nobody writes to": [() => spawnSync("mkfifo", [file("nginx")]), /no regular file/],
    "a folder": [() => mkdirSync(file("nginx")), /no regular file|cannot be/],
    "a huge file": [() => (writeFileSync(file("nginx"), ""), truncateSync(file("nginx"), (512 << 20) + 1)), /more than/],
    "an endless line": [() => writeFileSync(file("nginx"), "# ".padEnd(3 << 20, "x")), /too long/],
  };
  for (const [what, [make, message]] of Object.entries(put)) {
    spawnSync("rm", ["-rf", file("nginx")]);
    make();
    lstatSync(file("nginx"));
    const { status, stderr } = take("nginx");
    assert.equal(status, 1, what);
    assert.match(stderr, message, what);
    assert.equal(links("nginx"), good, what);
  }
});

test("When the whole configuration fails with the new links, the old ones come back", (t) => {
  const { file, copy, take, links } = house(t);
  const first = take("nginx", "--try", "false");
  assert.match(first.stderr, /"false" failed/);
  assert(!existsSync(copy("nginx")), "there was none before");
  take("nginx", "--try", "a-program-that-is-not-there -t");
  const good = links("nginx");
  writeFileSync(file("nginx"), good.replaceAll("/go/kettle", "/go/pan"));
  assert.equal(take("nginx", "--try", "false", "--then", "true").status, 1);
  assert.equal(links("nginx"), good);
  assert.equal(take("nginx", "--try", "true").status, 0);
  assert.match(links("nginx"), /\/go\/pan/);
  assert.deepEqual(readdirSync(join(copy("nginx"), "..")), ["links"]);
});

test("Without the web server or before the first export there is nothing to do", (t) => {
  const { folder, file } = house(t);
  assert.deepEqual(adopt("nginx", file("nginx"), join(folder, "no-nginx/candor/links")), { status: 0, stderr: "" });
  assert.equal(adopt("nginx", join(folder, "none"), join(folder, "etc/nginx/candor/links")).status, 0);
  for (const words of [[], ["apache", "a", "b"], ["nginx", "a"], ["nginx", "a", "b", "--run", "x"]])
    assert.equal(spawnSync(join(packaging, "adopt-links"), words).status, 2);
});

test("The package and its units agree on where the files are", () => {
  const text = (name) => readFileSync(join(packaging, name), "utf8");
  const unit = text("candor-links.service");
  for (const [server, from, to, include] of [
    ["nginx", "/var/lib/candor/export/nginx-map.conf", "/etc/nginx/candor/links.conf", text("nginx/candor-http.conf")],
    ["caddy", "/var/lib/candor/export/Caddyfile", "/etc/caddy/candor/links", text("caddy/Caddyfile")],
  ]) {
    assert(unit.includes(`ExecStart=/usr/lib/candor/adopt-links ${server} ${from} ${to} `));
    assert(text("candor-links.path").includes(`PathChanged=${from}\n`));
    const included = include.split("\n").filter((line) => /^(include|import) /.test(line));
    assert.deepEqual(included.map((line) => line.split(" ")[1].replace(";", "")), [to]);
  }
  assert(readFileSync(join(packaging, "../package"), "utf8").includes("put 0755 scripts/packaging/adopt-links usr/lib/candor/adopt-links"));
});
