// The attribution models beside each other: what each article earned by each. Asked for only when wanted, since all clicks
// of the windows are read for it.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { chosenModels, isSame, kModels, modelOf, modelRows, toggled } from "../lib/models.js";
import { micro } from "../lib/money.js";
import { useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { Empty, Icon, Loaded, Money, Panel } from "./basics.js";
import { DataTable } from "./data_table.js";

export function ModelPanel({ range }) {
  const { route, setParams } = useContext(App);
  const chosen = chosenModels(route.params.models);
  const report = useResource(chosen.length > 0 ? apiPath("/reports/models", { from: range.from, to: range.to, model: chosen.join(",") }) : null);
  return html`<${Panel} id="models" title="Models side by side" note="What no token, label or tag decides, weighed in other ways; nothing is booked">
    <div class="segments" role="group" aria-label="Models">
      ${kModels.map((each) => html`<button key=${each.id} type="button" title=${each.help} aria-pressed=${chosen.includes(each.id)}
        onClick=${() => setParams({ models: toggled(chosen, each.id) })}>${each.label}</button>`)}
    </div>
    ${chosen.length === 0
      ? html`<p class="soft">Choose two or more models to see what each article would have earned by each.</p>`
      : html`<${Loaded} resource=${report} lines=${6}>${(data) => html`<${Comparison} data=${data} />`}</${Loaded}>`}
  </${Panel}>`;
}

function Comparison({ data }) {
  const { route } = useContext(App);
  const rows = modelRows(data);
  if (rows.length === 0) return html`<${Empty} title="Nothing earned in these days" />`;
  const money = (value, row) => html`<${Money} value=${value} currency=${row.currency} />`;
  const earned = (row, id) => row.by_model[id]?.earned_micro;
  const article = (row) =>
    row.article_id
      ? html`<a class="row-title" href=${formatHash("/articles/detail", { path: row.path, ...keepRange(route.params) })}>${row.path}</a>`
      : html`<span class="soft">${row.path}</span>`;
  const columns = [
    { key: "article", label: "Article", wide: true, cell: (row) => html`${article(row)}${isSame(row) && html` <span class="soft nowrap">the same under each</span>`}` },
    { key: "evidence", label: "By evidence", help: "Decided by a token, label or tag, or nobody's: the same under every model", numeric: true, sort: (row) => micro(row.evidence_micro), cell: (row) => money(row.evidence_micro, row) },
    ...data.models.map(({ model, undefined: why }) => ({
      key: model,
      label: `${modelOf(model).label}${model === data.booked_model ? " (booked)" : ""}`,
      help: why ? `Not known: ${why}` : modelOf(model).help,
      numeric: true,
      sort: (row) => micro(earned(row, model)),
      cell: (row) => (why ? html`<span class="soft">n/a</span>` : money(earned(row, model), row)),
    })),
  ];
  const foot = data.total.map((row) => ({
    key: row.currency,
    head: `Total ${row.currency}`,
    cells: Object.fromEntries([["evidence", money(row.evidence_micro, row)], ...data.models.map(({ model, undefined: why }) => [model, why ? "n/a" : money(earned(row, model), row)])]),
  }));
  const unknown = data.models.filter((each) => each.undefined);
  return html`<${DataTable} columns=${columns} rows=${rows} rowKey=${(row) => `${row.path} ${row.currency}`} pageSize=${50} caption="Earned by article and attribution model" foot=${foot} />
    <p class=${`balance tone-${data.balanced ? "ok" : "error"}`}><${Icon} name=${data.balanced ? "ok" : "error"} /><span>${data.balanced ? "Each model adds up to what was imported, exactly." : "A model does not add up to what was imported."}
      ${` ${plural(data.modelled_count, "commission")} divided by a model`}${data.as_booked_count > 0 ? `, ${data.as_booked_count} of them as booked, since no click divides them any more` : ""}.</span></p>
    ${unknown.map((each) => html`<p key=${each.model} class="soft">${modelOf(each.model).label}: not known, ${each.undefined}.</p>`)}
    <p class="hint">New commissions are booked by <code>[revenue] model</code> in candor.toml; what is booked stays.</p>`;
}
