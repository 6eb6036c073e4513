import assert from "node:assert/strict";
import { test } from "node:test";
import { bulkEdits } from "../lib/bulk.js";

test("each link is edited as it was seen, and enabled as its programme allows", () => {
  const links = [{ slug: "a", version: "1", network: "awin" }, { slug: "b", version: "2", network: "amazon" }];
  assert.deepEqual(bulkEdits(links, { merchant: "M" }), [
    { slug: "a", version: "1", set: { merchant: "M" } },
    { slug: "b", version: "2", set: { merchant: "M" } },
  ]);
  assert.deepEqual(bulkEdits(links, { state: "enabled" }).map((each) => each.set.state), ["active", "direct"]);
});
