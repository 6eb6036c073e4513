// Annotations as the marks of a chart.
import { marksOf } from "./annotations.js";
import { apiPath } from "./api.js";
import { useMemo } from "./dom.js";
import { kPollMs, useResource } from "./resource.js";

const kNone = [];

/** Annotations of from..to, as they are kept and as marks of a chart; with an article, its own and those of the whole site. */
export function useAnnotations({ from, to, article }) {
  const found = useResource(apiPath("/annotations", { from, to, article }), { every: kPollMs });
  const data = found.data?.data ?? kNone;
  const marks = useMemo(() => marksOf(data, from, to), [data, from, to]);
  return { data, marks, refresh: found.refresh };
}

export const useMarks = (of) => useAnnotations(of).marks;
