// The rivals of page_bench, driven the same way: node page_rivals.mjs FOLDER, then a line for each pass:
// html-rewriter-wasm or parse5. Both do what page_bench's "rewrite" does, without verification.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const web = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)));
const { HTMLRewriter } = web('html-rewriter-wasm');
const parse5 = await import(pathToFileURL(web.resolve('parse5')));

const BLOCK = '<div data-candor="disclosure" role="note"><p>We earn a commission when you buy through '
  + 'links on this page.</p></div>\n';
const REL = 'sponsored nofollow';

const folder = process.argv[2];
const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
  .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));

async function rewriteWithLolHtml({ bytes }) {
  let edits = 0;
  const chunks = [];
  const rewriter = new HTMLRewriter((chunk) => chunks.push(chunk.slice()));
  rewriter.on('a[href]', {
    element(link) {
      link.setAttribute('href', `https://example.com/go/${edits}`);
      link.setAttribute('rel', REL);
      edits += 2;
    },
  });
  rewriter.on('body', {
    element(body) {
      body.prepend(BLOCK, { html: true });
      edits += 1;
    },
  });
  try {
    await rewriter.write(bytes);
    await rewriter.end();
  } finally {
    rewriter.free();
  }
  Buffer.concat(chunks);
  return edits;
}

function setAttribute(element, name, value) {
  const existing = element.attrs.find((each) => each.name === name);
  if (existing) existing.value = value;
  else element.attrs.push({ name, value });
}

function rewriteWithParse5({ bytes }) {
  let edits = 0;
  const document = parse5.parse(bytes.toString('utf8'));
  const stack = [document];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node.tagName === 'a' && node.attrs.some(({ name }) => name === 'href')) {
      setAttribute(node, 'href', `https://example.com/go/${edits}`);
      setAttribute(node, 'rel', REL);
      edits += 2;
    } else if (node.tagName === 'body') {
      node.childNodes.unshift(...parse5.parseFragment(BLOCK).childNodes);
      edits += 1;
    }
    for (const child of node.childNodes ?? []) stack.push(child);
  }
  Buffer.from(parse5.serialize(document), 'utf8');
  return edits;
}

const STEPS = { 'html-rewriter-wasm': rewriteWithLolHtml, parse5: rewriteWithParse5 };

for await (const line of createInterface({ input: process.stdin })) {
  const took = [];
  const before = process.cpuUsage();
  for (const page of pages) {
    const begin = process.cpuUsage();
    const did = await STEPS[line](page);
    const used = process.cpuUsage(begin);
    took.push({ name: page.name, bytes: page.bytes.length, ms: (used.user + used.system) / 1e3, did });
  }
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu_s: (user + system) / 1e6, pages: took }));
}
