// Ranges of days in the site's zone. A day is its text, "2026-11-03"; sorting it sorts time.

export const kPresets = [
  { id: "today", label: "Today", days: 1 },
  { id: "7d", label: "7 days", days: 7 },
  { id: "28d", label: "28 days", days: 28 },
  { id: "91d", label: "91 days", days: 91 },
];
export const kDefaultPreset = "28d";
const kMostDays = 3660;

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
  const preset =
    kPresets.find((each) => each.id === id) ?? kPresets.find((each) => each.id === kDefaultPreset);
  return { preset: preset.id, from: addDays(today, 1 - preset.days), to: today, error: "" };
}

/** Counts per day with the missing days as zero, oldest first. */
export function fillDays(days, from, to) {
  const known = new Map((days ?? []).map((each) => [each.day, each]));
  return listDays(from, to).map((day) => known.get(day) ?? { day, net: 0, gross: 0 });
}
