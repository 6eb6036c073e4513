// What the links of a page bring in, by their place on it.
import { micro } from "./money.js";

/**
 * Rows in page order, each link once: links {placement, href, network, slug} as last seen, places {placement, clicks,
 * gross_clicks, revenue} as counted. A place that no link has now keeps its clicks; 0 is where the click does not say. `heat`
 * is 0..1 of the most clicked. The rows' clicks, requests and money sum to `total`.
 */
export function heatRows(links, places) {
  const rows = new Map();
  for (const link of links) if (link.placement > 0) rows.set(link.placement, { placement: link.placement, link, clicks: 0, gross: 0, revenue: [] });
  for (const place of places) {
    const row = rows.get(place.placement) ?? { placement: place.placement, link: null };
    rows.set(place.placement, { ...row, clicks: place.clicks, gross: place.gross_clicks, revenue: place.revenue });
  }
  const sorted = [...rows.values()].sort((a, b) => (a.placement || Infinity) - (b.placement || Infinity));
  const most = Math.max(0, ...sorted.filter((row) => row.placement > 0).map((row) => row.clicks));
  const earned = new Map();
  for (const row of sorted)
    for (const line of row.revenue) earned.set(line.currency, (earned.get(line.currency) ?? 0n) + micro(line.earned_micro));
  return {
    rows: sorted.map((row) => ({ ...row, heat: most > 0 && row.placement > 0 ? row.clicks / most : 0 })),
    total: {
      clicks: sorted.reduce((sum, row) => sum + row.clicks, 0),
      gross: sorted.reduce((sum, row) => sum + row.gross, 0),
      revenue: [...earned].map(([currency, earned_micro]) => ({ currency, earned_micro })),
    },
  };
}

/** Of a page sketched `height` high: where the strips of `count` links stand, top to bottom: [{y, height}]. */
export function strips(count, height) {
  if (count === 0) return [];
  const each = height / count;
  const thick = Math.max(2, Math.min(10, each * 0.6));
  return Array.from({ length: count }, (_, n) => ({ y: Math.round((n * each + (each - thick) / 2) * 10) / 10, height: Math.round(thick * 10) / 10 }));
}

/** The names of evidence, strongest first, as the API's members have them. */
export const kTiers = [
  { key: "token", label: "Click token", help: "The network returned the click: exact." },
  { key: "label", label: "Label or referring page", help: "A configured label, or the page the network returned." },
  { key: "tag", label: "Tracking id", help: "An id that one article has for itself." },
  { key: "modelled", label: "Modelled", help: "Divided over the clicks of the programme's window." },
  { key: "unattributed", label: "Unattributed", help: "Nobody knows which article earned it." },
];
