// A generator's site, disclosed as the last step of its build: Eleventy from npm, three pages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { json, output, run, temporaryFolder, writeConfig } from "./support.mjs";

const eleventy = fileURLToPath(new URL("node_modules/@11ty/eleventy/cmd.cjs", import.meta.url));
const skip = !existsSync(eleventy) && "Eleventy is not installed: scripts/setup build test does it";

const kSource = {
  "_includes/page.njk": `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ title }}</title></head>
<body>
<header><a href="/">The Kettle Site</a></header>
<main><article><h1>{{ title }}</h1>
{{ content | safe }}</article></main>
<footer><p>The Kettle Site</p></footer>
</body>
</html>
`,
  "index.md": "---\nlayout: page.njk\ntitle: Home\n---\nRead about [kettles](/kettles/) or [us](/about/).\n",
  "about.md": "---\nlayout: page.njk\ntitle: About\n---\nWe boil water.\n",
  "kettles.md": `---
layout: page.njk
title: Kettles
---
The [steel kettle](https://www.amazon.com/dp/B000000001?tag=site-20) boils fast.

The [tin kettle](https://www.awin1.com/cread.php?awinmid=7052&awinaffid=189999) is cheap.
`,
};

function build(folder) {
  for (const [name, text] of Object.entries(kSource)) {
    const file = join(folder, "src", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  execFileSync(process.execPath, [eleventy, "--input=src", "--output=_site", "--quiet"], { cwd: folder, stdio: "pipe" });
  return join(folder, "_site");
}

const page = (site, name) => readFileSync(join(site, name, "index.html"), "utf8");

test("a site built by Eleventy breaks rules, and breaks none once it was injected", { skip }, () => {
  const folder = temporaryFolder();
  const site = build(folder);
  const before = ["", "about"].map((name) => page(site, name));
  assert.equal(run(["audit", "_site"], { cwd: folder }).status, 3);
  output(["inject", "_site"], { cwd: folder });
  const audit = run(["audit", "_site"], { cwd: folder });
  assert.equal(audit.status, 0, audit.stdout + audit.stderr);
  const kettles = page(site, "kettles");
  assert.match(kettles, /<h1>Kettles<\/h1>\s*<div data-candor="disclosure" role="note" lang="en-US">/);
  assert.match(kettles, /href="https:\/\/www\.awin1\.com/, "without a configuration links stay");
  assert.deepEqual(["", "about"].map((name) => page(site, name)), before, "pages without paid links are not touched");
});

test("with a configuration the build leads links through the site's own, the same in every build", { skip }, () => {
  const folder = temporaryFolder();
  const config = writeConfig(folder);
  const site = build(folder);
  output(["inject", "_site", "--config", config], { cwd: folder });
  const first = page(site, "kettles");
  assert.match(first, /href="https:\/\/site\.example\/go\/tin-kettle\?a=%2Fkettles%2F&amp;p=2"/);
  build(folder);
  output(["inject", "_site", "--config", config], { cwd: folder });
  assert.equal(page(site, "kettles"), first);
  assert.equal(json(["link", "list", "--config", config]).data.length, 1);
  assert.equal(run(["audit", "_site", "--config", config], { cwd: folder }).status, 0);
});
