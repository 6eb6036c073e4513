// The script that pages with direct links load.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const script = readFileSync(new URL("../beacon/candor.js", import.meta.url), "utf8");

test("the beacon script is under 2 KB compressed", (t) => {
  const bytes = gzipSync(script).length;
  t.diagnostic(`${script.length} bytes, ${bytes} compressed`);
  assert(bytes < 2048, `${bytes} bytes`);
});

test("the beacon script keeps nothing and evaluates nothing", () => {
  for (const word of ["document.cookie", "Storage", "indexedDB", "caches.", "eval(", "Function(", "innerHTML", "import("])
    assert(!script.includes(word), word);
});
