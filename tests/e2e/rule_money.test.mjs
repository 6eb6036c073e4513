// Money of no article, the rule that settles it, why it went there, and what was believed before; tracking IDs of articles.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { json, output, run, temporaryFolder, writeConfig } from "./support.mjs";

const header =
  "id,advertiser_id,sale_amount,commission,date,commission_status,validation_date,click_ref,type,site_name,URL,decline_reason," +
  "clickThroughTime,voucher_code_used,lapse_time,amended,amend_reason,old_sale_amount,old_commission,different_currency,click_device," +
  "transaction_device,publisher_url,transaction_parts,customer_country,custom_parameters,paid_to_publisher,payment_status,payment_id," +
  "transaction_query_id,click_ref2,click_ref3,click_ref4,click_ref5,click_ref6,voucher_code,commission_sharing_publisher_id," +
  "commission_sharing_publisher\n";
const sale = ([id, amount, label]) =>
  `${id},7052,10.00,${amount},2026-03-17 10:00:00,pending,,${label},Commission group transaction,Example Site,,,,,,no,,,,,,,,,GB,,no,,,,,,,,,,,\n`;

const page =
  '<!doctype html><html lang="en"><head><title>Best kettles</title></head><body><main><h1>Best kettles</h1>' +
  '<p>Of all kettles we boiled water in, this one was quickest and it is quiet too, which matters in the morning.</p>' +
  '<p><a href="https://www.amazon.com/dp/B000000001?tag=mysite-20">The quick one</a></p></main></body></html>';

test("a rule moves booked money, and every step is explained", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const words = (...args) => [...args, "--config", config];
  const site = join(folder, "public", "best-kettles");
  mkdirSync(site, { recursive: true });
  writeFileSync(join(site, "index.html"), page);
  output(words("inject", join(folder, "public")));
  const file = join(folder, "awin.csv");
  writeFileSync(file, header + [["1", "3.14", "best-kettles"], ["2", "1.00", "it's"]].map(sale).join(""));
  json(words("revenue", "import", file, "--network", "awin", "--currency", "GBP"));

  const open = json(words("revenue", "unattributed"));
  assert.deepEqual(
    open.data.map((each) => [each.rule.text, each.commission_micro, each.suggestions.map((one) => one.article)]),
    [["best-kettles", 3140000, ["/best-kettles/"]], ["it's", 1000000, []]],
  );
  assert.equal(open.next, null);
  const told = run(words("revenue", "unattributed"));
  assert.match(told.stderr, /candor revenue rule add 'best-kettles' '\/best-kettles\/' --kind sub-id --network awin/);

  const rule = json(words("revenue", "rule", "add", "best-kettles", "/best-kettles/", "--network", "awin"));
  assert.equal(rule.rebooked, 1);
  assert.equal(json(words("revenue", "unattributed")).data.length, 1);
  assert.equal(json(words("revenue", "check")).balanced, true);
  assert.equal(run(words("revenue", "rule", "add", "best-kettles", "/best-kettles/", "--network", "awin")).status, 1);
  const rules = json(words("revenue", "rule", "list")).data;
  assert.deepEqual([rules.length, rules[0].article, rules[0].source], [1, "/best-kettles/", "owner"]);

  const explained = json(words("revenue", "explain", "1"));
  assert.deepEqual(explained.matches.map((match) => match.tier), ["unattributed", "label"]);
  assert.deepEqual(explained.allocations.map((part) => [part.article, part.commission_micro]), [["/best-kettles/", 3140000]]);
  const text = output(words("revenue", "explain", "1"));
  for (const expected of ["Heard of it", "Matched", "Divided", "Booked", "3.14 GBP", "sub_id: best-kettles", "/best-kettles/"])
    assert.ok(text.includes(expected), `${expected} in ${text}`);

  assert.equal(json(words("revenue", "rule", "remove", String(rule.id))).rebooked, 1);
  assert.equal(json(words("revenue", "unattributed")).data.length, 2);
});

test("an article's own tracking ID goes into its Amazon links, once", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const words = (...args) => [...args, "--config", config];
  const site = join(folder, "public", "best-kettles");
  mkdirSync(site, { recursive: true });
  const file = join(site, "index.html");
  writeFileSync(file, page);
  output(words("inject", join(folder, "public")));
  const links = json(words("link", "list")).data.length;
  const plan = json(words("revenue", "tags", "plan"));
  assert.equal(plan.limit, 100);

  json(words("revenue", "tags", "assign", "/best-kettles/", "mysite-kettles-20"));
  output(words("inject", join(folder, "public")));
  const once = readFileSync(file, "utf8");
  assert.ok(once.includes('href="https://www.amazon.com/dp/B000000001?tag=mysite-kettles-20"'), once);
  output(words("inject", join(folder, "public")));
  assert.equal(readFileSync(file, "utf8"), once);
  assert.equal(json(words("link", "list")).data.length, links, "no link is adopted twice");
  const after = json(words("revenue", "tags", "plan"));
  assert.deepEqual(after.data.map((each) => [each.article, each.tag]), [["/best-kettles/", "mysite-kettles-20"]]);
  json(words("revenue", "tags", "release", "mysite-kettles-20"));
  assert.equal(run(words("revenue", "tags", "release", "mysite-kettles-20")).status, 1);
});
