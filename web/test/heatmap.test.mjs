import assert from "node:assert/strict";
import { test } from "node:test";
import { heatRows, strips } from "../lib/heatmap.js";

const link = (placement, slug) => ({ placement, slug, href: `https://a.example/${slug}`, network: "awin" });
const place = (placement, clicks, earned_micro) => ({ placement, clicks, gross_clicks: clicks + 1, revenue: earned_micro ? [{ currency: "USD", earned_micro }] : [] });

test("rows stand in page order, and their sums are the total", () => {
  const { rows, total } = heatRows([link(2, "b"), link(1, "a"), link(3, "c")], [place(0, 5, 7), place(1, 10, 3), place(3, 4), place(9, 1)]);
  assert.deepEqual(rows.map((row) => row.placement), [1, 2, 3, 9, 0]);
  assert.deepEqual(rows.map((row) => row.link?.slug ?? null), ["a", "b", "c", null, null]);
  assert.deepEqual(rows.map((row) => row.heat), [1, 0, 0.4, 0.1, 0]);
  assert.equal(total.clicks, 20);
  assert.equal(total.gross, 24);
  assert.deepEqual(total.revenue, [{ currency: "USD", earned_micro: 10n }]);
  assert.deepEqual(heatRows([], []), { rows: [], total: { clicks: 0, gross: 0, revenue: [] } });
});

test("strips stay inside the sketch and do not overlap", () => {
  for (const count of [1, 3, 40]) {
    const all = strips(count, 200);
    assert.equal(all.length, count);
    all.forEach((strip, n) => {
      assert.ok(strip.y >= 0 && strip.y + strip.height <= 200.1);
      if (n > 0) assert.ok(strip.y >= all[n - 1].y + all[n - 1].height - 0.11);
    });
  }
  assert.deepEqual(strips(0, 200), []);
});
