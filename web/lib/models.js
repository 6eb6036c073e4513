// Which attribution models stand beside each other, and in which words.

export const kModels = [
  { id: "first", label: "First", help: "The first click of the window" },
  { id: "last", label: "Last", help: "The last click of the window" },
  { id: "linear", label: "Linear", help: "All clicks alike" },
  { id: "position", label: "Position", help: "40 % each to the first and the last, the rest evenly" },
  { id: "time-decay", label: "Time decay", help: "The newer the click, the more" },
  { id: "markov", label: "Markov", help: "By how much rarer sales would be without the article; for information" },
  { id: "shapley", label: "Shapley", help: "The articles of the window alike; for information" },
];

export const modelOf = (id) => kModels.find((each) => each.id === id) ?? { id, label: id, help: "" };

/** Of the address's "last,linear": known ones, each once, in their usual order. */
export function chosenModels(text) {
  const named = (text ?? "").split(",");
  return kModels.filter((each) => named.includes(each.id)).map((each) => each.id);
}

/** The address's text once `id` is switched on or off; undefined when none is left. */
export function toggled(chosen, id) {
  const next = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
  return chosenModels(next.join(",")).join(",") || undefined;
}

/** Rows as the table shows them: articles, then nobody's, then what waits. */
export const modelRows = (report) => [...report.data, ...report.unattributed, ...report.waiting];

/** Whether the models agree on a row. */
export const isSame = (row) => new Set(Object.values(row.by_model).map((each) => String(each.earned_micro))).size <= 1;
