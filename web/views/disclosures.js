// Disclosure over the whole site: how much is disclosed, which pages are not, and the words that do it.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { coverageOf } from "../lib/coverage.js";
import { disclosureOf, formatCount, formatTime, kDisclosure } from "../lib/format.js";
import { useMarks } from "../lib/marks.js";
import { currenciesOf, lineOf, micro, percent } from "../lib/money.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { filterRows } from "../lib/table.js";
import { Badge, Empty, Loaded, MoneyLines, PageHead, Panel } from "../parts/basics.js";
import { DataTable, FilterBox } from "../parts/data_table.js";
import { DisclosureTexts } from "../parts/disclosure_texts.js";
import { PageReview } from "../parts/page_review.js";
import { RangePicker, useRange } from "../parts/range_picker.js";
import { StackChart } from "../parts/stack_chart.js";

export function DisclosuresView() {
  const { route } = useContext(App);
  const range = useRange();
  const { path, tab } = route.params;
  const days = { from: range.from, to: range.to };
  const coverage = useResource(apiPath("/disclosure", days), { every: kPollMs });
  const report = useResource(apiPath("/reports/articles", days));
  const address = (change) => formatHash("/disclosures", { ...route.params, ...change });

  return html`
    <${PageHead} title="Disclosures" lead="Which pages tell readers that links are paid, and which do not yet. Automated checks; not legal advice.">
      <${RangePicker} range=${range} />
    </${PageHead}>
    <nav class="segments tabs" aria-label="Parts of disclosure">
      <a href=${address({ tab: undefined })} aria-current=${tab === "texts" ? undefined : "true"}>Pages</a>
      <a href=${address({ tab: "texts", path: undefined })} aria-current=${tab === "texts" ? "true" : undefined}>Texts</a>
    </nav>
    ${tab === "texts"
      ? html`<${DisclosureTexts} />`
      : html`
        ${path && html`<${PageReview} key=${path} path=${path} closeHref=${address({ path: undefined })} onChanged=${coverage.refresh} />`}
        <${Loaded} resource=${coverage} lines=${8}>${(data) => html`<${Coverage} data=${data} />
          <${Pages} data=${data} report=${report.data} address=${address} />`}</${Loaded}>`}`;
}

function Coverage({ data }) {
  const marks = useMarks({ from: data.from, to: data.to });
  const { disclosed, paid } = coverageOf(data.now);
  if (paid === 0 && data.data.length === 0)
    return html`<${Panel} id="coverage" title="Coverage"><${Empty} title="No page read yet">
      <p>Run <code>candor audit public/</code> on your built pages, or put the pages proxy in front of the site: each page with paid links shows here.</p></${Empty}></${Panel}>`;
  return html`<${Panel} id="coverage" title="Coverage" note=${`Rules of ${data.jurisdictions.join(", ")}`}>
    <${StackChart} id="coverage-chart" days=${data.days} marks=${marks}
      caption=${html`<strong>${formatCount(disclosed)} of ${formatCount(paid)}</strong> pages with paid links are disclosed${paid > 0 ? html` (${percent(disclosed, paid)})` : ""}`} />
  </${Panel}>`;
}

const kChoices = ["fail", "indeterminate", "warn", "pass", "not-applicable", "unknown"];
const stateOf = (article) => article.verdict || "unknown";

function Pages({ data, report, address }) {
  const { route, zone } = useContext(App);
  const { verdict, q } = route.params;
  const money = new Map((report?.data ?? []).map((row) => [row.path, row.revenue]));
  const currencies = report ? currenciesOf([report.total.revenue], report.total.revenue) : [];
  const chosen = kChoices.includes(verdict) ? data.data.filter((article) => stateOf(article) === verdict) : data.data;
  const rows = filterRows(chosen, q, (article) => `${article.title} ${article.path} ${article.rules.join(" ")} ${article.jurisdictions.join(" ")}`);
  const columns = [
    {
      key: "title",
      label: "Page",
      wide: true,
      sort: (article) => article.title || article.path,
      cell: (article) => html`<a class="row-title" href=${address({ path: article.path })}>${article.title || article.path}</a><span class="soft">${article.path}</span>`,
    },
    {
      key: "verdict",
      label: "Verdict",
      sort: (article) => kChoices.indexOf(stateOf(article)),
      cell: (article) => html`<${Badge} ...${disclosureOf(article.verdict)} />`,
    },
    { key: "rules", label: "Rules", sort: (article) => article.rules.join(" ") || null, cell: (article) => article.rules.join(", ") || null },
    { key: "jurisdictions", label: "Where", sort: (article) => article.jurisdictions.join(" ") || null, cell: (article) => article.jurisdictions.join(", ") || null },
    {
      key: "earned",
      label: "Earned",
      help: "In the days shown: what is at risk while a page breaks a rule",
      numeric: true,
      sort: (article) => {
        const line = lineOf(money.get(article.path), currencies[0]);
        return line ? micro(line.earned_micro) : null;
      },
      cell: (article) => html`<${MoneyLines} lines=${money.get(article.path)} field="earned_micro" currencies=${currencies} />`,
    },
    { key: "seen", label: "Last changed", sort: (article) => article.seen_at_ms, cell: (article) => html`<span class="nowrap">${formatTime(article.seen_at_ms, zone)}</span>` },
  ];
  return html`<${Panel} id="pages" title="Pages by verdict">
    <nav class="segments verdicts" aria-label="Verdict">
      <a href=${address({ verdict: undefined })} aria-current=${kChoices.includes(verdict) ? undefined : "true"}>All ${formatCount(data.data.length)}</a>
      ${kChoices.filter((choice) => data.now[choice] > 0).map((choice) => html`<a key=${choice} href=${address({ verdict: choice })} aria-current=${verdict === choice ? "true" : undefined}>${choice === "unknown" ? kDisclosure[""].label : disclosureOf(choice).label} ${formatCount(data.now[choice])}</a>`)}
    </nav>
    <div class="tools"><${FilterBox} label="Filter pages" count=${rows.length} total=${chosen.length} />
      <a class="button small" href=${formatHash("/articles", keepRange(route.params))}>As articles</a></div>
    ${rows.length === 0
      ? html`<${Empty} title="No page here"><p><a href=${address({ verdict: undefined, q: undefined })}>Show all pages</a></p></${Empty}>`
      : html`<${DataTable} columns=${columns} rows=${rows} rowKey=${(article) => article.path} sortBy="verdict" pageSize=${100} caption="Pages by disclosure" />`}
  </${Panel}>`;
}
