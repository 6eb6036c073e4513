// What a share link shows: the articles of its segment, read-only.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { MoneyLines, Problem, Skeleton } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { Brand, DemoBanner } from "../parts/shell.js";

const kColumns = [
  { key: "article", label: "Article", wide: true, cell: (row) => row.title || row.path },
  { key: "path", label: "Path", cell: (row) => row.path },
  { key: "clicks", label: "Clicks", numeric: true, cell: (row) => row.clicks },
  { key: "revenue", label: "Commission", numeric: true, cell: (row) => html`<${MoneyLines} lines=${row.revenue} field="earned_micro" />` },
];

export function SharedView({ share }) {
  const { api } = useContext(App);
  const [state, setState] = useState({ data: null, problem: null });
  useEffect(() => {
    api.get(apiPath("/shared"), { bearer: share }).then(
      (data) => setState({ data, problem: null }),
      (problem) => setState({ data: null, problem }),
    );
  }, [api, share]);
  const { data, problem } = state;
  useEffect(() => {
    document.title = data ? `Articles · ${data.site}` : "Candor";
  }, [data]);

  return html`<main class="alone shared">
    <${Brand} />
    <h1 tabindex="-1" id="page-title">${data ? `Articles of ${data.site}` : "Shared report"}</h1>
    ${problem && html`<${Problem} problem=${problem} />`}
    ${!data && !problem && html`<${Skeleton} />`}
    ${data?.demo && html`<${DemoBanner} />`}
    ${data && html`
      <p class="lead">${data.from} to ${data.to}${data.path ? `, below ${data.path}` : ""}: ${data.clicks} clicks. The link ends ${formatTime(data.expires_at, data.zone)}.</p>
      <${DataTable} columns=${kColumns} rows=${data.data} rowKey=${(row) => row.path} caption="Articles" />`}
  </main>`;
}
