// Edits of many links at once.

/** What can be set on many links, with its label. */
export const editable = [
  { name: "state", label: "State" },
  { name: "merchant", label: "Merchant" },
  { name: "fallback", label: "Fallback" },
  { name: "expires_at", label: "Ends" },
];

// Their programmes forbid redirects: pages keep such links, and beacons count them.
export const whenEnabled = (link) => (["amazon", "ebay"].includes(link.network) ? "direct" : "active");

/** One edit a link, each with the version that was seen; enabling gives each link its own state. */
export const bulkEdits = (links, set) =>
  links.map((link) => ({
    slug: link.slug,
    version: link.version,
    set: set.state === "enabled" ? { ...set, state: whenEnabled(link) } : set,
  }));
