// Views that are kept under a name of the owner's: an address is all a view is. They are kept in this browser.

const kSetting = "candor.views";
const kMost = 50;

/** [{name, hash}] in the order of their names. */
export function listViews(storage = globalThis.localStorage) {
  try {
    const kept = JSON.parse(storage.getItem(kSetting) ?? "[]");
    return kept
      .filter((each) => typeof each?.name === "string" && typeof each.hash === "string" && each.hash.startsWith("#/"))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: "base" }));
  } catch {
    return []; // Nothing is kept, or not by us.
  }
}

/** Keeps a view; one of the same name is replaced. False when this browser keeps nothing. */
export function keepView({ name, hash }, storage = globalThis.localStorage) {
  return write([...listViews(storage).filter((each) => each.name !== name), { name, hash }].slice(-kMost), storage);
}

export function dropView(name, storage = globalThis.localStorage) {
  return write(listViews(storage).filter((each) => each.name !== name), storage);
}

function write(views, storage) {
  try {
    storage.setItem(kSetting, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}
