// The dashboard's state is its address: "#/articles?range=7d&sort=clicks". Back and links just work.

/** {path, params}; a broken escape keeps its text rather than losing the page. */
export function parseHash(hash) {
  const text = (hash ?? "").replace(/^#/, "");
  const mark = text.indexOf("?");
  const path = (mark < 0 ? text : text.slice(0, mark)) || "/";
  const params = {};
  if (mark >= 0)
    for (const [key, value] of new URLSearchParams(text.slice(mark + 1))) params[key] = value;
  return { path: path.startsWith("/") ? path : `/${path}`, params };
}

/** Empty and missing values are left out, so that equal views have equal addresses. */
export function formatHash(path, params = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params))
    if (value !== undefined && value !== null && value !== "") query.set(key, value);
  const text = query.toString();
  return `#${path}${text ? `?${text}` : ""}`;
}

/** Only the days and what they are compared with travel from view to view. */
export function keepRange(params) {
  const { range, from, to, compare } = params;
  return { range, from, to, compare };
}

/** What says which view this is, of which days and in which order; all else narrows it down. */
const kNoFilters = ["range", "from", "to", "compare", "sort", "by", "path", "slug", "id", "key", "name", "tab", "all", "show", "chart"];

export function clearFilters(params) {
  return Object.fromEntries(Object.entries(params).filter(([name]) => kNoFilters.includes(name)));
}

/** Where a problem's href leads inside the dashboard; undefined when it leads nowhere we know. */
export function routeOfHref(href) {
  if (!href) return undefined;
  if (href.startsWith("#/")) return href;
  if (href.startsWith("/#/")) return href.slice(1);
  if (href.startsWith("/") && !href.startsWith("//")) return `#${href}`;
  return undefined;
}
