// The owner's remarks about days, as charts and lists show them.
import { formatDay } from "./format.js";

/** "2 Nov 2026", or "2 Nov 2026 to 5 Nov 2026". */
export const daysText = (annotation) =>
  annotation.from === annotation.to ? formatDay(annotation.from) : `${formatDay(annotation.from)} to ${formatDay(annotation.to)}`;

/** What stands on a chart of from..to: [{day, label}], each remark at its first day that is shown. */
export function marksOf(annotations, from, to) {
  return annotations
    .filter((each) => each.from <= to && each.to >= from)
    .map((each) => ({
      day: each.from < from ? from : each.from,
      label: each.from === each.to ? each.text : `${each.text} (${daysText(each)})`,
    }));
}

/** Revisions of an article as marks: what a scan found changed. */
export function revisionMarks(revisions, from, to) {
  return revisions
    .map((each, n) => ({ day: each.day, label: revisionText(each, revisions[n - 1]) }))
    .filter((each) => each.day >= from && each.day <= to);
}

/** "Checks passed; 2 links in, 1 out", what changed against the revision before. */
export function revisionText(revision, before) {
  if (!before) return "First seen";
  const said = [];
  if (revision.verdict !== before.verdict) said.push(`disclosure ${before.verdict || "not checked"} → ${revision.verdict || "not checked"}`);
  if (revision.links_added > 0) said.push(`${revision.links_added} ${revision.links_added === 1 ? "link" : "links"} in`);
  if (revision.links_removed > 0) said.push(`${revision.links_removed} ${revision.links_removed === 1 ? "link" : "links"} out`);
  if (revision.title !== before.title) said.push("new title");
  if (said.length === 0) said.push(`findings ${before.finding_count} → ${revision.finding_count}`);
  return `Page changed: ${said.join(", ")}`;
}
