// How our own reading of style sheets compares with a browser's: Chromium says what it made of each element.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromWeb } from "./support.mjs";

const { chromium } = fromWeb("playwright-core");
const dump = join(process.env.CANDOR_BUILD_DIR, "tests/disclosure/style_dump");

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(() => browser?.close());

/// What Chromium computes for each element with an id. Runs in the page.
function asComputed() {
  const byte = (text) => {
    const numbers = text.match(/-?[\d.e-]+/g).map(Number);
    if (text.startsWith("color(srgb")) return [numbers[0] * 255, numbers[1] * 255, numbers[2] * 255, numbers[3] ?? 1];
    return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
  };
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const plain = (text) => {
    if (/^(rgb|color\(srgb)/.test(text)) return byte(text);
    canvas.clearRect(0, 0, 1, 1); // oklch() and the like, as pixels
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const text = (value) => (/^["']/.test(value) ? JSON.parse(value) : undefined);
  return Object.fromEntries(
    [...document.querySelectorAll("[id]")].map((element) => {
      const style = getComputedStyle(element);
      let underlined = false;
      for (let up = element; up; up = up.parentElement)
        underlined ||= getComputedStyle(up).textDecorationLine.includes("underline");
      return [
        element.id,
        {
          displayed: element.checkVisibility(),
          visible: style.visibility === "visible",
          opacity: Number(style.opacity),
          font_px: parseFloat(style.fontSize),
          color: plain(style.webkitTextFillColor),
          background: plain(style.backgroundColor),
          underlined,
          before: text(getComputedStyle(element, "::before").content),
          after: text(getComputedStyle(element, "::after").content),
        },
      ];
    }),
  );
}

async function compare(name, html, { width = 1280, media = "screen", scheme = "light" } = {}) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.emulateMedia({ media, colorScheme: scheme });
  await page.setContent(html);
  const theirs = await page.evaluate(asComputed);
  await page.close();
  const run = spawnSync(dump, [String(width), media, scheme], { input: html, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const ours = JSON.parse(run.stdout);
  const ids = Object.keys(theirs);
  assert.ok(ids.length > 0, `${name} has elements to ask about`);
  for (const id of ids) {
    const what = `${name} #${id}`;
    const [mine, chromiums] = [ours[id], theirs[id]];
    assert.ok(mine, `${what} is known to both`);
    assert.equal(mine.unsure, false, `${what} is decided`);
    for (const key of ["displayed", "visible", "underlined", "before", "after"])
      if (key === "displayed" || chromiums.displayed) assert.equal(mine[key], chromiums[key], `${what} ${key}`);
    if (!chromiums.displayed) continue;
    assert.ok(Math.abs(mine.opacity - chromiums.opacity) < 0.001, `${what} opacity ${mine.opacity} ${chromiums.opacity}`);
    assert.ok(Math.abs(mine.font_px - chromiums.font_px) < 0.05, `${what} font ${mine.font_px} ${chromiums.font_px}`);
    for (const key of ["color", "background"])
      mine[key].forEach((value, i) =>
        assert.ok(Math.abs(value - chromiums[key][i]) <= (i === 3 ? 0.005 : 1), `${what} ${key} ${mine[key]} ${chromiums[key]}`),
      );
  }
  return ids.length;
}

const page = (css, body, html = "") => `<!doctype html><html lang="en" ${html}><head><meta charset="utf-8"><style>${css}</style></head><body>${body}</body></html>`;

const pages = {
  cascade: page(
    `p{color:red}.a{color:green}#i1{color:blue}p.a{color:navy!important}.b.b{color:teal}:where(#i3){color:pink}
     @layer x{p{font-size:30px!important}} @layer y,x; p{font-size:20px!important} @layer y{p{opacity:.5}} *{margin:0}`,
    `<p id=i1 class=a style="color:yellow">x</p><p id=i2 class="b">x</p><p id=i3 style="color:lime!important">x</p><p id=i4>x</p>`,
  ),
  invalid: page(
    `.a{color:green;color:bogus}.a{color:rgb(1 2)}.a, .b:unknown(x){color:red}.b{color:green;;color}
     .c{color:green}}.c{color:red}.d{color:green}
     @media screen{.e{color:green}
     .f{color:maroon`,
    `<p id=a class=a>x</p><p id=b class=b>x</p><p id=c class=c>x</p><p id=d class=d>x</p><p id=e class=e>x</p><p id=f class=f style="color:navy } display:none">x</p>`,
  ),
  marks: page(
    `.a{content:"}";color:green}.b{background:url(a;b}c) red;color:green}.c{background:url( "x)y" ) blue;color:green}.d{/*}*/color:green}
     .e{x:{y};color:green}.f{x:[;color:red];color:green}.g{x:\\};color:green}.h{x:'
     ;color:green}.i{--p:{};color:green}.j{x:"\\"}";color:green}.k{x:/**/;/**/color/**/:/**/green/**/}.l{x:myurl(;);color:green}.m{color:green;x:(}`,
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"].map((c) => `<p id=${c} class=${c}>x</p>`).join(""),
  ),
  hidden: page(
    `[hidden].on{display:block}.v{visibility:hidden}.v .w{visibility:visible}.n *{display:none}.c{display:contents}
     details:not([open])>summary{color:red} .t{display:none}.u .t{display:inherit}`,
    `<p id=a hidden>x</p><p id=b hidden class=on>x</p><div class=v><p id=c>x</p><p id=d class=w>x</p></div>
     <div class=n><p id=e>x</p></div><div class=c><p id=f>x</p></div><div class=u><p id=g class=t>x</p></div>`,
  ),
  sizes: page(
    `html{font-size:62.5%}body{font-size:1.6rem}.em{font-size:.8em}.pc{font-size:120%}.kw{font-size:x-small}.sm{font-size:smaller}
     .calc{font-size:calc(1rem + 2px)}.cl{font-size:clamp(1rem,2vw,3rem)}.f{font:italic 700 2em/1.5 Arial}.pt{font-size:12pt}.vw{font-size:2vw}`,
    `<p id=a>x <small id=b>x <small id=c>x</small></small> <sub id=d>x</sub></p><div class=em><p id=e class=em>x</p></div><p id=f class=pc>x</p>
     <p id=g class=kw>x</p><p id=h class=sm>x</p><p id=i class=calc>x</p><p id=j class=cl>x</p><p id=k class=f>x</p><p id=l class=pt>x</p>
     <p id=m class=vw>x</p><h1 id=n>x</h1><h2 id=o>x</h2><h5 id=q>x</h5><font id=r size=2 color=silver>x</font><big id=s>x</big>`,
  ),
  variables: page(
    `:root{--c:#123456;--s:1.25;--e:;--loop:var(--loop2);--loop2:var(--loop)}.a{color:var(--c)}.b{--c:red;color:var(--c)}
     .c{color:var(--none,hsl(120 50% 50%))}.d{color:green;color:var(--none)}.e{font-size:calc(var(--s)*10px)}.f{color:var(--loop,purple)}
     .g{background:var(--c) none}.h{--x:var(--c);color:var(--x)}.i{color:rgb(var(--rgb,10,20,30))}.j{background:var(--e) blue}`,
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map((c) => `<p id=${c} class=${c}>x</p>`).join(""),
  ),
  colours: page(
    `.a{color:rebeccapurple}.b{color:#1234}.c{color:hsla(-30,40%,50%,.3)}.d{color:hwb(200 10% 20%)}.e{color:oklch(60% .1 200)}
     .f{background:rgb(10% 20% 30%/.4)}.g{color:red;background:currentcolor}.h{-webkit-text-fill-color:green;color:red}
     .i{background:#fff;background:url(x.png) no-repeat}.j{color:oklab(50% .1 -.1)}.k{background:linear-gradient(red,blue),#ccc}.l{color:RGB(1,2,3)}`,
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"].map((c) => `<p id=${c} class=${c}>x <b>y</b></p>`).join("") +
      `<p style="color:red"><span id=m style="color:currentcolor">x</span><span id=n style="color:initial">x</span><a id=o href="/x">x</a><mark id=p>x</mark></p>`,
  ),
  selectors: page(
    `ul>li:first-child{color:red}li:nth-child(2n+1 ){opacity:.5}li:nth-last-child(2){font-size:20px}li:not(.x,#l4):not(:hover){background:#eee}
     li+li.x{color:blue}li~li.y{color:green}[data-a]{opacity:.9}[data-a~=two]{color:navy}[data-a^="One" i]{background:#ddd}
     :is(ol,ul) :where(.y){visibility:hidden}a:link{color:teal}:root{font-size:17px}p:only-child{color:olive}b:last-of-type{color:gray}
     .\\31 23{color:maroon}.a\\:b{color:fuchsia} body>*+* em{color:gold}input:checked+i{color:red}:empty{--z:1}`,
    `<ul><li id=l1>1</li><li id=l2 class=x>2</li><li id=l3 class=y>3</li><li id=l4>4</li><li id=l5 data-a="one two">5</li></ul>
     <div><p id=p1>x</p></div><p><b id=b1>x</b><a id=a1 href=/x>x</a><a id=a2>x</a><b id=b2>x</b></p><p id=q1 class=123>x</p><p id=q2 class=a:b>x</p><div><em id=e1>x</em></div>
     <input type=checkbox checked><i id=c1>x</i><input type=checkbox><i id=c2>x</i>`,
  ),
  nesting: page(
    `main{color:navy;& p{color:green;&.b{color:red}.c &{opacity:.4}}> em{color:purple}@media screen{font-size:21px}.d,.e{font-size:12px}}`,
    `<div class=c><main><p id=a>x</p><p id=b class=b>x</p><em id=c>x</em><p id=d class=d>x</p><div><em id=e class=e>x</em></div></main></div>`,
  ),
  conditions: page(
    `@media (max-width:480px){.a{display:none}}@media (400px<=width<=900px){.b{color:red}}@media print{.c{display:none}.d{color:#000}}
     @media (prefers-color-scheme:dark){body{background:#111;color:#eee}}@media not all and (min-width:600px){.e{font-size:30px}}
     @supports (display:grid){.f{color:green}}@media (hover:hover) or (pointer:coarse){.g{opacity:.7}}@media (min-width:1000px) and (orientation:landscape){.h{color:blue}}
     @media (nonsense){.a{color:red}}@media screen and (max-width:30em),print and (min-width:1px){.i{opacity:.3}}`,
    ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((c) => `<p id=${c} class=${c}>x</p>`).join(""),
  ),
  painted: page(
    `a[rel~=sponsored]::after{content:" (paid link)"}.b::before{content:"\\2197"}.c:after{content:attr(data-x) "!"}.d::after{content:none}.e::before{display:none;content:"x"}`,
    `<a id=a rel="nofollow sponsored" href=/x>x</a><p id=b class=b>x</p><p id=c class=c data-x="Ad">x</p><p id=d class=d>x</p><a id=f href=/x style="text-decoration:none">x</a><u><a id=g style="text-decoration:none">x</a></u>`,
  ),
  quirks: `<html><style>#A{color:red}.Cls{color:green}td{opacity:.5}</style><body text=navy bgcolor=ffeedd style="font-size:20px"><p id=a>x</p><p id=b class=cls>x</p><table><tr><td id=c>x</table><font id=d color=#123456 size=+2>x</font>`,
  implied: `<!doctype html><style>html{font-size:20px}body{color:green}html>body>p{opacity:.5}</style><p id=a>x<p id=b>y`,
};

for (const [name, html] of Object.entries(pages))
  test(`${name} is read as Chromium reads it`, async () => {
    assert.ok((await compare(name, html)) > 1);
  });

test("conditions hold for phones, paper and dark pages as in Chromium", async () => {
  await compare("phone", pages.conditions, { width: 390 });
  await compare("small tablet", pages.conditions, { width: 480 });
  await compare("paper", pages.conditions, { media: "print" });
  await compare("dark", pages.conditions, { scheme: "dark" });
});
