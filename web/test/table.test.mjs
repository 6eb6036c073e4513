import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf, filterRows, nextSort, parseSort, sortRows } from "../lib/table.js";

const name = { key: "name", sort: (row) => row.name };
const earned = { key: "earned", numeric: true, sort: (row) => row.earned };
const columns = [name, earned, { key: "actions" }];
const rows = [
  { name: "oats 10", earned: 5n },
  { name: "Oats 9", earned: null },
  { name: "blender", earned: 9007199254740993n },
  { name: "soup", earned: 5n },
];
const names = (sorted) => sorted.map((row) => row.name);

test("text sorts as people sort it", () => {
  assert.deepEqual(names(sortRows(rows, name, false)), ["blender", "Oats 9", "oats 10", "soup"]);
});

test("numbers sort by size, equal ones stay in order, nothing comes last both ways", () => {
  assert.deepEqual(names(sortRows(rows, earned, true)), ["blender", "oats 10", "soup", "Oats 9"]);
  assert.deepEqual(names(sortRows(rows, earned, false)), ["oats 10", "soup", "blender", "Oats 9"]);
});

test("sorting leaves the rows given as they were", () => {
  const before = [...rows];
  sortRows(rows, name, true);
  assert.deepEqual(rows, before);
});

test("an address that asks for a column that cannot sort gets the default", () => {
  assert.deepEqual(parseSort("-earned", columns, "name"), { key: "earned", descending: true });
  for (const bad of ["actions", "-nonsense", "", undefined])
    assert.deepEqual(parseSort(bad, columns, "-earned"), { key: "earned", descending: true });
});

test("numbers start with the largest, text with A; a second press turns round", () => {
  assert.equal(nextSort({ key: "name", descending: false }, earned), "-earned");
  assert.equal(nextSort({ key: "earned", descending: true }, earned), "earned");
  assert.equal(nextSort({ key: "earned", descending: true }, name), "name");
  assert.equal(nextSort({ key: "name", descending: false }, name), "-name");
});

test("a filter wants every word, in any order and case", () => {
  const text = (row) => row.name;
  assert.deepEqual(names(filterRows(rows, "9 oats", text)), ["Oats 9"]);
  assert.equal(filterRows(rows, "  ", text), rows);
  assert.deepEqual(filterRows(rows, "oats soup", text), []);
});

test("a page that is not there is the nearest that is", () => {
  assert.deepEqual(pageOf(250, 100, undefined), { number: 1, count: 3, begin: 0, end: 100 });
  assert.deepEqual(pageOf(250, 100, "3"), { number: 3, count: 3, begin: 200, end: 250 });
  assert.equal(pageOf(250, 100, "9").number, 3);
  assert.equal(pageOf(250, 100, "-1").number, 1);
  assert.equal(pageOf(250, 100, "x").number, 1);
  assert.deepEqual(pageOf(0, 100, "2"), { number: 1, count: 1, begin: 0, end: 0 });
});
