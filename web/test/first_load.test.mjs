// What a browser must fetch before the first view shows. Views that are imported when they are first shown are not part of it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { firstModules, importsOf, preloaded } from "../preload.mjs";
import { vendor } from "../vendor.mjs";

const kMostBytes = 60 * 1024;
const web = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "candor-web-"));
after(() => rmSync(folder, { recursive: true, force: true }));
vendor(folder);

const read = (name) => readFileSync(name.startsWith("vendor/") ? join(folder, posix.basename(name)) : join(web, name), "utf8");

test("the imports are seen, however they are written", () => {
  const text = 'import a from "./a.js";\nimport {\n  b,\n  c,\n} from "../lib/b.js";\nexport { d } from "./d.js";\nimport "./e.js";\nconst f = () => import("./later.js");import{g as h}from"./g.js";';
  assert.deepEqual(importsOf("views/x.js", text), ["views/a.js", "lib/b.js", "views/d.js", "views/e.js", "views/g.js"]);
});

test("the first load is less than 60 KB of script, gzipped file by file", (t) => {
  const sizes = new Map(firstModules().map((name) => [name, gzipSync(read(name), { level: 9 }).length]));
  assert.ok(sizes.has("app.js") && sizes.has("lib/api.js") && sizes.has("vendor/preact.js"), [...sizes.keys()].join(" "));
  // The libraries' own imports are known without reading them.
  for (const name of sizes.keys()) for (const each of importsOf(name, read(name))) assert.ok(sizes.has(each), `${name} needs ${each}`);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  t.diagnostic(`${total} bytes in ${sizes.size} files`);
  const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 8);
  assert.ok(total < kMostBytes, `${total} bytes; the largest: ${largest.map(([name, size]) => `${name} ${size}`).join(", ")}`);
});

test("index.html asks for all of them at once, and for nothing else", () => {
  assert.deepEqual(preloaded().sort(), firstModules().slice(1).sort(), "bring it up to date: node web/preload.mjs");
});
