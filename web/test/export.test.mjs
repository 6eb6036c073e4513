import assert from "node:assert/strict";
import { test } from "node:test";
import { csvField, fileName, toCsv, toJson } from "../lib/export.js";

test("fields are quoted where they must be", () => {
  assert.equal(csvField("plain"), "plain");
  assert.equal(csvField('a "b", c'), '"a ""b"", c"');
  assert.equal(csvField("two\nlines"), '"two\nlines"');
  assert.equal(csvField("nul\u0000 esc\u001b[31m"), "nul\ufffd esc\ufffd[31m");
});

test("no field is a formula, and numbers stay numbers", () => {
  for (const bad of ["=1+1", "+SUM(A1)", "-2+3", "@x", "  =1", "\t=1", "=HYPERLINK(\"x\")"])
    assert.match(csvField(bad), /^"?'/, bad);
  for (const good of ["-4.05", "+3", "12", ""]) assert.equal(csvField(good), good);
});

test("a table keeps its totals, in both forms", () => {
  const table = { caption: "Clicks", columns: ["Article", "Clicks"], numbers: [1], rows: [["=A", "12"], ["B", "3"]], total: [["Total", "15"]] };
  assert.equal(toCsv(table), "Article,Clicks\r\n'=A,12\r\nB,3\r\nTotal,15\r\n");
  assert.deepEqual(JSON.parse(toJson(table)), { caption: "Clicks", data: [{ Article: "=A", Clicks: 12 }, { Article: "B", Clicks: 3 }], total: [{ Article: "Total", Clicks: 15 }] });
  assert.deepEqual(JSON.parse(toJson({ ...table, columns: ["Clicks", "Clicks"] })).total, [{ Clicks: "Total", "Clicks 2": 15 }], "columns of one name are told apart");
  assert.equal(JSON.parse(toJson({ ...table, rows: [["B", "12345678901234567890"]] })).data[0].Clicks, "12345678901234567890", "no digit is lost");
});

test("a file is named after its table", () => {
  assert.equal(fileName("Revenue by merchant, 27 Oct"), "revenue-by-merchant-27-oct");
  assert.equal(fileName("../../etc"), "etc");
  assert.equal(fileName("→"), "table");
});
