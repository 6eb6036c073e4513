// Keyboard shortcuts of single keys. They stay out of the way of typing and can be switched off.
import { kComparisons, kDefaultPreset, neighbour, readComparison, readRange } from "./ranges.js";
import { clearFilters } from "./state.js";

export const kShortcuts = [
  { keys: ["g", "o"], label: "Go to the overview", path: "/overview" },
  { keys: ["g", "a"], label: "Go to articles", path: "/articles" },
  { keys: ["g", "p"], label: "Go to reports", path: "/reports" },
  { keys: ["g", "l"], label: "Go to links", path: "/links" },
  { keys: ["g", "m"], label: "Go to merchants", path: "/merchants" },
  { keys: ["g", "d"], label: "Go to disclosures", path: "/disclosures" },
  { keys: ["g", "c"], label: "Go to clicks", path: "/clicks" },
  { keys: ["g", "r"], label: "Go to revenue", path: "/revenue" },
  { keys: ["g", "i"], label: "Go to imports", path: "/imports" },
  { keys: ["g", "j"], label: "Go to jobs", path: "/jobs" },
  { keys: ["g", "s"], label: "Go to settings", path: "/settings" },
  { keys: ["t"], label: "Days shown: today", range: "today" },
  { keys: ["w"], label: "Days shown: 7 days", range: "7d" },
  { keys: ["m"], label: "Days shown: 28 days", range: "28d" },
  { keys: ["q"], label: "Days shown: 91 days", range: "91d" },
  { keys: ["y"], label: "Days shown: this year", range: "year" },
  { keys: ["["], label: "The days before", move: -1 },
  { keys: ["]"], label: "The days after", move: 1 },
  { keys: ["c"], label: "Compare: the days before, a year before, nothing", action: "compare" },
  { keys: ["x"], label: "Clear the filters", action: "clear" },
  { keys: ["/"], label: "Type into the filter", action: "filter" },
  { keys: ["?"], label: "Show this help", action: "help" },
];

/** What a key on days or filters makes of the address' parameters; null: nothing to do here. */
export function changedParams(hit, params, today) {
  if (hit.range) return { ...params, range: hit.range === kDefaultPreset ? undefined : hit.range, from: undefined, to: undefined };
  if (hit.move) {
    const next = neighbour(readRange(params, today), hit.move, today);
    return next && { ...params, range: undefined, ...next };
  }
  if (hit.action === "compare") {
    const ids = kComparisons.map((each) => each.id);
    const next = ids[(ids.indexOf(readComparison(params)) + 1) % ids.length];
    return { ...params, compare: next === ids[0] ? undefined : next };
  }
  if (hit.action === "clear") return clearFilters(params);
  return null;
}

const kTogetherMs = 1200;

/**
 * Feeds pressed keys to a recogniser: press(key, at) gives the shortcut that is complete, or null.
 * Keys of one shortcut must follow each other within about a second.
 */
export function createShortcuts(shortcuts = kShortcuts) {
  let typed = [];
  let last = 0;
  return {
    press(key, at) {
      typed = at - last > kTogetherMs ? [key] : [...typed, key];
      last = at;
      const matches = (each) => typed.every((one, n) => each.keys[n] === one);
      let open = shortcuts.filter(matches);
      if (open.length === 0) {
        typed = [key];
        open = shortcuts.filter(matches);
      }
      const done = open.find((each) => each.keys.length === typed.length) ?? null;
      if (done || open.length === 0) typed = [];
      return done;
    },
  };
}

/** Whether a key press belongs to what is focused rather than to the page. */
export function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (!target?.closest) return false;
  return Boolean(target.isContentEditable || target.closest("input, select, textarea, dialog"));
}

const kSetting = "candor.shortcuts";

export function shortcutsOn(storage = globalThis.localStorage) {
  try {
    return storage.getItem(kSetting) !== "off";
  } catch {
    return true; // Storage may be forbidden; the default has to do.
  }
}

export function setShortcuts(on, storage = globalThis.localStorage) {
  try {
    if (on) storage.removeItem(kSetting);
    else storage.setItem(kSetting, "off");
  } catch {
    // Not kept, then: the switch works until the page is closed.
  }
}
