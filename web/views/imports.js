// Report files of the networks: brought in here, with every row that could not be read, and taken
// back.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { formatCount, formatDay, formatTime, networkName, plural } from "../lib/format.js";
import { meaningLabel } from "../lib/mapping.js";
import { useResource } from "../lib/resource.js";
import { Badge, Empty, Icon, Loaded, PageHead, Panel } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { ImportForm } from "../parts/import_form.js";
import { MappingForm } from "../parts/mapping_form.js";
import { ErrorTable } from "../parts/row_errors.js";
import { RevenueTabs } from "../parts/tabs.js";

export function ImportsView() {
  const { api, route, session, setParams, toast, zone } = useContext(App);
  const imports = useResource(apiPath("/revenue/imports"));
  const [result, setResult] = useState(null);
  const [leaving, setLeaving] = useState(() => new Set());
  const [unknown, setUnknown] = useState(null);
  const [look, setLook] = useState(0);
  const open = Number(route.params.import);

  const mark = (id, on) =>
    setLeaving((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  async function undo(each, options) {
    try {
      await api.send("POST", apiPath(`/revenue/imports/${each.id}/undo`), undefined, options);
    } catch (problem) {
      toast({ text: problem.message });
    }
    mark(each.id, false);
    setResult(null);
    imports.refresh();
  }
  // The import is taken back when the time to think again is over.
  function takeBack(each) {
    mark(each.id, true);
    toast({
      text: `${each.file_name} is being taken back.`,
      sticky: true,
      undo: () => mark(each.id, false),
      done: () => undo(each, { keepalive: true }),
    });
  }
  const toggle = (each) => setParams({ import: open === each.id ? undefined : each.id });

  return html`
    <${PageHead} title="Imports" lead="Reports you download from a network. The same file twice changes nothing."><${RevenueTabs} /></${PageHead}>
    <${ImportForm} look=${look} onUnknown=${setUnknown} onResult=${(answer) => {
      setResult(answer);
      setUnknown(null);
      imports.refresh();
    }} />
    ${unknown && html`<${MappingForm} key=${unknown.name} file=${unknown} onClose=${() => setUnknown(null)} onSaved=${(mapping) => {
      setUnknown(null);
      setLook((n) => n + 1);
      toast({ text: `Reports with these columns are read by ${mapping.name} from now on.` });
    }} />`}
    ${result && html`<${Result} key=${result.import.id} result=${result} onUndo=${() => undo(result.import)} />`}
    <${Panel} id="earlier" title="Earlier imports" actions=${html`<${Pull} onDone=${imports.refresh} />`}>
      <${Loaded} resource=${imports} lines=${6}>${(data) =>
        data.data.length === 0
          ? html`<${Empty} title="Nothing imported yet"><p>Choose a report file above${session.demo ? "" : ", or put it into the drop folder for the nightly job"}.</p></${Empty}>`
          : html`<${DataTable} columns=${columns({ zone, open, leaving, toggle, takeBack })} rows=${data.data} rowKey=${(each) => each.id} caption="Earlier imports, newest first"
              extra=${(each) => (each.id === open ? html`<${RowErrors} id=${each.id} />` : null)} />`}</${Loaded}>
    </${Panel}>
    <${Mappings} round=${look} />`;
}

/** Asks the networks whose APIs candor.toml names. */
function Pull({ onDone }) {
  const { api, toast } = useContext(App);
  const [busy, setBusy] = useState(false);
  async function pull() {
    setBusy(true);
    try {
      const { data } = await api.send("POST", apiPath("/revenue/pull"));
      toast({ text: data.map((each) => `${networkName(each.network)}: ${each.message || plural(each.row_count, "row")}`).join(" "), sticky: data.some((each) => each.failed) });
    } catch (problem) {
      toast({ text: problem.message });
    }
    setBusy(false);
    onDone();
  }
  return html`<button type="button" class="button small" disabled=${busy} onClick=${pull}>${busy ? "Asking…" : "Ask the networks now"}</button>`;
}

/** The owner's mappings of layouts that nobody else knows. */
function Mappings({ round }) {
  const { api, toast } = useContext(App);
  const mappings = useResource(apiPath("/revenue/mappings"));
  useEffect(() => {
    if (round > 0) mappings.refresh();
  }, [round]);
  const at = (mapping) => apiPath(`/revenue/mappings/${encodeURIComponent(mapping.name)}`);
  async function remove(mapping) {
    try {
      await api.send("DELETE", at(mapping));
      const { name, ...body } = mapping;
      toast({ text: `Removed ${name}. Rows it read stay.`, undo: () => api.send("PUT", at(mapping), body).then(mappings.refresh, (problem) => toast({ text: problem.message })) });
    } catch (problem) {
      toast({ text: problem.message });
    }
    mappings.refresh();
  }
  if (!mappings.data || mappings.data.data.length === 0) return null;
  const columns = [
    { key: "name", label: "Mapping", cell: (each) => each.name },
    { key: "network", label: "Network", cell: (each) => networkName(each.network) },
    { key: "columns", label: "Columns", wide: true, cell: (each) => Object.entries(each.columns).map(([meaning, column]) => `${meaningLabel(meaning)}: ${column}`).join("; ") },
    { key: "remove", label: "Remove", cell: (each) => html`<button type="button" class="text-button danger" aria-label=${`Remove the mapping ${each.name}`} onClick=${() => remove(each)}>Remove</button>` },
  ];
  return html`<${Panel} id="mappings" title="Layouts you explained"><${DataTable} columns=${columns} rows=${mappings.data.data} rowKey=${(each) => each.name} caption="Mappings of columns" /></${Panel}>`;
}

function Result({ result, onUndo }) {
  const { import: done, errors, repeated } = result;
  const tone = errors.length > 0 || !(result.balanced ?? true) ? "warn" : "ok";
  return html`<${Panel} id="result" title="Result" actions=${!repeated && html`<button type="button" class="button small" onClick=${onUndo}>Undo this import</button>`}>
    <p class=${`notice tone-${tone}`} role="status"><${Icon} name=${tone} /><span>${resultText(done, repeated)}</span></p>
    ${result.balanced === false && html`<p class="notice tone-error"><${Icon} name="error" /><span>Attributed and unattributed money do not add up to what was imported. <a href="#/revenue/ledger">See the ledger</a></span></p>`}
    ${errors.length > 0 && html`<${ErrorTable} errors=${errors} />`}
    ${!repeated && done.new_count + done.changed_count > 0 && html`<p>The new rows are credited. <a href="#/articles">See the articles</a></p>`}
  </${Panel}>`;
}

export function resultText(done, repeated) {
  if (repeated) return `${done.file_name} was imported before. Nothing changed.`;
  const counts = `${plural(done.new_count, "new row")}, ${formatCount(done.changed_count)} changed, ${formatCount(done.unchanged_count)} unchanged`;
  const withdrawn = done.withdrawn_count > 0 ? `, ${formatCount(done.withdrawn_count)} withdrawn` : "";
  return `${done.file_name}: ${counts}${withdrawn}, ${formatCount(done.bad_count)} could not be read.`;
}

function RowErrors({ id }) {
  const detail = useResource(apiPath(`/revenue/imports/${id}`));
  return html`<${Loaded} resource=${detail} lines=${2}>${(data) => html`<div class="explanation">
    ${data.errors.length === 0 ? html`<p>Every row was read.</p>` : html`<${ErrorTable} errors=${data.errors} />`}
  </div>`}</${Loaded}>`;
}

const kKinds = { pull: "asked for", postback: "told by postback" };
const daysOf = (each) => (each.from ? `${formatDay(each.from)} to ${formatDay(each.to)}` : "row by row");

const columns = ({ zone, open, leaving, toggle, takeBack }) => [
  { key: "at", label: "Imported", cell: (each) => html`<span class="nowrap">${formatTime(each.imported_at, zone)}</span>` },
  { key: "file", label: "File", wide: true, cell: (each) => html`<span class="row-title">${each.file_name}</span><span class="soft">${daysOf(each)}</span>` },
  { key: "network", label: "Network", cell: (each) => html`${networkName(each.network)} <span class="soft">${[each.report, each.account, kKinds[each.kind]].filter(Boolean).join(", ")}</span>` },
  { key: "rows", label: "Rows", numeric: true, cell: (each) => formatCount(each.row_count) },
  { key: "new", label: "New", numeric: true, cell: (each) => formatCount(each.new_count) },
  { key: "changed", label: "Changed", numeric: true, cell: (each) => formatCount(each.changed_count) },
  { key: "same", label: "Unchanged", numeric: true, cell: (each) => formatCount(each.unchanged_count) },
  { key: "withdrawn", label: "Withdrawn", help: "Told by an earlier file of the same days, and not by this one", numeric: true, cell: (each) => formatCount(each.withdrawn_count) },
  {
    key: "bad",
    label: "Bad",
    numeric: true,
    cell: (each) =>
      each.bad_count > 0
        ? html`<button type="button" class="text-button" aria-expanded=${each.id === open ? "true" : "false"} aria-label=${`${plural(each.bad_count, "bad row")} of ${each.file_name}`} onClick=${() => toggle(each)}>${formatCount(each.bad_count)}</button>`
        : formatCount(each.bad_count),
  },
  {
    key: "state",
    label: "Undo",
    cell: (each) => {
      if (each.undone_at) return html`<${Badge} tone="quiet" label="Taken back" help=${formatTime(each.undone_at, zone)} />`;
      if (leaving.has(each.id)) return html`<${Badge} tone="warn" label="Being taken back" />`;
      return html`<button type="button" class="text-button" aria-label=${`Take back ${each.file_name}`} onClick=${() => takeBack(each)}>Take back</button>`;
    },
  },
];
