// Saved real pages with paid links planted into them, and what candor makes of them: the folder named by
// CANDOR_HTML_CORPUS, else the shared corpus, else the project's own pages.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromWeb, run, temporaryFolder } from "./support.mjs";

const parse5 = await import(fromWeb.resolve("parse5"));
const kRoot = fileURLToPath(new URL("../../", import.meta.url));
const kMost = 3; // planted links of a page

function corpusFolder() {
  const named = process.env.CANDOR_HTML_CORPUS;
  if (named) return named;
  const shared = join(kRoot, "../shared/html/corpus");
  if (existsSync(shared)) return shared;
  console.log("The corpus of saved pages is not here (CANDOR_HTML_CORPUS names it); running on the project's own pages.");
  return join(kRoot, "tests/fixtures/pages");
}

/// Bytes as characters of the same number: what is ASCII reads as it is in all encodings that are edited.
const text = (bytes) => bytes.toString("latin1");
const bytes = (characters) => Buffer.from(characters, "latin1");

export const parse = (page) => parse5.parse(text(page), { sourceCodeLocationInfo: true });

export function* nodes(root) {
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    yield node;
    if (node.content) stack.push(node.content);
    for (let i = (node.childNodes ?? []).length; i-- > 0; ) stack.push(node.childNodes[i]);
  }
}

const isInside = (node, names) => {
  for (let at = node; at; at = at.parentNode) if (names.includes(at.tagName)) return true;
  return false;
};
const kNoContent = ["svg", "math", "template", "noscript", "select", "button", "head", "header", "nav", "footer", "aside"];

/// The page with paid links in paragraphs of their own, behind paragraphs of its article; nothing when it has none.
function planted(page) {
  let all = [];
  for (const node of nodes(parse(page))) {
    // What stands above the heading is seldom the article.
    if (node.tagName === "h1") all = [];
    const end = node.tagName === "p" && node.sourceCodeLocation?.endTag?.endOffset;
    if (end && !isInside(node, kNoContent)) all.push({ end, inContent: isInside(node, ["article", "main"]) });
  }
  if (all.length === 0) return undefined;
  const inContent = all.filter((each) => each.inContent);
  const ends = (inContent.length > 0 ? inContent : all).map(({ end }) => end);
  const places = Array.from({ length: kMost }, (_, n) => ends[Math.floor((ends.length * n) / kMost)]);
  let out = text(page);
  [...new Set(places)].sort((a, b) => b - a).forEach((place, n) => {
    const link = `<a href="https://www.amazon.com/dp/B00000000${n}?tag=example-20">this kettle ${n}</a>`;
    out = `${out.slice(0, place)}<p class="planted">We like ${link} best.</p>${out.slice(place)}`;
  });
  return bytes(out);
}

/// [{name, before, after}]: every saved page with links planted, and as inject leaves it.
export function injectedPages() {
  const folder = temporaryFolder();
  const from = join(folder, "from");
  const to = join(folder, "to");
  mkdirSync(from);
  const corpus = corpusFolder();
  const pages = [];
  for (const name of readdirSync(corpus).filter((each) => each.endsWith(".html")).sort()) {
    const before = planted(readFileSync(join(corpus, name)));
    if (!before) continue;
    writeFileSync(join(from, name), before);
    pages.push({ name, before });
  }
  // 3: real pages break rules that no injection mends.
  const done = run(["inject", from, "--out", to, "--jurisdiction", "US", "--jurisdiction", "UK", "--jurisdiction", "DE", "--site-name", "Kettle Club"]);
  assert([0, 3].includes(done.status), done.stderr);
  for (const page of pages) {
    page.file = join(to, page.name);
    page.after = existsSync(page.file) ? readFileSync(page.file) : page.before;
  }
  return pages;
}
