// Annotations as the marks of a chart.
import { marksOf } from "./annotations.js";
import { apiPath } from "./api.js";
import { useMemo } from "./dom.js";
import { kPollMs, useResource } from "./resource.js";

const kNone = [];

/** Marks for a chart of from..to; with an article, its own and those of the whole site. */
export function useMarks({ from, to, article }) {
  const found = useResource(apiPath("/annotations", { from, to, article }), { every: kPollMs });
  const data = found.data?.data;
  return useMemo(() => (data ? marksOf(data, from, to) : kNone), [data, from, to]);
}
