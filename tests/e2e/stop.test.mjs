// SIGTERM ends the daemon within its five seconds whatever is under way, and loses nothing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { candor, eventually, json, serve, temporaryFolder, writeConfig } from "./support.mjs";

const head =
  "id,advertiser_id,sale_amount,commission,date,commission_status,validation_date,click_ref,type,site_name,URL,decline_reason," +
  "clickThroughTime,voucher_code_used,lapse_time,amended,amend_reason,old_sale_amount,old_commission,different_currency," +
  "click_device,transaction_device,publisher_url,transaction_parts,customer_country,custom_parameters,paid_to_publisher," +
  "payment_status,payment_id,transaction_query_id,click_ref2,click_ref3,click_ref4,click_ref5,click_ref6,voucher_code," +
  "commission_sharing_publisher_id,commission_sharing_publisher\n";
const rows = 100_000;

/// A report that takes far longer than five seconds to bring in.
function bigReport() {
  let text = head;
  for (let i = 1; i <= rows; ++i)
    text += `${i},7052,10.00,3.14,2026-01-17 10:00:00,approved,,,Commission group transaction,Example Site,,,,,,no,,,,,,,,,GB,,no,,,,,,,,,,,\n`;
  return text;
}

const walBytes = (folder) => statSync(join(folder, "data/candor.db-wal"), { throwIfNoEntry: false })?.size ?? 0;

const ask = (socketPath, path) =>
  new Promise((resolve, reject) => {
    http
      .get({ socketPath, path }, (response) => {
        let text = "";
        response.on("data", (data) => (text += data));
        response.on("end", () => resolve(JSON.parse(text)));
      })
      .on("error", reject);
  });

/// Ends the daemon once work on the database is well under way; how long that took.
async function endInTheMiddle(daemon, folder, bytes = 4 << 20) {
  await eventually(() => walBytes(folder) > bytes, 60_000);
  const asked = Date.now();
  daemon.kill("SIGTERM");
  const { code, errors } = await daemon.exited;
  assert.equal(code, 0, errors);
  return Date.now() - asked;
}

test("An import under way is rolled back as a whole, and comes in when it is done again", async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder);
  const file = join(folder, "awin.csv");
  writeFileSync(file, bigReport());
  const daemon = await serve(config);
  t.after(() => daemon.kill("SIGKILL"));
  const { CANDOR_CONFIG, ...env } = process.env;
  const words = ["revenue", "import", file, "--currency", "GBP", "--config", config];
  const importing = spawn(candor, words, { env });
  let told = "";
  importing.stderr.on("data", (data) => (told += data));
  const ended = new Promise((resolve) => importing.once("exit", resolve));
  const took = await endInTheMiddle(daemon, folder);
  assert(took < 5000, `it took ${took} ms`);
  assert.notEqual(await ended, 0);
  assert.match(told, /stopping/);

  const again = await serve(config);
  t.after(() => again.stop());
  assert.deepEqual((await ask(again.socket, "/api/v1/revenue/imports")).data, []);
  const { import: done, repeated } = json(words);
  assert.deepEqual([done.new_count, done.bad_count, repeated], [rows, 0, false]);
});
