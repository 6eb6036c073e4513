// A real nginx or Caddy in front of Candor, with the files that the package ships, and a site behind both.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const packaging = fileURLToPath(new URL("../../scripts/packaging/", import.meta.url));

export function program(name) {
  const found = [`/usr/sbin/${name}`, `/usr/bin/${name}`].find(existsSync);
  assert(found, `${name} is not installed: scripts/setup does it`);
  return found;
}

/// A port nobody listens on, for servers that cannot pick one themselves.
export const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/// The site behind: answers everything with "the site behind: PATH".
export async function siteBehind(t) {
  const server = http.createServer((request, response) => response.end(`the site behind: ${request.url}`));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return server.address().port;
}

/// Each pair must be in the text: a shipped file that has changed must not go untested.
function replaced(text, pairs) {
  for (const [from, to] of pairs) {
    assert(text.includes(from), `the shipped file has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/// Runs the package's adopt-links as candor-links.service does: {status, stderr}.
export function adopt(server, from, to, more = []) {
  const { status, stderr } = spawnSync(join(packaging, "adopt-links"), [server, from, to, ...more], { encoding: "utf8" });
  return { status, stderr };
}

async function listening(port, child, errors) {
  for (;;) {
    assert.equal(child.exitCode, null, errors());
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.once("connect", () => (socket.destroy(), resolve(true)));
      socket.once("error", () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function startServer(t, args, port) {
  const child = spawn(args[0], args.slice(1));
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const exited = new Promise((resolve) => child.once("exit", resolve));
  t.after(async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await exited;
  });
  return { child, errors: () => errors, ready: listening(port, child, () => errors) };
}

/// nginx with the shipped files; `change` may rewrite the part for server { }, `http` adds to http { }.
export async function nginx(t, folder, { candor, site, exportDir, change = (text) => text, changeHttp = (text) => text, http: more = "" }) {
  const at = join(folder, "nginx");
  mkdirSync(at, { recursive: true });
  const port = await freePort();
  const shipped = (name) => readFileSync(join(packaging, "nginx", name), "utf8");
  const put = (name, text) => writeFileSync(join(at, name), text);
  put(
    "candor-http.conf",
    replaced(changeHttp(shipped("candor-http.conf")), [
      ["include /etc/nginx/candor/", `include ${at}/candor/`],
      ["server 127.0.0.1:8080;", `server 127.0.0.1:${candor};`],
    ]),
  );
  put("candor-go.conf", change(shipped("candor-go.conf")));
  put(
    "site.conf",
    replaced(shipped("site.conf"), [
      ["listen 80;", `listen 127.0.0.1:${port};`],
      ["listen [::]:80;", ""],
      ["include /usr/share/candor/nginx/", `include ${at}/`],
      ["proxy_pass http://127.0.0.1:8000;", `proxy_pass http://127.0.0.1:${site};`],
      ["/var/log/nginx/access.log", `${at}/access.log`],
    ]),
  );
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${at}/${name};`);
  put(
    "nginx.conf",
    `${process.getuid() === 0 ? "user root;" : ""} worker_processes 1; daemon off; pid ${at}/pid; error_log ${at}/error.log debug;
events {}
http {
  ${temporary.join(" ")}
  include ${at}/candor-http.conf;
  ${more}
  include ${at}/site.conf;
}
`,
  );
  const args = [program("nginx"), "-p", at, "-e", `${at}/error.log`, "-c", `${at}/nginx.conf`];
  const check = () => {
    const { status, stderr } = spawnSync(args[0], [...args.slice(1), "-t", "-q"], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stderr;
  };
  const adoptLinks = (then = []) =>
    assert.deepEqual(
      adopt("nginx", join(exportDir, "nginx-map.conf"), join(at, "candor/links.conf"), ["--try", [...args, "-t", "-q"].join(" "), ...then]),
      { status: 0, stderr: "" },
    );
  adoptLinks();
  check();
  const server = startServer(t, args, port);
  await server.ready;
  return {
    url: `http://127.0.0.1:${port}`,
    check,
    logs: () => ["access.log", "error.log"].map((name) => readFileSync(join(at, name), "utf8")).join(""),
    /// Reads the links again, as the package's candor-links.service does.
    reload: async () => {
      const workers = () => readFileSync(join(at, "error.log"), "utf8").split("start worker process ").length;
      const before = workers();
      adoptLinks(["--then", `kill -HUP ${server.child.pid}`]);
      while (workers() === before) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/// Caddy with the shipped file.
export async function caddy(t, folder, { candor, site, exportDir, change = (text) => text }) {
  const at = join(folder, "caddy");
  mkdirSync(at, { recursive: true });
  const port = await freePort();
  const file = join(at, "Caddyfile");
  const shipped = replaced(change(readFileSync(join(packaging, "caddy/Caddyfile"), "utf8")), [
    ["import /etc/caddy/candor/", `import ${at}/candor/`],
    ["\nexample.com {", `\nhttp://127.0.0.1:${port} {`],
    ["127.0.0.1:8000", `127.0.0.1:${site}`],
    ["127.0.0.1:8080", `127.0.0.1:${candor}`],
  ]);
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${shipped}`);
  assert.deepEqual(adopt("caddy", join(exportDir, "Caddyfile"), join(at, "candor/links")), { status: 0, stderr: "" });
  const env = { ...process.env, HOME: at, XDG_DATA_HOME: at, XDG_CONFIG_HOME: at };
  const words = ["--adapter", "caddyfile", "--config", file];
  const { status, stderr } = spawnSync(program("caddy"), ["validate", ...words], { encoding: "utf8", env });
  assert.equal(status, 0, stderr);
  const server = startServer(t, ["/usr/bin/env", `HOME=${at}`, `XDG_DATA_HOME=${at}`, `XDG_CONFIG_HOME=${at}`, program("caddy"), "run", ...words], port);
  await server.ready;
  return { url: `http://127.0.0.1:${port}`, logs: server.errors };
}
