// A unified diff, taken apart for people to read.

/** Lines of the diff: [{kind: "hunk" | "same" | "out" | "in", text, before, after}], with line numbers; "" gives none. */
export function parseDiff(text) {
  const lines = [];
  let before = 0;
  let after = 0;
  let inside = false;
  for (const line of text.split("\n")) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      [before, after, inside] = [Number(hunk[1]), Number(hunk[2]), true];
      lines.push({ kind: "hunk", text: line, before: null, after: null });
    } else if (!inside || line === "" || line.startsWith("\\")) {
      continue; // The files' names, the end, or "\ No newline at end of file".
    } else if (line[0] === "-") {
      lines.push({ kind: "out", text: line.slice(1), before: before++, after: null });
    } else if (line[0] === "+") {
      lines.push({ kind: "in", text: line.slice(1), before: null, after: after++ });
    } else {
      lines.push({ kind: "same", text: line.slice(1), before: before++, after: after++ });
    }
  }
  return lines;
}

export const countChanges = (lines) => ({
  out: lines.filter((line) => line.kind === "out").length,
  in: lines.filter((line) => line.kind === "in").length,
});
