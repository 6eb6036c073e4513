// Tables as they are shown, as CSV and JSON for the owner's disk.

const kNumber = /^[+-]?\d+(\.\d+)?$/;

/** A field no spreadsheet takes for a formula, quoted where it must be: as the API's CSV has it. */
export function csvField(given) {
  const text = given.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd");
  const guarded = /^ *[=+\-@\t\r]/.test(text) && !kNumber.test(text) ? `'${text}` : text;
  return /[,"\r\n\t]|^ | $/.test(text) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** {columns: [text], rows: [[text]], total: [[text]]} as CSV, the totals last. */
export function toCsv({ columns, rows, total }) {
  return [columns, ...rows, ...total].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/** Numbers that the page's code vouches for are numbers; all else stays the text it is. */
export function toJson({ caption, columns, rows, total, numbers = [] }) {
  const names = columns.map((name, n) => (columns.indexOf(name) === n ? name : `${name} ${n + 1}`));
  const record = (row) => Object.fromEntries(names.map((name, n) => [name, numbers.includes(n) && /^-?\d{1,15}$/.test(row[n]) ? Number(row[n]) : row[n]]));
  return `${JSON.stringify({ caption, data: rows.map(record), total: total.map(record) }, null, 2)}\n`;
}

/**
 * What a table element shows. A cell's data-value is its exact value where what is shown is made for people; parts of a cell
 * that stand below each other are kept apart by "; ".
 */
export function tableData(table) {
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const text = (cell) => {
    if (cell.dataset.value !== undefined) return cell.dataset.value;
    const amounts = [...cell.querySelectorAll(".money")];
    if (amounts.length > 1) return amounts.map((each) => tidy(each.textContent)).join("; ");
    const parts = [...cell.children].filter((each) => tidy(each.textContent) && getComputedStyle(each).display === "block");
    if (parts.length === 0 || parts.length !== cell.children.length) return tidy(cell.textContent).replace(/^–$/, "");
    return parts.map((each) => tidy(each.textContent)).join("; ");
  };
  const cells = (row) => [...row.cells].map(text);
  const shown = (rows) => [...rows].filter((row) => !row.classList.contains("more")).map(cells);
  const heads = [...table.tHead.rows[0].cells];
  return {
    caption: tidy(table.caption?.textContent ?? ""),
    columns: heads.map((each) => tidy(each.textContent)),
    numbers: heads.flatMap((each, n) => (each.classList.contains("num") ? [n] : [])),
    rows: [...table.tBodies].flatMap((body) => shown(body.rows)),
    total: table.tFoot ? shown(table.tFoot.rows) : [],
  };
}

/** "Revenue by merchant, 2026" as "revenue-by-merchant-2026". */
export const fileName = (caption) => caption.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "table";

/** Gives the reader a file. The mark at its beginning tells spreadsheets that it is UTF-8. */
export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([type === "text/csv" ? "\ufeff" : "", text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
