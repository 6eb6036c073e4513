// Every module of the dashboard can be read, and what it imports by name is there: a slip would leave a blank page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { vendor } from "../vendor.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "candor-web-"));
after(() => rmSync(folder, { recursive: true, force: true }));
vendor(folder);

const modules = ["", "lib", "parts", "views"].flatMap((name) => readdirSync(join(web, name)).filter((file) => file.endsWith(".js")).map((file) => join(web, name, file)));
const textOf = (file) => readFileSync(relative(web, file).startsWith("vendor/") ? join(folder, relative(join(web, "vendor"), file)) : file, "utf8");

test("every module is good JavaScript", () => {
  for (const file of modules) {
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--check"], { input: readFileSync(file), encoding: "utf8" });
    assert.equal(status, 0, `${relative(web, file)}: ${stderr}`);
  }
});

test("every name that is imported is exported where it is said to be", () => {
  const isExported = (text, name) =>
    new RegExp(`export\\s+(?:default\\s+)?(?:async\\s+)?(?:function\\*?|const|let|class)\\s+${name}\\b`).test(text) ||
    [...text.matchAll(/export\s*\{([^}]*)\}/g)].some(([, names]) => names.split(",").some((each) => each.trim().split(/\s+as\s+/).at(-1) === name));
  for (const file of modules)
    for (const [, names, from] of readFileSync(file, "utf8").matchAll(/^(?:import|export)\s*\{([^}]*)\}\s*from\s*"(\.[^"]+)"/gm)) {
      const target = resolve(dirname(file), from);
      for (const name of names.split(",").map((each) => each.trim().split(/\s+as\s+/)[0]).filter(Boolean))
        assert.ok(isExported(textOf(target), name), `${relative(web, file)}: ${relative(web, target)} has no ${name}`);
    }
});
