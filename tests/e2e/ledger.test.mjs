// The ledger by its commands: import, history, check, statement, rates, and taking an import back.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { json, output, parseCsv, run, temporaryFolder, writeConfig } from "./support.mjs";

const header =
  "id,advertiser_id,sale_amount,commission,date,commission_status,validation_date,click_ref,type,site_name,URL,decline_reason," +
  "clickThroughTime,voucher_code_used,lapse_time,amended,amend_reason,old_sale_amount,old_commission,different_currency,click_device," +
  "transaction_device,publisher_url,transaction_parts,customer_country,custom_parameters,paid_to_publisher,payment_status,payment_id," +
  "transaction_query_id,click_ref2,click_ref3,click_ref4,click_ref5,click_ref6,voucher_code,commission_sharing_publisher_id," +
  "commission_sharing_publisher\n";
const sale = ([id, amount, status]) =>
  `${id},7052,10.00,${amount},2026-03-17 10:00:00,${status},,,Commission group transaction,Example Site,,,,,,no,,,,,,,,,GB,,no,,,,,,,,,,,\n`;
const report = (...sales) => header + sales.map(sale).join("");

test("what is imported is kept, checked, compared and can be taken back", (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const words = (...args) => [...args, "--config", config];
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const bring = (name, text) =>
    json(words("revenue", "import", file(name, text), "--network", "awin", "--currency", "GBP", "--account", "1"));
  const articles = (...more) => {
    const { as_of, ...rest } = json(words("report", "articles", "--from", "2026-03-01", "--to", "2026-03-31", ...more));
    return rest;
  };

  const text = report(["1", "3.14", "pending"], ["2", "1.00", "approved"]);
  const first = bring("a.csv", text);
  assert.equal(first.import.new_count, 2);
  assert.equal(first.balanced, true);
  const before = articles();
  // Under another name, with other line ends, in another encoding.
  for (const [name, other] of [
    ["b.csv", text],
    ["c.csv", text.replaceAll("\n", "\r\n")],
    ["d.csv", "\ufeff" + text],
    ["e.csv", Buffer.from("\ufeff" + text, "utf16le")],
  ]) {
    const again = bring(name, other);
    assert.deepEqual([again.repeated, again.import.id], [true, first.import.id], name);
  }

  const second = bring("f.csv", report(["1", "2.00", "approved"], ["3", "9.00", "approved"]));
  assert.deepEqual([second.import.new_count, second.import.changed_count], [1, 1]);
  assert.notDeepEqual(articles(), before);
  const shown = json(words("revenue", "show", "1"));
  assert.deepEqual(shown.history.map((event) => [event.kind, event.status, event.commission_micro]), [
    ["observed", "pending", 3140000],
    ["observed", "approved", 2000000],
  ]);

  const check = json(words("revenue", "check"));
  assert.equal(check.balanced, true);
  assert.deepEqual(
    check.data.map((line) => [line.network, line.account, line.status, line.period, line.imported_micro, line.difference_micro]),
    [["awin", "1", "approved", "2026-03", 12000000, 0]],
  );
  const paid = file("paid.csv", "network,account,currency,amount,period\nawin,1,GBP,11.50,2026-03\n");
  const reconciled = run(words("revenue", "reconcile", paid, "--format", "csv"));
  assert.equal(reconciled.status, 3);
  assert.equal(parseCsv(reconciled.stdout)[0].difference_micro, "-500000");

  const undone = json(words("revenue", "undo", String(second.import.id)));
  assert.match(undone.import.undone_at, /^20/);
  assert.deepEqual(articles(), before);
  assert.equal(json(words("revenue", "imports")).data.length, 2);
  assert.match(run(words("revenue", "undo", "77")).stderr, /no such import/);
  // Before the first import there was nothing.
  assert.deepEqual(articles("--as-of", "2026-01-01").imported, []);

  const rates = file("rates.csv", "Date,USD,JPY,\n2026-03-17,1.0900,162.50,\n2026-03-16,1.0800,N/A,\n");
  assert.deepEqual([json(words("rates", "import", rates)).new_count, json(words("rates", "import", rates)).new_count], [3, 0]);
  assert.match(output(words("rates", "list", "2026-03-17")), /USD +1090000/);
});
