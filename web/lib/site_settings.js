// The settings that are changed in the dashboard, as the API has them and as a form has them.

export const kDigests = [["daily", "A digest each day"], ["weekly", "A digest each week"], ["monthly", "A digest each month"]];

const kLists = ["site.hosts", "mail.to"];
const kCounts = ["retention.raw_click_days", "backup.keep"];
const kSections = ["site", "privacy", "retention", "mail", "links", "backup"];

/** {site: {name}} as {"site.name"}: lists as text with commas, numbers as text. */
export function formOf(file) {
  const form = {};
  for (const section of kSections)
    for (const [key, value] of Object.entries(file[section])) {
      const name = `${section}.${key}`;
      form[name] = kLists.includes(name) ? value.join(", ") : kCounts.includes(name) ? String(value) : value;
    }
  return form;
}

/** The other way round. What is no number goes as it is typed, for the server to say so. */
export function sectionsOf(form) {
  const sections = {};
  for (const [name, value] of Object.entries(form)) {
    const [section, key] = name.split(".");
    const plain = kLists.includes(name)
      ? value.split(",").map((each) => each.trim()).filter(Boolean)
      : kCounts.includes(name) && /^\d+$/.test(value.trim()) ? Number(value) : typeof value === "string" ? value.trim() : value;
    (sections[section] ??= {})[key] = plain;
  }
  return sections;
}
