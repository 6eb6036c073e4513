// How much of a site is disclosed, over its days.

/** What an article can be, the worst first; all but the last two carry paid links. */
export const kStates = ["fail", "indeterminate", "warn", "pass", "not-applicable", "unknown"];

/** {disclosed, paid}: articles that pass (with or without warnings), of those with paid links that were judged. */
export function coverageOf(counts) {
  const paid = counts.fail + counts.indeterminate + counts.warn + counts.pass;
  return { disclosed: counts.pass + counts.warn, paid };
}

/** At most `most` days, evenly apart, with the last one always among them. */
export function thinDays(days, most) {
  if (days.length <= most) return days;
  const step = Math.ceil(days.length / most);
  return days.filter((_, n) => (days.length - 1 - n) % step === 0);
}

/** The states of one day as stretches of 0..100 from below: [{state, from, size}], empty ones left out. */
export function stack(counts, most) {
  const out = [];
  let from = 0;
  for (const state of ["pass", "warn", "indeterminate", "fail"]) {
    const size = most > 0 ? (counts[state] / most) * 100 : 0;
    if (size > 0) out.push({ state, from, size });
    from += size;
  }
  return out;
}

const tomlString = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007F");

/** The lines for candor.toml that make the texts the site's own; texts left empty are left out. */
export function tomlOf(language, texts) {
  const key = /^[A-Za-z0-9_-]+$/.test(language) ? language : tomlString(language);
  const lines = Object.entries(texts).filter(([, text]) => text).map(([name, text]) => `${name} = ${tomlString(text)}`);
  return lines.length === 0 ? "" : `[disclosure.texts.${key}]\n${lines.join("\n")}\n`;
}
