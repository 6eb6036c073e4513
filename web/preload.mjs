// What a browser needs before the first view shows: index.html's script and what it imports at once. index.html names it
// all, so that a browser asks for everything in one go rather than a step of imports at a time.
//
//   node web/preload.mjs        writes the lines into index.html
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const kFolder = dirname(fileURLToPath(import.meta.url));
/** Of node_modules, and without imports but among themselves. */
const kVendor = { "vendor/preact.js": [], "vendor/htm.js": [], "vendor/hooks.js": ["vendor/preact.js"] };
const kLine = /^ *<link rel="modulepreload" href="([^"]+)">\n/gm;

const read = (name) => readFileSync(join(kFolder, name), "utf8");

/** Static imports and re-exports of a module, as names below web/. */
export const importsOf = (name, text) =>
  [...text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b(?:[\w\s{},*$]*?\bfrom)?\s*["'](\.{1,2}\/[^"']+)["']/g)].map((each) => posix.join(posix.dirname(name), each[1]));

/** Names below web/ in the order in which they are found, a step of imports behind the other: app.js first. */
export function firstModules() {
  const found = new Set([...read("index.html").matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map((each) => each[1]));
  for (const name of found) for (const each of kVendor[name] ?? importsOf(name, read(name))) found.add(each);
  return [...found];
}

/** What index.html tells a browser to fetch beside its script. */
export const preloaded = () => [...read("index.html").matchAll(kLine)].map((each) => each[1]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = firstModules().slice(1).sort().map((name) => `    <link rel="modulepreload" href="${name}">\n`).join("");
  const text = read("index.html").replace(kLine, "");
  writeFileSync(join(kFolder, "index.html"), text.replace(/^ *<script type="module"[^\n]*\n/m, (script) => script + lines));
}
