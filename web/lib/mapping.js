// What the columns of a report mean, between the server's guess and what people choose.

export const kMeanings = {
  id: { label: "Id of the row", help: "The network's own number of the commission; without one, a file is the whole truth of its days" },
  date: { label: "Date of the order" },
  commission: { label: "Commission" },
  sale: { label: "Value of the order" },
  status: { label: "Status" },
  currency: { label: "Currency" },
  sub_id: { label: "Sub-id", help: "Where the click's token comes back" },
  tag: { label: "Tracking id" },
  product: { label: "Product" },
  merchant: { label: "Merchant" },
  order_id: { label: "Order number" },
  referring_url: { label: "Referring page" },
  quantity: { label: "Quantity" },
  click_date: { label: "Time of the click" },
  posted_date: { label: "Last change of the row" },
};
export const meaningLabel = (meaning) => kMeanings[meaning]?.label ?? meaning;

/** "in review = pending" a line as {"in review": "pending"}. */
export function statusesOf(text) {
  const lines = text.split("\n").map((line) => line.split("=")).filter((parts) => parts[0].trim() !== "");
  return Object.fromEntries(lines.map(([word, status = ""]) => [word.trim().toLowerCase(), status.trim().toLowerCase()]));
}

/** "Amazon Röst & Co" as a name that a mapping may have. */
export const nameOf = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\.[a-z]+$/, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");

/** What the form begins with. `columns` are named as the file's header has them. */
export function formOf(guess, fileName) {
  const columns = Object.fromEntries(guess.meanings.map((each) => [each.meaning, each.column ?? ""]));
  const { currency, zone, dates } = guess.mapping;
  return { name: nameOf(fileName), network: "", columns, currency: currency ?? "", zone: zone ?? "UTC", dates: dates ?? "", statuses: "" };
}

export function bodyOf(form, guess) {
  const columns = Object.fromEntries(Object.entries(form.columns).filter(([, column]) => column !== ""));
  return {
    network: form.network.trim() || form.name.trim(),
    header: guess.header,
    columns,
    currency: form.currency.trim().toUpperCase() || null,
    zone: form.zone.trim() || "UTC",
    dates: form.dates || null,
    statuses: statusesOf(form.statuses),
  };
}

/** The first values of a column, at most three, to see what it is. */
export function examplesOf(guess, column) {
  const at = guess.header.indexOf(column);
  if (at < 0) return "";
  return guess.examples.map((row) => row[at]).filter(Boolean).slice(0, 3).join(" · ");
}

/** What keeps the form from being saved, by field: "columns.date". */
export function missingOf(form) {
  const missing = {};
  for (const meaning of ["date", "commission"]) if (!form.columns[meaning]) missing[`columns.${meaning}`] = "Choose the column.";
  if (!form.columns.currency && !form.currency.trim()) missing.currency = "No column tells it: name it here, USD say.";
  if (!form.name.trim()) missing.name = "A short word for reports like this.";
  return missing;
}
