// parse5 as judge: what a browser's tree builder makes of a page stays the same outside of what inject puts in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { injectedPages, nodes, parse } from "./saved_pages.mjs";

const kOurRel = new Set(["sponsored", "nofollow"]);
const kOurAttributes = new Set(["rel", "data-candor-added"]);

const value = (node, name) => node.attrs?.find((each) => each.name === name)?.value;
const isOurs = (node) => value(node, "data-candor") !== undefined;
const relWords = (node) => (value(node, "rel") ?? "").split(/\s+/).filter(Boolean);

/// A node as a line, or nothing for what is ours. Attributes of ours are compared apart.
function line(node) {
  if (node.nodeName === "#comment") return `comment ${node.data}`;
  if (node.nodeName === "#documentType") return `doctype ${node.name} ${node.publicId} ${node.systemId}`;
  const attributes = (node.attrs ?? [])
    .filter(({ name }) => !kOurAttributes.has(name))
    .map(({ name, prefix, value: is }) => ` ${prefix ?? ""}:${name}=${JSON.stringify(is)}`);
  return `${node.namespaceURI ?? ""} ${node.nodeName}${attributes.join("")}`;
}

/// The tree as lines, depth first, texts that touch each other as one; ours left out.
function outline(root) {
  const lines = [];
  const links = [];
  let pending = "";
  const flush = () => {
    if (pending) lines.push(`text ${JSON.stringify(pending)}`);
    pending = "";
  };
  const walk = (node, depth) => {
    if (isOurs(node)) return;
    if (node.nodeName === "#text") {
      pending += node.value;
      return;
    }
    flush();
    lines.push(`${depth} ${line(node)}`);
    if (node.tagName === "a" || node.tagName === "area") links.push(relWords(node));
    if (node.content) walk(node.content, depth + 1);
    for (const child of node.childNodes ?? []) walk(child, depth + 1);
    flush();
    lines.push(`${depth} end`);
  };
  walk(root, 0);
  flush();
  return { lines, links };
}

const pages = injectedPages();

test("a page's tree outside of what inject puts in is the one it had", () => {
  let changed = 0;
  for (const { name, before, after } of pages) {
    const was = outline(parse(before));
    const is = outline(parse(after));
    const at = was.lines.findIndex((each, index) => each !== is.lines[index]);
    if (at >= 0 || was.lines.length !== is.lines.length)
      assert.fail(`${name}: line ${at} was ${was.lines[at]?.slice(0, 300)}, is ${is.lines[at]?.slice(0, 300)}`);
    was.links.forEach((rel, index) => {
      const now = is.links[index];
      for (const word of rel) assert(now.includes(word), `${name}: link ${index} lost ${word}`);
      for (const word of now)
        assert(rel.includes(word) || kOurRel.has(word), `${name}: link ${index} got ${word}`);
    });
    if (!before.equals(after)) changed += 1;
  }
  console.log(`${changed} of ${pages.length} pages changed`);
  assert(changed > pages.length * 0.8, `only ${changed} of ${pages.length} pages were disclosed`);
});

test("a disclosed page shows its disclosure in front of every planted link", () => {
  const late = [];
  for (const { name, before, after } of pages) {
    if (before.equals(after)) continue;
    let disclosed = false;
    for (const node of nodes(parse(after))) {
      if (value(node, "data-candor") === "disclosure") disclosed = true;
      if (value(node.parentNode ?? {}, "class") !== "planted" || node.tagName !== "a") continue;
      if (!disclosed) late.push(name);
      assert(relWords(node).includes("sponsored"), `${name}: a paid link is not marked as one`);
    }
  }
  assert.deepEqual(late, []);
});
