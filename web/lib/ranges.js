// Ranges of days in the site's zone. A day is its text, "2026-11-03"; sorting it sorts time.

export const kPresets = [
  { id: "today", label: "Today", days: 1 },
  { id: "7d", label: "7 days", days: 7 },
  { id: "28d", label: "28 days", days: 28 },
  { id: "91d", label: "91 days", days: 91 },
];
const kMostDays = 3660;

const monthStart = (day) => `${day.slice(0, 7)}-01`;
const yearStart = (day) => `${day.slice(0, 4)}-01-01`;
const quarterStart = (day) => `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, "0")}-01`;

/** Behind "More": [first, last] of a preset, as seen from today. */
export const kMorePresets = [
  { id: "yesterday", label: "Yesterday", days: (today) => [addDays(today, -1), addDays(today, -1)] },
  { id: "month", label: "This month", days: (today) => [monthStart(today), today] },
  { id: "last-month", label: "Last month", days: (today) => monthBefore(today) },
  { id: "quarter", label: "This quarter", days: (today) => [quarterStart(today), today] },
  { id: "year", label: "This year", days: (today) => [yearStart(today), today] },
  { id: "last-year", label: "Last year", days: (today) => [yearStart(addDays(yearStart(today), -1)), addDays(yearStart(today), -1)] },
  { id: "all", label: "All, ten years at most", days: (today) => [addDays(today, 1 - kMostDays), today] },
];
export const kDefaultPreset = "28d";

/** The whole month before the one of `day`. */
function monthBefore(day) {
  const last = addDays(monthStart(day), -1);
  return [monthStart(last), last];
}

/** What stands beside the numbers. Mondays are compared with Mondays, as the reports of the API do it. */
export const kComparisons = [
  { id: "previous", label: "The days before" },
  { id: "year", label: "A year before" },
  { id: "none", label: "Nothing" },
];

export function readComparison(params) {
  return kComparisons.some((each) => each.id === params.compare) ? params.compare : "previous";
}

/** The days compared with: as many, moved by whole weeks; null for "none". */
export function daysBefore(from, to, compare) {
  if (compare === "none") return null;
  const shift = compare === "year" ? 364 : Math.ceil(countDays(from, to) / 7) * 7;
  return { from: addDays(from, -shift), to: addDays(to, -shift) };
}

/** The stretch of days just before (-1) or after (1) a range; whole months stay so. Null when it lies in the future. */
export function neighbour({ from, to, preset }, direction, today) {
  const next = nextStretch(from, to, preset, direction);
  if (next.from > today) return null;
  return { from: next.from, to: next.to > today ? today : next.to };
}

function nextStretch(from, to, preset, direction) {
  const isMonth = preset === "month" || (from === monthStart(from) && addDays(to, 1) === monthStart(addDays(to, 1)) && from.slice(0, 7) === to.slice(0, 7));
  if (!isMonth) {
    const move = direction * countDays(from, to);
    return { from: addDays(from, move), to: addDays(to, move) };
  }
  if (direction < 0) {
    const [first, last] = monthBefore(from);
    return { from: first, to: last };
  }
  const first = monthStart(addDays(monthStart(from), 31));
  return { from: first, to: addDays(monthStart(addDays(first, 31)), -1) };
}

export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** The day it is in `zone` at `now` (milliseconds). */
export function dayAt(now, zone) {
  try {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }).formatToParts(new Date(now));
    const part = (type) => parts.find((each) => each.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}`;
  } catch {
    return new Date(now).toISOString().slice(0, 10);
  }
}

export function addDays(day, count) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

export function countDays(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 864e5) + 1;
}

/** Every day from..to, both included. */
export function listDays(from, to) {
  const days = [];
  for (let day = from; day <= to && days.length < kMostDays; day = addDays(day, 1)) days.push(day);
  return days;
}

/** What the URL asks for: {preset, from, to, error}. Nonsense falls back to the default, and says so. */
export function readRange(params, today) {
  const custom = params.from !== undefined || params.to !== undefined;
  if (custom) {
    const [from, to] = [params.from, params.to ?? today];
    if (isDay(from) && isDay(to) && from <= to && countDays(from, to) <= kMostDays)
      return { preset: "custom", from, to, error: "" };
    const error =
      isDay(from) && isDay(to) && from > to
        ? "The first day is after the last day."
        : "Choose two days, at most ten years apart.";
    return { ...presetRange(kDefaultPreset, today), preset: "custom", error };
  }
  return presetRange(params.range, today);
}

function presetRange(id, today) {
  const more = kMorePresets.find((each) => each.id === id);
  if (more) {
    const [from, to] = more.days(today);
    return { preset: id, from, to, error: "" };
  }
  const preset =
    kPresets.find((each) => each.id === id) ?? kPresets.find((each) => each.id === kDefaultPreset);
  return { preset: preset.id, from: addDays(today, 1 - preset.days), to: today, error: "" };
}

/** Counts per day with the missing days as zero, oldest first. */
export function fillDays(days, from, to) {
  const known = new Map((days ?? []).map((each) => [each.day, each]));
  return listDays(from, to).map((day) => known.get(day) ?? { day, net: 0, gross: 0 });
}
