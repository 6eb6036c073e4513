// What a browser must fetch before the first view shows: index.html's scripts and what they import at once. Views that are
// imported when they are first shown are not part of it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { vendor } from "../vendor.mjs";

const kMostBytes = 60 * 1024;
const web = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "candor-web-"));
after(() => rmSync(folder, { recursive: true, force: true }));
vendor(folder);

const read = (name) => readFileSync(name.startsWith("vendor/") ? join(folder, posix.basename(name)) : join(web, name), "utf8");

/** Static imports and re-exports of a module, as names below web/. */
const importsOf = (name, text) =>
  [...text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b(?:[\w\s{},*$]*?\bfrom)?\s*["'](\.{1,2}\/[^"']+)["']/g)].map((each) => posix.join(posix.dirname(name), each[1]));

function firstLoad() {
  const sizes = new Map();
  const queue = [...read("index.html").matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map((each) => each[1]);
  while (queue.length > 0) {
    const name = queue.pop();
    if (sizes.has(name)) continue;
    const text = read(name);
    sizes.set(name, gzipSync(text, { level: 9 }).length);
    queue.push(...importsOf(name, text));
  }
  return sizes;
}

test("the imports are seen, however they are written", () => {
  const text = 'import a from "./a.js";\nimport {\n  b,\n  c,\n} from "../lib/b.js";\nexport { d } from "./d.js";\nimport "./e.js";\nconst f = () => import("./later.js");import{g as h}from"./g.js";';
  assert.deepEqual(importsOf("views/x.js", text), ["views/a.js", "lib/b.js", "views/d.js", "views/e.js", "views/g.js"]);
});

test("the first load is less than 60 KB of script, gzipped file by file", (t) => {
  const sizes = firstLoad();
  assert.ok(sizes.has("app.js") && sizes.has("lib/api.js") && sizes.has("vendor/preact.js"), [...sizes.keys()].join(" "));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  t.diagnostic(`${total} bytes in ${sizes.size} files`);
  const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 8);
  assert.ok(total < kMostBytes, `${total} bytes; the largest: ${largest.map(([name, size]) => `${name} ${size}`).join(", ")}`);
});
