import assert from "node:assert/strict";
import { test } from "node:test";
import { groupByRule, ruleFor, ruleText } from "../lib/unattributed.js";

const rule = { network: "awin", kind: "sub-id", text: "mail" };
const row = (id, micro, more = {}) => ({ id, currency: "GBP", commission_micro: micro, rule, suggestions: [], ...more });

test("what one rule settles stands together, with its sum and every suggestion once", () => {
  const groups = groupByRule([
    row(1, 5, { suggestions: [{ article: "/a/" }] }),
    row(2, 9007199254740993n, { suggestions: [{ article: "/a/" }, { article: "/b/" }] }),
    row(3, 1, { currency: "USD" }),
    row(4, 7, { rule: null }),
    row(5, 7, { rule: null }),
  ]);
  assert.deepEqual(groups.map((each) => each.rows.map(({ id }) => id)), [[1, 2, 3], [4], [5]]);
  assert.deepEqual(groups[0].revenue, [{ currency: "GBP", commission_micro: 9007199254740998n }, { currency: "USD", commission_micro: 1n }]);
  assert.deepEqual(groups[0].suggestions.map(({ article }) => article), ["/a/", "/b/"]);
});

test("a rule is said and sent", () => {
  assert.equal(ruleText(rule, (name) => name.toUpperCase()), "the sub-id mail at AWIN");
  assert.equal(ruleText({ ...rule, network: "", kind: "tag" }, String), "the tracking id mail");
  assert.deepEqual(ruleFor(rule, "/a/"), { ...rule, article: "/a/" });
});
