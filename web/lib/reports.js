// What a report by any dimension asks and shows: the words, the way down from row to row, and its figures.
import { addDays } from "./ranges.js";

export const kDimensions = [
  { id: "merchant", label: "Merchant", many: "merchants" },
  { id: "network", label: "Network", many: "networks" },
  { id: "programme", label: "Programme", many: "programmes" },
  { id: "article", label: "Article", many: "articles" },
  { id: "link", label: "Link", many: "links" },
  { id: "placement", label: "Place in the page", many: "places in the page" },
  { id: "country", label: "Country", many: "countries" },
  { id: "device", label: "Device", many: "devices" },
  { id: "day", label: "Day", many: "days" },
  { id: "week", label: "Week", many: "weeks" },
  { id: "month", label: "Month", many: "months" },
];
export const kFilterable = ["network", "programme", "merchant", "article", "link"];
/** Rows of a dimension lead to rows of the next. */
const kBelow = { network: "merchant", programme: "article", merchant: "article", article: "link" };

export const dimensionOf = (id) => kDimensions.find((each) => each.id === id) ?? kDimensions[0];
export const isOfTime = (by) => by === "day" || by === "week" || by === "month";

export function filtersOf(params) {
  return Object.fromEntries(kFilterable.filter((name) => params[name]).map((name) => [name, params[name]]));
}

/** The last day of the month of `day`. */
const monthEnd = (day) => addDays(`${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`, -1);

/**
 * Where a row leads: {path, params} of the view a step further down, or null. Days lead to their articles, links to their
 * clicks.
 */
export function below(by, key, params, range) {
  if (isOfTime(by)) {
    const first = by === "month" ? `${key}-01` : key;
    const last = by === "month" ? monthEnd(first) : by === "week" ? addDays(key, 6) : key;
    const from = first < range.from ? range.from : first;
    const to = last > range.to ? range.to : last;
    return { path: "/reports", params: { ...params, by: "article", range: undefined, from, to } };
  }
  if (by === "link") {
    const { range: preset, from, to } = params;
    return key === "(unknown)" ? null : { path: "/clicks", params: { link: key, article: params.article, range: preset, from, to } };
  }
  return kBelow[by] ? { path: "/reports", params: { ...params, by: kBelow[by], [by]: key, sort: undefined, q: undefined } } : null;
}

/** The filters that narrow a report down, each with the parameters that are left when it goes. */
export function chips(params) {
  return Object.entries(filtersOf(params)).map(([name, value]) => ({ name, value, without: { ...params, [name]: undefined } }));
}

/** A report's line of money in one currency, or undefined. */
export const moneyOf = (row, currency) => (row?.money ?? []).find((line) => line.currency === currency);

/** Currencies of the whole report, the main one first. */
export function currenciesOfReport(report) {
  const all = new Set([report, report.total, report.total?.before, report.unattributed].flatMap((each) => (each?.money ?? []).map((line) => line.currency)));
  return [...all].sort((a, b) => (a === report.main_currency ? -1 : b === report.main_currency ? 1 : a < b ? -1 : 1));
}

/** Which step of time a chart of these days takes, so that it never has 750 points. */
export const chartStep = (days) => (days > 740 ? "week" : "day");

/** Parts per million as "12.3 %" in the reader's way. */
export function formatShare(ppm, locale = undefined) {
  if (ppm === null || ppm === undefined) return "–";
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(ppm / 1e6);
}

/** The same with its sign: a change. */
export function formatChange(ppm, locale = undefined) {
  if (ppm === null || ppm === undefined) return "";
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(ppm / 1e6);
}
