// A link's members and rules between the API's JSON and what people type. Empty texts are members
// that are not set.

export const kDevices = ["desktop", "mobile", "tablet", "tv", "unknown"];
export const kSystems = ["windows", "macos", "linux", "chromeos", "android", "ios", "other", "unknown"];
export const kWeekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const kUtm = ["source", "medium", "campaign", "term", "content"];
export const kCodes = [302, 307, 301, 308];

/** "de, at;ch" as its words. */
export const words = (text) => (text ?? "").split(/[\s,;]+/).filter(Boolean);

/** UTC as what the site's clocks show, for an input of date and time: "2026-12-24T18:00". */
export function localInput(utc, zone) {
  if (!utc) return "";
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
      .formatToParts(new Date(utc))
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

const kEmptyRule = { name: "", country: "", country_not: "", language: "", device: [], os: [], from: "", until: "", weekdays: [], hours: "", query: "" };
export const emptyRule = () => ({ ...kEmptyRule, targets: [{ destination: "", weight: "" }] });

export function ruleToForm(rule, zone) {
  const { schedule = {} } = rule;
  return {
    name: rule.name ?? "",
    country: (rule.country ?? []).join(", "),
    country_not: (rule.country_not ?? []).join(", "),
    language: (rule.language ?? []).join(", "),
    device: rule.device ?? [],
    os: rule.os ?? [],
    from: localInput(schedule.from, zone),
    until: localInput(schedule.until, zone),
    weekdays: schedule.weekdays ?? [],
    hours: schedule.hours ?? "",
    query: (rule.query ?? []).map((each) => (each.equals === undefined ? each.name : `${each.name}=${each.equals}`)).join("\n"),
    targets: rule.split
      ? rule.split.map((each) => ({ destination: each.destination, weight: String(each.weight) }))
      : [{ destination: rule.destination ?? "", weight: "" }],
  };
}

function queryOf(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const equals = line.indexOf("=");
    return equals < 0 ? { name: line } : { name: line.slice(0, equals), equals: line.slice(equals + 1) };
  });
}

/** What was typed, as the API takes it; it says what is wrong with it. */
export function formToRule(form) {
  const rule = {};
  const put = (name, value) => {
    if (value.length > 0) rule[name] = value;
  };
  put("name", form.name.trim());
  put("country", words(form.country).map((each) => each.toUpperCase()));
  put("country_not", words(form.country_not).map((each) => each.toUpperCase()));
  put("device", form.device);
  put("os", form.os);
  put("language", words(form.language).map((each) => each.toLowerCase()));
  const schedule = {};
  if (form.from) schedule.from = form.from;
  if (form.until) schedule.until = form.until;
  if (form.weekdays.length > 0) schedule.weekdays = kWeekdays.filter((day) => form.weekdays.includes(day));
  if (form.hours.trim()) schedule.hours = form.hours.trim().replace(/\s*[-–]\s*/, "-");
  if (Object.keys(schedule).length > 0) rule.schedule = schedule;
  put("query", queryOf(form.query));
  if (form.targets.length === 1) rule.destination = form.targets[0].destination.trim();
  else rule.split = form.targets.map(({ destination, weight }) => ({ destination: destination.trim(), weight: weight.trim() === "" ? 1 : Number(weight) }));
  return rule;
}

/** "DE or AT, mobile, Mondays …": the conditions in one line; none: everybody. */
export function conditionsOf(rule) {
  const any = (list) => list.join(" or ");
  const said = [];
  if (rule.country) said.push(`from ${any(rule.country)}`);
  if (rule.country_not) said.push(`not from ${any(rule.country_not)}`);
  if (rule.device) said.push(`on ${any(rule.device)}`);
  if (rule.os) said.push(`with ${any(rule.os)}`);
  if (rule.language) said.push(`reading ${any(rule.language)}`);
  const { weekdays, hours, from, until } = rule.schedule ?? {};
  if (weekdays) said.push(`on ${weekdays.join(", ")}`);
  if (hours) said.push(`between ${hours.replace("-", " and ")}`);
  if (from) said.push(`from ${from.replace("T", " ").slice(0, 16)}`);
  if (until) said.push(`until ${until.replace("T", " ").slice(0, 16)}`);
  for (const each of rule.query ?? []) said.push(each.equals === undefined ? `with ?${each.name}` : `with ?${each.name}=${each.equals}`);
  return said.length === 0 ? "Everybody" : `Readers ${said.join(", ")}`;
}

/** Each weight's part of all as "70 %"; weights that are no numbers count 1. */
export function sharesOf(targets) {
  const weights = targets.map(({ weight }) => (Number(weight) > 0 ? Number(weight) : 1));
  const sum = weights.reduce((all, each) => all + each, 0);
  return weights.map((weight) => `${Math.round((weight * 1000) / sum) / 10} %`);
}

const kTexts = ["slug", "destination", "title", "merchant", "network", "match_url", "fallback"];

export function linkToForm(link, zone) {
  return {
    ...Object.fromEntries(kTexts.map((name) => [name, link[name] ?? ""])),
    code: String(link.code ?? 302),
    starts_at: localInput(link.starts_at, zone),
    expires_at: localInput(link.expires_at, zone),
    click_cap: link.click_cap ? String(link.click_cap) : "",
    pass_query: (link.pass_query ?? []).join(", "),
    utm: Object.fromEntries(kUtm.map((name) => [name, link.utm?.[name] ?? ""])),
    rules: (link.rules ?? []).map((rule) => ruleToForm(rule, zone)),
  };
}

function formToLink(form) {
  const cap = form.click_cap.trim();
  return {
    ...Object.fromEntries(kTexts.map((name) => [name, form[name].trim()])),
    code: Number(form.code),
    starts_at: form.starts_at || null,
    expires_at: form.expires_at || null,
    click_cap: cap === "" ? null : /^\d+$/.test(cap) ? Number(cap) : cap,
    pass_query: words(form.pass_query),
    utm: Object.fromEntries(Object.entries(form.utm).filter(([, text]) => text.trim() !== "")),
    rules: form.rules.map(formToRule),
  };
}

/** The members whose typed form differs, as the API takes them. */
export function changedMembers(before, now) {
  const [a, b] = [formToLink(before), formToLink(now)];
  return Object.fromEntries(Object.entries(b).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(a[name])));
}

/** The input that a member's path belongs to: "rules[1].split[0].weight" is "rule-1-target-0-weight". */
export function inputOf(field) {
  const rule = /^rules\[(\d+)\](?:\.(.*))?$/.exec(field ?? "");
  if (!rule) return `link-${(field ?? "").replace(".", "-")}`;
  const [, n, rest = ""] = rule;
  const target = /^split\[(\d+)\](?:\.(\w+))?/.exec(rest);
  if (target) return `rule-${n}-target-${target[1]}-${target[2] ?? "destination"}`;
  if (rest === "destination" || rest === "split" || rest === "") return `rule-${n}-target-0-destination`;
  return `rule-${n}-${rest.replace(/^schedule\./, "").replace(/[[.].*$/, "")}`;
}

/** Slices of clicks by day, or by week, as the chart's days: a week by its first day that is not before `from`. */
export const daysOfSlices = (rows, from) => rows.map((row) => ({ day: row.day ?? (row.week > from ? row.week : from), net: row.clicks, gross: row.gross_clicks }));
