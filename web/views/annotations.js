// What happened when: the owner's remarks, which charts show on their days.
import { daysText } from "../lib/annotations.js";
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatTime, plural } from "../lib/format.js";
import { addDays } from "../lib/ranges.js";
import { useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { filterRows } from "../lib/table.js";
import { AnnotationDialog } from "../parts/annotations.js";
import { Empty, Icon, Loaded, PageHead } from "../parts/basics.js";
import { DataTable, FilterBox } from "../parts/data_table.js";
import { RangePicker, useRange } from "../parts/range_picker.js";

const one = (annotation) => apiPath(`/annotations/${annotation.id}`);

export function AnnotationsView() {
  const { api, session, toast } = useContext(App);
  const range = useRange();
  const found = useResource(apiPath("/annotations", { from: range.from, to: range.to }));
  const [edited, setEdited] = useState(null);
  const mayEdit = session.user?.role !== "viewer";
  const add = () => setEdited({ from: range.to > range.today ? range.today : range.to });

  // Removed at once; the undo makes it anew.
  async function remove(annotation) {
    const { text, from, to, article } = annotation;
    try {
      await api.send("DELETE", one(annotation), undefined, { version: annotation.version });
    } catch (problem) {
      toast({ text: problem.message });
      found.refresh();
      return;
    }
    found.refresh();
    toast({
      text: `Removed “${text}”.`,
      undo: () => api.send("POST", apiPath("/annotations"), { text, from, to, article }).then(found.refresh, (problem) => toast({ text: problem.message })),
    });
  }

  return html`
    <${PageHead} title="Annotations" lead="What happened when. Charts show it on its days.">
      <${RangePicker} range=${range} />
    </${PageHead}>
    <${Loaded} resource=${found} lines=${5}>${(data) => html`<${List} all=${data.data} mayEdit=${mayEdit} onAdd=${add} onEdit=${setEdited} onRemove=${remove} range=${range} />`}</${Loaded}>
    ${edited && html`<${AnnotationDialog} annotation=${edited} onClose=${() => setEdited(null)}
      onSaved=${(saved) => {
        setEdited(null);
        found.refresh();
        toast({ text: saved.from > range.to || saved.to < range.from ? `Saved for ${daysText(saved)}, which is not among the days shown.` : `Saved “${saved.text}”.` });
      }} />`}`;
}

function List({ all, mayEdit, onAdd, onEdit, onRemove, range }) {
  const { route, zone } = useContext(App);
  const addButton = mayEdit && html`<button type="button" class="button primary" onClick=${onAdd}><${Icon} name="plus" />Annotate</button>`;
  if (all.length === 0)
    return html`<${Empty} title="No annotation in these days">
      <p>Note what changed: a theme, a sale, a programme's new rate. Then a bend in a line explains itself.</p>
      <p><a href=${formatHash(route.path, { from: addDays(range.today, -365), to: range.today })}>Look at the whole year</a></p>
      ${addButton}
    </${Empty}>`;
  const rows = filterRows(all, route.params.q, (each) => `${each.text} ${each.article} ${each.author}`);
  const columns = [
    { key: "days", label: "Days", sort: (each) => each.from, cell: (each) => html`<span class="nowrap">${daysText(each)}</span>` },
    { key: "text", label: "What happened", wide: true, sort: (each) => each.text, cell: (each) => html`<span class="row-title">${each.text}</span>` },
    {
      key: "article",
      label: "Where",
      sort: (each) => each.article,
      cell: (each) => each.article ? html`<a href=${formatHash("/articles/detail", { path: each.article, ...keepRange(route.params) })}>${each.article}</a>` : html`<span class="soft">whole site</span>`,
    },
    { key: "author", label: "By", sort: (each) => each.author, cell: (each) => html`${each.author} <span class="soft nowrap">${formatTime(each.created_at, zone)}</span>` },
    ...(mayEdit
      ? [{
          key: "actions",
          label: "Actions",
          cell: (each) => html`<span class="actions">
            <button type="button" class="text-button" aria-label=${`Edit ${each.text}`} onClick=${() => onEdit(each)}>Edit</button>
            <button type="button" class="text-button danger" aria-label=${`Remove ${each.text}`} onClick=${() => onRemove(each)}>Remove</button>
          </span>`,
        }]
      : []),
  ];
  return html`<section class="panel" aria-label="Annotations">
    <div class="tools"><${FilterBox} label="Filter annotations" count=${rows.length} total=${all.length} /><p class="soft">${plural(all.length, "annotation")}</p>${addButton}</div>
    <${DataTable} columns=${columns} rows=${rows} rowKey=${(each) => each.id} sortBy="-days" caption="Annotations" />
  </section>`;
}
