import assert from "node:assert/strict";
import { test } from "node:test";

import { foldFindings } from "../lib/findings.js";

const late = { rule: "CD102", severity: "error", line: 8, begin: 400, excerpt: "<p>", message: "late" };

test("one thing to mend is one line, whoever asks for it", () => {
  const folded = foldFindings([
    { ...late, jurisdiction: "US" }, { ...late, jurisdiction: "UK" }, { ...late, begin: 900, line: 9, jurisdiction: "US" },
  ]);
  assert.deepEqual(folded.map((each) => [each.line, each.jurisdictions]), [[8, ["US", "UK"]], [9, ["US"]]]);
});

test("a rule that is graver elsewhere stays apart", () => {
  const folded = foldFindings([{ ...late, jurisdiction: "US" }, { ...late, severity: "warn", jurisdiction: "DE" }]);
  assert.deepEqual(folded.map((each) => [each.severity, each.jurisdictions]), [["error", ["US"]], ["warn", ["DE"]]]);
});

test("no findings fold to none", () => assert.deepEqual(foldFindings([]), []));
