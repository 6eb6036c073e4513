// Copies the dashboard's third-party code out of node_modules, so that the browser can load it as
// it is: bare imports become relative ones, references to source maps go away.
//
//   node web/vendor.mjs OUTDIR      writes OUTDIR/*.js, OUTDIR/uplot.css and OUTDIR/VENDOR.json
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(fileURLToPath(import.meta.url)), "node_modules");

const files = [
  { from: "preact/dist/preact.mjs", to: "preact.js" },
  { from: "preact/hooks/dist/hooks.mjs", to: "hooks.js", imports: { preact: "./preact.js" } },
  { from: "htm/dist/htm.mjs", to: "htm.js" },
  // The small build defines a global; as a module it exports it instead.
  { from: "uplot/dist/uPlot.iife.min.js", to: "uplot.js", append: "export default uPlot;\n" },
  { from: "uplot/dist/uPlot.min.css", to: "uplot.css" },
];

export function rewrite(source, { imports = {}, append = "" } = {}) {
  const text = source
    .replace(/(\bfrom\s*|\bimport\s*)(["'])([^"']+)\2/g, (whole, keyword, quote, name) => {
      if (name.startsWith("./") || name.startsWith("../")) return whole;
      if (!(name in imports)) throw new Error(`bare import "${name}" has no place to point at`);
      return `${keyword}${quote}${imports[name]}${quote}`;
    })
    .replace(/^\/\/# sourceMappingURL=.*$/gm, "")
    .trimEnd();
  return `${text}\n${append}`;
}

export function vendor(outDir) {
  mkdirSync(outDir, { recursive: true });
  const listed = files.map((file) => {
    const name = file.from.split("/")[0];
    const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    const source = readFileSync(join(modules, file.from), "utf8");
    const text = file.to.endsWith(".js") ? rewrite(source, file) : source;
    writeFileSync(join(outDir, file.to), text);
    return {
      file: file.to,
      name,
      version: about.version,
      licence: about.license,
      source: file.from,
      sha256: createHash("sha256").update(text).digest("hex"),
    };
  });
  writeFileSync(join(outDir, "VENDOR.json"), `${JSON.stringify(listed, null, 2)}\n`);
  return listed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outDir = process.argv[2];
  if (!outDir) {
    console.error("usage: node web/vendor.mjs OUTDIR");
    process.exit(2);
  }
  try {
    vendor(outDir);
  } catch (error) {
    console.error(`vendor: ${error.message} (is \`npm ci --prefix web\` done?)`);
    process.exit(1);
  }
}
