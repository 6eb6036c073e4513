// candor link check-url against Node's new URL(): what a browser takes as an http or https URL comes out with the same href.
// Stricter by intent, since owners type destinations and we send them in a header: control characters, user names and
// passwords, and more than 8,192 bytes are refused.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { output } from "./support.mjs";

const here = new URL(".", import.meta.url);
const shared = process.env.CANDOR_URLTESTDATA ?? new URL("../../../shared/url/urltestdata_dev.json", here).pathname;

/// Deterministic: the same inputs in every run.
function* generated(count) {
  let state = 1;
  const below = (n) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0), Math.floor((state / 2 ** 32) * n));
  const pick = (from) => from[below(from.length)];
  const some = (from, most) => Array.from({ length: below(most + 1) }, () => pick(from)).join("");
  const schemes = ["http://", "https://", "HTTPS://", "http:/", "http:", "https:\\\\", "http:///", "ftp://", "javascript:", "//", "", "htt p://", "http//"];
  const labels = ["shop", "EXAMPLE", "example", "xn--bcher-kva", "bücher", "faß", "ΣΊΣΥΦΟΣ", "日本語", "a-b", "-", "a_b", "xn--", "xn--a", "%41", "%2e", "ＧＯ", "a\u00ADb", "1", "0x7f", "256", "08", "。", "\u200d", "%C3%A9", "é", "☃", "ａ．ｂ", "*", "^", "|", "a%00b", "<"];
  const hosts = ["[::1]", "[1:2::3:4]", "[::ffff:1.2.3.4]", "[::1", "[g::]", "[1::2::3]", "[0:0:0:0:0:0:0:0]", "127.0.0.1", "0x7f.1", "1.2.3", "1.2.3.4.5", "999.1.1.1", "4294967295", "4294967296", "0300.1", "1.2.3.08", "", "."];
  const host = () => (below(4) === 0 ? pick(hosts) : Array.from({ length: 1 + below(3) }, () => pick(labels)).join(pick([".", ".", ".", "。", ".."])) + pick(["", "", "", "."]));
  const ports = ["", "", "", ":", ":80", ":443", ":8080", ":00080", ":65535", ":65536", ":x", ":-1", ": 80", ":8０"];
  const users = ["", "", "", "", "", "", "@", ":@", "u@", "u:p@", ":p@", "a@b@", "%40@"];
  const bits = ["a", "Z", "0", "/", "//", "\\", ".", "..", "%2e", "%2E%2e", "%", "%zz", "%2f", "%00", " ", "é", "日", "💶", "\u0080", "\u007f", '"', "'", "<", ">", "`", "{", "}", "|", "^", "~", "[", "]", "@", ":", ";", "=", "&", "+", "$", ",", "!", "*", "(", ")", "-", "_", "\ufffd", "\u00a0", "\ufeff"];
  for (let i = 0; i < count; ++i) {
    const tail = [some(bits, 6) && `/${some(bits, 8)}`, below(2) ? `?${some(bits, 8)}` : "", below(4) ? "" : `#${some([...bits, "#", "?"], 6)}`].join("");
    const around = below(20) ? "" : " ";
    yield around + pick(schemes.slice(0, below(5) ? 3 : schemes.length)) + pick(users) + host() + pick(ports) + tail + around;
  }
  yield `https://shop.example/${"a".repeat(8192 - 21)}`;
  yield `https://shop.example/${"a".repeat(8192 - 20)}`;
}

function corpus() {
  const inputs = [];
  const seeds = new URL("../fuzz/corpus/url/", here);
  if (existsSync(seeds)) for (const name of readdirSync(seeds)) inputs.push(readFileSync(new URL(name, seeds), "utf8"));
  if (existsSync(shared)) {
    for (const each of JSON.parse(readFileSync(shared, "utf8"))) if (typeof each === "object" && !each.base) inputs.push(each.input);
  } else {
    console.log(`not there, so left out: ${shared}`);
  }
  return inputs.filter((input) => !/[\n\r]/.test(input) && input === input.toWellFormed?.());
}

/// Not URL.canParse, which in Node 20 misreads Latin-1 once it is called often.
function tried(input) {
  try {
    return new URL(input);
  } catch {
    return null;
  }
}

/// Node 20 refuses "xn--" labels that are no Punycode; the standard takes a host in ASCII as it is. So Node is asked with
/// another prefix, and where nothing but ASCII was in the host its answer is taken.
function parsed(input) {
  const url = tried(input);
  if (url) return url;
  const authority = input.trim().replace(/^[a-z]+:[/\\]*/i, "").split(/[/\\?#]/)[0];
  const other = input.replace(/xn--/gi, "xq--");
  const stand_in = other === input || /[^\0-\x7f]|%[89a-f]/i.test(authority) ? null : tried(other);
  if (!stand_in) return null;
  const { protocol, username, password, href } = stand_in;
  return { protocol, username, password, href: href.replaceAll("xq--", "xn--") };
}

/// What check-url must say: "ok\thref", or "bad" and, where it is ours to be strict, the reason.
function expected(input) {
  if (/[\0-\x1f]/.test(input)) return ["bad\tcontrol-character", "bad\tempty"];
  const url = parsed(input);
  if (!url) return null;
  if (url.protocol !== "http:" && url.protocol !== "https:") return ["bad\tnot-http"];
  if (url.username || url.password) return ["bad\tcredentials"];
  if (Buffer.byteLength(input) > 8192 || url.href.length > 8192) return ["bad\ttoo-long"];
  // The standard's path percent-encode set has had "^" since 2023; Node 20 is older.
  const end = url.href.search(/[?#]/);
  const path = end < 0 ? url.href : url.href.slice(0, end);
  return [`ok\t${path.replaceAll("^", "%5E")}${end < 0 ? "" : url.href.slice(end)}`];
}

test("check-url takes what new URL() takes, and gives the same href", () => {
  const inputs = [...generated(5000), ...corpus()];
  const lines = output(["link", "check-url"], { input: inputs.map((input) => `${input}\n`).join("") }).split("\n");
  assert.equal(lines.pop(), "");
  assert.equal(lines.length, inputs.length);
  const differences = [];
  let taken = 0;
  inputs.forEach((input, at) => {
    const said = lines[at];
    const wanted = expected(input);
    if (wanted?.[0].startsWith("ok")) ++taken;
    if (wanted ? !wanted.includes(said) : !said.startsWith("bad\t")) differences.push({ input, said, wanted });
  });
  console.log(`${inputs.length} inputs, ${taken} of them URLs, ${differences.length} differences`);
  assert.deepEqual(differences.slice(0, 20), []);
  assert(taken > 1000, "enough of the inputs are URLs");
});
