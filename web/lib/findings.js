// An audit has one finding for each jurisdiction a rule is broken in; people read one line for what is one thing to mend.

/** Findings that differ in their jurisdiction alone, made one, with `jurisdictions` in the order they came. */
export function foldFindings(findings) {
  const folded = new Map();
  for (const each of findings) {
    const key = JSON.stringify([each.rule, each.severity, each.begin ?? null, each.line, each.excerpt, each.message]);
    const known = folded.get(key);
    if (known) known.jurisdictions.push(each.jurisdiction);
    else folded.set(key, { ...each, jurisdictions: [each.jurisdiction] });
  }
  return [...folded.values()];
}
