// Sorting and filtering of table rows, without touching the rows given.

/** "clicks" descending is "-clicks" in the address. */
export function parseSort(text, columns, fallback) {
  const asked = text || fallback;
  const descending = asked.startsWith("-");
  const key = descending ? asked.slice(1) : asked;
  return columns.some((column) => column.key === key && column.sort)
    ? { key, descending }
    : { key: fallback.replace(/^-/, ""), descending: fallback.startsWith("-") };
}

/** What a click on a column's heading asks for: the other way round, or the column's natural way. */
export function nextSort(sort, column) {
  if (sort.key === column.key) return `${sort.descending ? "" : "-"}${column.key}`;
  return `${column.numeric ? "-" : ""}${column.key}`;
}

/** Numbers and BigInts by size, text as people sort it; nothing (null) always comes last. */
export function compareValues(a, b) {
  const [noneA, noneB] = [a === null || a === undefined, b === null || b === undefined];
  if (noneA || noneB) return noneA && noneB ? 0 : noneA ? 2 : -2;
  if (typeof a === "string" && typeof b === "string")
    return Math.sign(a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" }));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Stable: equal rows keep their order either way. */
export function sortRows(rows, column, descending) {
  if (!column?.sort) return [...rows];
  const direction = descending ? -1 : 1;
  return rows
    .map((row, place) => ({ row, place, value: column.sort(row) }))
    .sort((a, b) => {
      const order = compareValues(a.value, b.value);
      const directed = Math.abs(order) === 2 ? order : order * direction;
      return directed || a.place - b.place;
    })
    .map((each) => each.row);
}

/** Rows that contain every word of the query somewhere in their text. */
export function filterRows(rows, query, textOf) {
  const words = (query ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textOf(row).toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Which rows a page shows: {number, count, begin, end}; a page that is not there is the nearest that is. */
export function pageOf(rows, size, asked) {
  const count = Math.max(1, Math.ceil(rows / size));
  const number = Math.min(count, Math.max(1, Math.trunc(Number(asked)) || 1));
  const begin = (number - 1) * size;
  return { number, count, begin, end: Math.min(rows, begin + size) };
}
