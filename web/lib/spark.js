// Small lines of a figure's days, without axes: what they say is said in words beside them.

/**
 * The path of a sparkline as SVG path data in a box of `width` by `height`: {line, open}, where `open` is the last
 * stretch when the last value is unfinished (drawn dashed). Values are numbers; null breaks nothing, it is 0.
 */
export function sparkPath(values, { width = 100, height = 24, unfinished = false } = {}) {
  if (values.length < 2) return { line: "", open: "" };
  const numbers = values.map((value) => Math.max(0, Number(value ?? 0)));
  const most = Math.max(...numbers) || 1;
  const at = (n) => `${round((n / (numbers.length - 1)) * width)} ${round(height - 1 - (numbers[n] / most) * (height - 2))}`;
  const last = numbers.length - 1;
  const closed = unfinished ? last - 1 : last;
  const line = numbers.slice(0, closed + 1).map((_, n) => `${n === 0 ? "M" : "L"}${at(n)}`).join("");
  return { line: closed > 0 ? line : "", open: unfinished ? `M${at(last - 1)}L${at(last)}` : "" };
}

const round = (number) => Math.round(number * 100) / 100;
