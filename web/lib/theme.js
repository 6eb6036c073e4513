// Light or dark: the system's choice, unless this browser was told otherwise.
import { useEffect, useState } from "./dom.js";

const kSetting = "candor.theme";
export const kThemes = [
  { id: "", label: "As the system" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];
const kChanged = "candor-theme";

export function themeOf(storage = globalThis.localStorage) {
  try {
    const kept = storage.getItem(kSetting);
    return kept === "light" || kept === "dark" ? kept : "";
  } catch {
    return ""; // Storage may be forbidden; the system's choice has to do.
  }
}

export function setTheme(theme, storage = globalThis.localStorage) {
  try {
    if (theme) storage.setItem(kSetting, theme);
    else storage.removeItem(kSetting);
  } catch {
    // Not kept, then: it holds until the page is closed.
  }
  applyTheme(theme);
}

export function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  dispatchEvent(new Event(kChanged));
}

/** A word that changes when colours do: drawings that are not of the style sheet are made anew. */
export function useScheme() {
  const read = () => document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const [scheme, setScheme] = useState(read);
  useEffect(() => {
    const list = matchMedia("(prefers-color-scheme: dark)");
    const change = () => setScheme(read());
    list.addEventListener("change", change);
    addEventListener(kChanged, change);
    return () => {
      list.removeEventListener("change", change);
      removeEventListener(kChanged, change);
    };
  }, []);
  return scheme;
}
