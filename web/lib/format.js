// Numbers, times and the product's own words, as people read them.

const kDash = "–";

export function formatCount(value, locale = undefined) {
  if (value === null || value === undefined) return kDash;
  return new Intl.NumberFormat(locale).format(value);
}

/** "1 click", "2 clicks". */
export function plural(count, one, many = `${one}s`, locale = undefined) {
  return `${formatCount(count, locale)} ${count === 1 ? one : many}`;
}

/** "+12.5 %" from `before` to `now`, both counts; empty where there was nothing to grow from. */
export function changePercent(now, before, locale = undefined) {
  if (!(before > 0) || now === null || now === undefined) return "";
  return new Intl.NumberFormat(locale, { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 1 }).format((now - before) / before);
}

/** "up 12.5 % from", "down 3 % from", "as many as", or "after": what stands before the count of before. */
export function changeText(now, before, locale = undefined) {
  if (now === before) return "as many as";
  const text = changePercent(now, before, locale).replace(/^[+\-−]/, "");
  if (!text) return "after";
  return `${now > before ? "up" : "down"} ${text} from`;
}

/** "2026-11-03" as "3 Nov 2026" (or "Nov 3, 2026", as the reader's locale has it). */
export function formatDay(day, { year = true, weekday = false, locale = undefined } = {}) {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return String(day);
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    ...(year ? { year: "numeric" } : {}),
    ...(weekday ? { weekday: "short" } : {}),
  }).format(at);
}

/** A moment (milliseconds or RFC 3339) in the site's zone. */
export function formatTime(at, zone, { seconds = false, day = true, locale = undefined } = {}) {
  if (at === null || at === undefined || at === "") return kDash;
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return String(at);
  const options = {
    ...(day ? { day: "numeric", month: "short" } : {}),
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
  };
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(moment);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(moment);
  }
}

/** "1 h 12 min" between two moments in milliseconds. */
export function formatSpan(fromMs, toMs) {
  const seconds = Math.max(0, Math.round((toMs - fromMs) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The URL when a browser may open it; undefined for javascript: and other surprises. */
export function safeUrl(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? text : undefined;
  } catch {
    return undefined;
  }
}

export const kVerdicts = {
  human: { label: "Human", tone: "ok" },
  bot: { label: "Bot", tone: "quiet" },
  prefetch: { label: "Prefetch", tone: "quiet" },
  head: { label: "HEAD request", tone: "quiet" },
  repeat: { label: "Repeat", tone: "quiet" },
  preview: { label: "Preview", tone: "quiet" },
  flood: { label: "Flood", tone: "quiet" },
  "data-centre": { label: "Data centre", tone: "quiet" },
  test: { label: "Test", tone: "quiet" },
};

export const kDisclosure = {
  pass: { label: "Checks passed", tone: "ok", help: "Automated checks passed; not legal advice." },
  warn: { label: "Warnings", tone: "warn", help: "Some rules ask for attention." },
  fail: { label: "Breaks rules", tone: "error", help: "At least one rule is broken." },
  indeterminate: {
    label: "Not fully checked",
    tone: "warn",
    help: "Something on the page could not be evaluated, so it is not called a pass.",
  },
  "not-applicable": { label: "No paid links", tone: "quiet", help: "Nothing to disclose." },
  "": { label: "Never checked", tone: "quiet", help: "Run candor audit or candor inject on it." },
};

export function disclosureOf(verdict) {
  return kDisclosure[verdict ?? ""] ?? { label: String(verdict), tone: "quiet", help: "" };
}

export const kNetworks = {
  amazon: "Amazon",
  awin: "Awin",
  cj: "CJ",
  clickbank: "ClickBank",
  ebay: "eBay",
  flexoffers: "FlexOffers",
  impact: "Impact",
  partnerize: "Partnerize",
  rakuten: "Rakuten",
  shareasale: "ShareASale",
  skimlinks: "Skimlinks",
  sovrn: "Sovrn",
  walmart: "Walmart",
};

export function networkName(network) {
  return network ? (kNetworks[network] ?? network) : "None";
}
