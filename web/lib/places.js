// Moving over the places of a chart or picture by keys.

/** Where the cursor goes for a key; null when the key is not for it. */
export function nextPlace(key, place, count) {
  const now = place ?? count - 1;
  const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (!(key in steps)) return null;
  return Math.min(count - 1, Math.max(0, now + steps[key]));
}
