// Words for what accounts did and what keys look like.

/** "ABCDEFGH" as "ABCD EFGH", which is easier to type. */
export const inFours = (text) => text.replace(/(.{4})(?=.)/g, "$1 ");

const shown = (value) =>
  value === null || value === "" ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);

/** {"title": {from, to}} as "title: old → new"; of many things at once: "kettle: title: old → new". */
export const changesText = (changes) =>
  Object.entries(changes ?? {})
    .map(([name, each]) => ("from" in each || "to" in each ? `${name}: ${shown(each.from)} → ${shown(each.to)}` : `${name}: ${changesText(each)}`))
    .join("; ");
