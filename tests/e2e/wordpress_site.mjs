// A real WordPress of Debian's packages on loopback: MariaDB and PHP on sockets in a folder of its own, nginx on a free
// port, every process ended by its own pid. Nothing is installed here; what is missing is named.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./web_server.mjs";

const kInstalled = "/usr/share/wordpress";
export const pluginSource = fileURLToPath(new URL("../../scripts/integrations/wordpress/candor", import.meta.url));

const find = (names) => names.find(existsSync);
const programs = {
  mariadbd: find(["/usr/sbin/mariadbd"]),
  "mariadb-install-db": find(["/usr/bin/mariadb-install-db"]),
  "php-fpm": find((existsSync("/usr/sbin") ? readdirSync("/usr/sbin") : []).filter((name) => /^php-fpm\d/.test(name)).map((name) => `/usr/sbin/${name}`)),
  php: find(["/usr/bin/php"]),
  nginx: find(["/usr/sbin/nginx"]),
  wordpress: find([`${kInstalled}/wp-settings.php`]),
  "wordpress-theme-twentytwentythree": find([`${kInstalled}/wp-content/themes/twentytwentythree/style.css`]),
};

/// What a test says when it is skipped; false when everything is here.
export const missing = (() => {
  const names = Object.keys(programs).filter((name) => !programs[name]);
  return names.length > 0 && `not installed: ${names.join(", ")}. scripts/setup test installs them`;
})();

const isRoot = process.getuid() === 0;
const idOf = (user) => Number(execFileSync("id", ["-u", user], { encoding: "utf8" }));

class Processes {
  #running = [];
  start(name, program, args, options = {}) {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
    const exited = new Promise((resolve) => child.once("exit", resolve));
    this.#running.push({ child, exited });
    return {
      /// Until `look` gives something.
      ready: async (look) => {
        for (let tries = 0; tries < 1500; ++tries) {
          assert(child.exitCode === null && child.signalCode === null, `${name} ended: ${text}`);
          if (await look()) return;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        assert.fail(`${name} is not ready: ${text}`);
      },
      text: () => text,
    };
  }
  /// In reverse: nothing loses what it stands on.
  async stop() {
    for (const { child, exited } of this.#running.reverse()) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
    }
  }
}

function runOrFail(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options });
  assert.equal(status, 0, `${program} ${args.slice(0, 3).join(" ")}: ${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

/// MariaDB with a fresh folder, reached by a socket only.
async function startDatabase(processes, folder) {
  const at = join(folder, "db");
  mkdirSync(at);
  const socket = join(at, "sock");
  const data = join(at, "data");
  // The server refuses to run as root.
  const user = isRoot ? ["--user=mysql"] : [];
  if (isRoot) chownSync(at, idOf("mysql"), -1);
  runOrFail(programs["mariadb-install-db"], ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve", ...user]);
  const server = processes.start("mariadbd", programs.mariadbd, [
    "--no-defaults",
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${at}/pid`,
    "--skip-networking",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=32M",
    ...user,
  ]);
  await server.ready(() => existsSync(socket) && server.text().includes("ready for connections"));
  return socket;
}

function writeFiles(folder, { socket, url, port, extra, server }) {
  const root = join(folder, "www");
  cpSync(kInstalled, root, { recursive: true, dereference: true });
  writeFileSync(
    join(root, "wp-config.php"),
    `<?php
define( 'DB_NAME', 'wordpress' ); define( 'DB_USER', 'root' ); define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:${socket}' ); define( 'DB_CHARSET', 'utf8mb4' ); define( 'DB_COLLATE', '' );
define( 'WP_HOME', '${url}' ); define( 'WP_SITEURL', '${url}' );
define( 'DISABLE_WP_CRON', true ); define( 'FS_METHOD', 'direct' ); define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true ); define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'WP_DEBUG', true ); define( 'WP_DEBUG_DISPLAY', false ); define( 'WP_DEBUG_LOG', '${folder}/php.log' );
foreach ( array( 'AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT' ) as $name ) { define( $name, 'of a test ' . $name ); }
${extra}
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'wp-settings.php';
`,
  );
  writeFileSync(join(folder, "php.log"), "");
  const user = isRoot ? "user = www-data\ngroup = www-data\n" : "";
  writeFileSync(
    join(folder, "fpm.conf"),
    `[global]
error_log = ${folder}/fpm.log
daemonize = no
[www]
${user}listen = ${folder}/php.sock
listen.mode = 0666
pm = static
pm.max_children = 4
catch_workers_output = yes
php_admin_value[sendmail_path] = /bin/true
php_admin_value[error_log] = ${folder}/php.log
php_admin_value[upload_max_filesize] = 16M
`,
  );
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/nginx/${name};`);
  mkdirSync(join(folder, "nginx"));
  writeFileSync(
    join(folder, "nginx.conf"),
    `${isRoot ? "user root;" : ""} worker_processes 1; daemon off; pid ${folder}/nginx/pid; error_log ${folder}/nginx/error.log;
events {}
http {
  ${temporary.join(" ")}
  include /etc/nginx/mime.types;
  access_log ${folder}/nginx/access.log;
  client_max_body_size 32m;
  server {
    listen 127.0.0.1:${port};
    root ${root};
    index index.php;
    ${server}
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ \\.php$ {
      include /etc/nginx/fastcgi_params;
      # Debian's file leaves the port out, and WordPress would redirect to itself for ever.
      fastcgi_param HTTP_HOST $http_host;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_pass unix:${folder}/php.sock;
    }
  }
}
`,
  );
  if (isRoot) runOrFail("chown", ["-R", "www-data", join(root, "wp-content"), join(folder, "php.log")]);
  return root;
}

const kInstall = `
define( 'WP_INSTALLING', true );
require 'wp-load.php';
require 'wp-admin/includes/upgrade.php';
wp_install( 'The Kettle Site', 'owner', 'owner@site.test', true, '', 'owner password' );
update_option( 'permalink_structure', '/%postname%/' );
update_option( 'comment_moderation', '0' );
update_option( 'comment_previously_approved', '0' );
update_option( 'moderation_notify', '0' );
switch_theme( 'twentytwentythree' );
flush_rewrite_rules();
// The block editor's greeting would lie over what is to be clicked.
update_user_meta( 1, $wpdb->get_blog_prefix() . 'persisted_preferences', array( 'core/edit-post' => array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) ) );
`;

/// Signs the owner in; the page is then in wp-admin.
export async function signIn(page, url) {
  await page.goto(`${url}/wp-login.php`);
  await page.fill("#user_login", "owner");
  await page.fill("#user_pass", "owner password");
  await Promise.all([page.waitForURL("**/wp-admin/**"), page.click("#wp-submit")]);
}

/// Starts one and installs it. `url` when readers reach it by another name than its own port's; `extra` goes into
/// wp-config.php, `server` into nginx's server { }. {url, origin, port, root, php(code) -> stdout, complaints(), stop()}.
/// Owner: "owner", "owner password".
export async function startWordpress({ url, extra = "", server = "" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "candor-wordpress-"));
  // Other users' processes pass through.
  chmodSync(folder, 0o711);
  const processes = new Processes();
  const stop = async () => {
    await processes.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const socket = await startDatabase(processes, folder);
    const root = writeFiles(folder, { socket, url: url ?? origin, port, extra, server });
    const asUser = isRoot ? { uid: idOf("www-data") } : {};
    const settings = ["-d", "sendmail_path=/bin/true", "-d", `error_log=${folder}/php.log`];
    const raw = (code) => runOrFail(programs.php, [...settings, "-r", code], { cwd: root, ...asUser });
    raw(`$db = new mysqli( 'localhost', 'root', '', '', 0, '${socket}' ); $db->query( 'CREATE DATABASE wordpress' );`);
    const asked = `$_SERVER['HTTP_HOST'] = '${new URL(url ?? origin).host}'; $_SERVER['REQUEST_URI'] = '/';`;
    raw(asked + kInstall);
    const fpm = processes.start("php-fpm", programs["php-fpm"], ["--nodaemonize", "--fpm-config", join(folder, "fpm.conf")]);
    await fpm.ready(() => existsSync(join(folder, "php.sock")));
    const nginx = processes.start("nginx", programs.nginx, ["-p", folder, "-e", `${folder}/nginx/error.log`, "-c", `${folder}/nginx.conf`]);
    await nginx.ready(() => fetch(`${origin}/readme.html`).then((answer) => answer.ok, () => false));
    return {
      url: url ?? origin,
      origin,
      port,
      root,
      php: (code) => raw(`${asked} require 'wp-load.php'; ${code}`),
      /// What PHP complains of in files of the plugin; WordPress' own are not ours.
      complaints: () =>
        readFileSync(join(folder, "php.log"), "utf8")
          .split("\n")
          .filter((line) => line.includes("plugins/candor/") || line.includes("candor_")),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
