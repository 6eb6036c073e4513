// The pages proxy in front of an origin: pages disclosed, everything else as the origin sent it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { request, serve, temporaryFolder, writeConfig } from "./support.mjs";
import { freePort, program, startServer } from "./web_server.mjs";

const article = (more = "") =>
  `<!doctype html><html lang="en"><head><title>Kettles</title></head><body><main><article><h1>Best kettles</h1>` +
  `<p>We like <a href="https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fshop.example%2Fk">this kettle</a>.</p>` +
  `${more}</article></main></body></html>`;

/// An origin that answers by `answer(request, response)`; {url, close, seen}.
async function origin(answer) {
  const seen = [];
  const server = http.createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers, raw: request.rawHeaders });
    answer(request, response);
  });
  server.keepAliveTimeout = 5000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close: () => (server.closeAllConnections(), server.close()) };
}

async function proxied(t, answer, more = "") {
  const back = await origin(answer);
  const site = await serve(writeConfig(temporaryFolder(), { rest: `[pages]\nlisten = "127.0.0.1:0"\norigin = "${back.url}"\n${more}` }));
  t.after(async () => {
    await site.stop();
    back.close();
  });
  return { site, back, at: (path) => site.proxy_url + path };
}

const html = { "Content-Type": "text/html; charset=utf-8" };
const page = { Accept: "text/html,*/*" };

/// Body as bytes, headers with their repetitions.
function raw(url, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const call = http.request(url, { method, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, raw: response.rawHeaders, body: Buffer.concat(parts), complete: response.complete }));
      response.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}

test("a page comes out disclosed, its headers in order, its links through the site", async (t) => {
  const { back, at } = await proxied(t, (_, response) => {
    response.writeHead(200, ["Content-Type", "text/html; charset=utf-8", "Set-Cookie", "a=1; Path=/", "X-One", "1", "Set-Cookie", "b=2", "Connection", "X-Secret", "X-Secret", "hop"]);
    response.end(article());
  });
  const answer = await raw(at("/kettles/"), { headers: { Host: "site.example", ...page } });
  assert.equal(answer.status, 200);
  assert.match(answer.body.toString(), /data-candor/);
  assert.match(answer.body.toString(), /href="https:\/\/site\.example\/go\/[a-z-]+\?a=/);
  assert.equal(Number(answer.headers["content-length"]), answer.body.length);
  assert.deepEqual(answer.headers["set-cookie"], ["a=1; Path=/", "b=2"]);
  assert.equal(answer.headers["x-secret"], undefined);
  assert.match(answer.headers["server-timing"], /^candor;dur=\d+\.\d{3}$/);
  assert.equal(back.seen[0].headers.host, "site.example");
});

test("codings come off and go on again", async (t) => {
  const pack = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };
  const { at } = await proxied(t, (request, response) => {
    const coding = request.url.slice(1);
    response.writeHead(200, { ...html, "Content-Encoding": coding });
    response.end(pack[coding](article()));
  });
  for (const coding of Object.keys(pack)) {
    const packed = await raw(at(`/${coding}`), { headers: { "Accept-Encoding": "gzip, br, deflate" } });
    assert.equal(packed.headers["content-encoding"], "gzip");
    assert.match(gunzipSync(packed.body).toString(), /data-candor/);
    assert.equal(packed.headers.vary, "Accept-Encoding");
    const plain = await raw(at(`/${coding}`));
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.match(plain.body.toString(), /data-candor/);
  }
});

test("everything else passes byte for byte, uploads too", async (t) => {
  const picture = randomBytes(300_000);
  const { back, at } = await proxied(t, (request, response) => {
    if (request.method === "PUT") {
      const hash = createHash("sha256");
      request.on("data", (part) => hash.update(part)).on("end", () => response.end(hash.digest("hex")));
    } else {
      response.writeHead(200, { "Content-Type": "image/png", ETag: '"p1"', "Content-Length": picture.length });
      response.end(picture);
    }
  });
  const got = await raw(at("/a.png?x=%20y"));
  assert.ok(got.body.equals(picture));
  assert.equal(got.headers.etag, '"p1"');
  assert.equal(back.seen[0].url, "/a.png?x=%20y");
  const upload = randomBytes(5_000_000);
  for (const headers of [{ "Content-Length": upload.length }, { "Transfer-Encoding": "chunked" }]) {
    const put = await raw(at("/up"), { method: "PUT", headers, body: upload });
    assert.equal(put.body.toString(), createHash("sha256").update(upload).digest("hex"));
  }
});

test("a reader's copy is good while the origin's and the rules are", async (t) => {
  const { back, site, at } = await proxied(t, (request, response) => {
    if (request.headers["if-none-match"] === '"v1"') return response.writeHead(304, { ETag: '"v1"' }).end();
    response.writeHead(200, { ...html, ETag: '"v1"', "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT" });
    response.end(article());
  });
  await raw(at("/k/"), { headers: page }); // adopts the link, which changes the rules
  const first = await raw(at("/k/"), { headers: page });
  assert.match(first.headers.etag, /^W\/"sv1~/);
  assert.equal(first.headers["last-modified"], undefined);
  const again = await raw(at("/k/"), { headers: { ...page, "If-None-Match": first.headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.headers.etag, first.headers.etag);
  assert.equal(back.seen.at(-1).headers["if-none-match"], '"v1"');
  // A copy from before Candor stood here is never good.
  const old = await raw(at("/k/"), { headers: { ...page, "If-None-Match": '"v1"', "If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT" } });
  assert.equal(old.status, 200);
  assert.match(old.body.toString(), /data-candor/);
});

test("an origin that is down, slow or cut short is told as what it is", async (t) => {
  const { at, back } = await proxied(
    t,
    (request, response) => {
      if (request.url === "/slow") return;
      response.writeHead(200, { "Content-Type": request.url === "/page" ? "text/html" : "image/png", "Content-Length": 1000 });
      response.write("x".repeat(500));
      setTimeout(() => response.destroy(), 50);
    },
    "origin_timeout_s = 1\n",
  );
  assert.equal((await raw(at("/page"))).status, 502);
  await assert.rejects(raw(at("/picture")), /aborted|ECONNRESET/);
  assert.equal((await raw(at("/slow"))).status, 504);
  back.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await raw(at("/page"))).status, 502);
});

test("an origin may be a socket file", async (t) => {
  const path = join(temporaryFolder(), "site.sock");
  const server = http.createServer((_, response) => response.writeHead(200, html).end(article()));
  await new Promise((resolve) => server.listen(path, resolve));
  const site = await serve(writeConfig(temporaryFolder(), { rest: `[pages]\nlisten = "127.0.0.1:0"\norigin = "unix:${path}"\n` }));
  t.after(async () => {
    await site.stop();
    server.close();
  });
  assert.match((await raw(`${site.proxy_url}/k/`)).body.toString(), /data-candor/);
});

test("WebSocket is refused with a sentence", async (t) => {
  const { at } = await proxied(t, (_, response) => response.end());
  const answer = await raw(at("/ws"), { headers: { Connection: "Upgrade", Upgrade: "websocket" } });
  assert.equal(answer.status, 501);
  assert.match(answer.body.toString(), /WebSocket/);
});

test("200 MB pass in a few MB of memory, as a file and as a page", async (t) => {
  const size = 200 * 1024 * 1024;
  const { site, at } = await proxied(t, (request, response) => {
    if (request.method === "POST") {
      let got = 0;
      return request.on("data", (part) => (got += part.length)).on("end", () => response.end(String(got)));
    }
    const type = { "Content-Type": request.url === "/file" ? "video/mp4" : "text/html" };
    response.writeHead(200, request.url === "/chunked-page" ? type : { ...type, "Content-Length": size });
    if (request.method === "HEAD") return response.end();
    let left = size;
    const piece = Buffer.alloc(1 << 20, "a");
    const more = () => {
      while (left > 0) {
        left -= piece.length;
        if (!response.write(piece)) return response.once("drain", more);
      }
      response.end();
    };
    more();
  });
  const memory = (field) => Number(readFileSync(`/proc/${site.pid}/status`, "utf8").match(new RegExp(`${field}:\\s+(\\d+)`))[1]) / 1024;
  await raw(at("/"), { method: "HEAD" });
  const before = memory("VmRSS");
  writeFileSync(`/proc/${site.pid}/clear_refs`, "5"); // the peak counts from here
  for (const path of ["/file", "/page", "/chunked-page"]) {
    let got = 0;
    await new Promise((resolve, reject) =>
      http.get(at(path), (response) => {
        response.on("data", (part) => (got += part.length));
        response.on("end", resolve).on("error", reject);
      }),
    );
    assert.equal(got, size);
    const most = memory("VmHWM");
    t.diagnostic(`${path}: resident before ${before.toFixed(1)} MB, at its peak ${most.toFixed(1)} MB`);
    assert.ok(most - before <= 32, `${most - before} MB more`);
  }
  const sent = await new Promise((resolve, reject) => {
    const call = http.request(at("/up"), { method: "POST", headers: { "Content-Length": size } }, (response) => {
      let text = "";
      response.on("data", (part) => (text += part)).on("end", () => resolve(text));
    });
    call.on("error", reject);
    const piece = Buffer.alloc(1 << 20, "a");
    let left = size;
    const more = () => {
      while (left > 0) {
        left -= piece.length;
        if (!call.write(piece)) return call.once("drain", more);
      }
      call.end();
    };
    more();
  });
  assert.equal(Number(sent), size);
  const most = memory("VmHWM");
  t.diagnostic(`upload: at its peak ${most.toFixed(1)} MB`);
  assert.ok(most - before <= 32, `${most - before} MB more`);
  const metrics = (await request(`${site.admin_url}/metrics`)).body;
  assert.match(metrics, /candor_pages_too_large_total 2\b/);
});

test("feeds carry the disclosure", async (t) => {
  const { at } = await proxied(t, (_, response) => {
    response.writeHead(200, { "Content-Type": "application/rss+xml; charset=UTF-8" });
    response.end(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>K</title><description><![CDATA[<p>A ` +
        `<a href="https://www.awin1.com/cread.php?awinmid=1&awinaffid=2">kettle</a></p>]]></description></item></channel></rss>`,
    );
  });
  assert.match((await raw(at("/feed/"))).body.toString(), /<description><!\[CDATA\[.*data-candor/s);
});

test("behind nginx with TLS nobody is sent round in circles, and the origin learns who reads", async (t) => {
  const { site, back, at } = await proxied(t, (request, response) => {
    // As WordPress does for a site whose address is https.
    if (request.headers["x-forwarded-proto"] !== "https") return response.writeHead(301, { Location: `https://${request.headers.host}${request.url}` }).end();
    if (request.method === "POST") {
      let text = "";
      return request.on("data", (part) => (text += part)).on("end", () => response.writeHead(302, { Location: "/k/", "Set-Cookie": `who=${request.headers["x-forwarded-for"]}; Path=/` }).end(text));
    }
    response.writeHead(200, html);
    response.end(article());
  });
  const folder = temporaryFolder();
  const made = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=site.example", "-keyout", join(folder, "key"), "-out", join(folder, "cert")]);
  assert.equal(made.status, 0, String(made.stderr));
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  writeFileSync(
    join(folder, "nginx.conf"),
    `${process.getuid() === 0 ? "user root;" : ""} worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { ${temporary} access_log off;
  server {
    listen 127.0.0.1:${port} ssl; ssl_certificate ${folder}/cert; ssl_certificate_key ${folder}/key;
    location / {
      proxy_pass ${site.proxy_url};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }
  }
}
`,
  );
  await startServer(t, [program("nginx"), "-p", folder, "-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`], port).ready;
  const through = (path, options = {}, body) =>
    new Promise((resolve, reject) => {
      const call = https.request(
        { host: "127.0.0.1", port, path, localAddress: "127.0.0.9", servername: "site.example", rejectUnauthorized: false, ...options, headers: { Host: "site.example", ...options.headers } },
        (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part)).on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }));
        },
      );
      call.on("error", reject);
      call.end(body);
    });
  const read = await through("/k/");
  assert.equal(read.status, 200);
  assert.match(read.body, /data-candor/);
  const comment = await through("/comment", { method: "POST", headers: { "X-Forwarded-For": "6.6.6.6", "Content-Length": 5 } }, "hello");
  assert.deepEqual([comment.status, comment.headers.location, comment.body], [302, "/k/", "hello"]);
  assert.deepEqual(comment.headers["set-cookie"], ["who=127.0.0.9; Path=/"]);
  assert.equal(back.seen.at(-1).headers.host, "site.example");
  assert.equal(back.seen.at(-1).headers["x-forwarded-host"], "site.example");
  // Without TLS the origin sends the reader there, as it should.
  assert.equal((await raw(at("/k/"), { headers: { Host: "site.example" } })).headers.location, "https://site.example/k/");
});
