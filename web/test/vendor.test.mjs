import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { rewrite, vendor } from "../vendor.mjs";

test("bare imports become relative, source maps go", () => {
  const text = rewrite('import{a}from"preact";\n//# sourceMappingURL=x.map\n', { imports: { preact: "./preact.js" } });
  assert.equal(text, 'import{a}from"./preact.js";\n');
  assert.equal(rewrite('import{a}from"./near.js";'), 'import{a}from"./near.js";\n');
});

test("a bare import nobody planned for stops the build", () => {
  assert.throws(() => rewrite('import{a}from"surprise";'), /surprise/);
});

test("every vendored file is listed with its licence and its hash", () => {
  const dir = mkdtempSync(join(tmpdir(), "candor-vendor-"));
  try {
    vendor(dir);
    const listed = JSON.parse(readFileSync(join(dir, "VENDOR.json"), "utf8"));
    assert.deepEqual(listed.map((each) => each.file), ["preact.js", "hooks.js", "htm.js", "uplot.js", "uplot.css"]);
    for (const each of listed) {
      assert.equal(createHash("sha256").update(readFileSync(join(dir, each.file))).digest("hex"), each.sha256);
      assert.match(each.licence, /^(MIT|Apache-2\.0)$/);
      assert.match(each.version, /^\d+\.\d+\.\d+$/);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});
