// The links: their addresses, destinations and state; added, changed and removed here.
import { apiPath } from "../lib/api.js";
import { bulkEdits, editable, whenEnabled } from "../lib/bulk.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatTime, networkName, plural, safeUrl } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { formatHash, keepRange } from "../lib/state.js";
import { filterRows } from "../lib/table.js";
import { Badge, Empty, Icon, Loaded, PageHead } from "../parts/basics.js";
import { BulkBar } from "../parts/bulk_bar.js";
import { DataTable, FilterBox } from "../parts/data_table.js";
import { LinkDialog } from "../parts/link_dialog.js";
import { Health } from "../parts/link_health.js";

const kAddress = apiPath("/links", { all: 1 });
const one = (link) => apiPath(`/links/${encodeURIComponent(link.slug)}`);

export function LinksView() {
  const { api, route, toast } = useContext(App);
  const links = useResource(kAddress);
  const [edited, setEdited] = useState(null);
  const [gone, setGone] = useState(() => new Set());
  const [chosen, setChosen] = useState(() => new Set());

  // What the server says would undo it is what undoes it.
  async function editMany(edits, text) {
    try {
      const { undo } = await api.send("PATCH", apiPath("/links"), { edits });
      setChosen(new Set());
      toast(text ? { text, undo: () => editMany(undo) } : { text: `${plural(edits.length, "link")} as before.` });
    } catch (problem) {
      failed(problem);
    }
    links.refresh();
  }
  const failed = (problem) => toast({ text: problem.message });
  async function change(link, state) {
    try {
      const saved = await api.send("PATCH", one(link), { state }, { version: link.version });
      links.refresh();
      return saved ?? link;
    } catch (problem) {
      failed(problem);
      return null;
    }
  }
  const hide = (link, hidden) =>
    setGone((before) => {
      const next = new Set(before);
      if (hidden) next.add(link.slug);
      else next.delete(link.slug);
      return next;
    });

  // Removing first disables, which stops redirects at once; the link is deleted when the time for
  // an undo is over. A browser that dies in between leaves a disabled link, and nothing is lost.
  async function remove(link) {
    const latest = link.state === "disabled" ? link : await change(link, "disabled");
    if (!latest) return;
    hide(link, true);
    toast({
      text: `Removed ${link.slug}. Its clicks and revenue stay.`,
      sticky: true,
      undo: async () => {
        if (link.state !== "disabled") await change(latest, link.state);
        hide(link, false);
      },
      done: () =>
        api.send("DELETE", one(link), undefined, { keepalive: true, version: latest.version }).then(links.refresh, (problem) => {
          failed(problem);
          hide(link, false);
        }),
    });
  }

  return html`
    <${PageHead} title="Links" lead="Where each address on your site leads, and who pays for it.">
      <button type="button" class="button primary" onClick=${() => setEdited({})}><${Icon} name="plus" />Add link</button>
    </${PageHead}>
    <${Loaded} resource=${links} lines=${10}>${(data) => html`<${List} all=${data.data.filter((link) => !gone.has(link.slug))}
      query=${route.params.q} chosen=${chosen} onChoose=${setChosen}
      onSet=${(rows, set) => editMany(bulkEdits(rows, set), `Changed ${plural(rows.length, "link")}.`)} onEdit=${setEdited} onRemove=${remove} onState=${change} onAdd=${() => setEdited({})} />`}</${Loaded}>
    ${edited && html`<${LinkDialog} link=${edited} onClose=${() => setEdited(null)}
      onSaved=${(saved) => {
        setEdited(null);
        links.refresh();
        toast({ text: `Saved ${saved.slug}.` });
      }} />`}`;
}

function List({ all, query, chosen, onChoose, onSet, onEdit, onRemove, onState, onAdd }) {
  const { zone, toast, route } = useContext(App);
  if (all.length === 0)
    return html`<${Empty} title="No link yet">
      <p>A link gives a long affiliate address a short one on your site, and counts who follows it.</p>
      <button type="button" class="button primary" onClick=${onAdd}><${Icon} name="plus" />Add the first link</button>
    </${Empty}>`;
  const rows = filterRows(all, query, (link) =>
    [link.slug, link.title, link.merchant, link.destination, link.network, link.state, link.health?.state].join(" "));
  const picked = rows.filter((link) => chosen.has(link.slug));
  const pick = (slugs) => onChoose(new Set(slugs));
  return html`<section class="panel" aria-label="All links">
    <div class="tools"><${FilterBox} label="Filter links" count=${rows.length} total=${all.length} />
      <p class="soft">${plural(all.length, "link")}</p></div>
    <${BulkBar} all=${rows} picked=${picked} onPick=${(links) => pick(links.map((link) => link.slug))} onSet=${(set) => onSet(picked, set)} editable=${editable} />
    <${DataTable} columns=${columnsFor({ zone, toast, range: keepRange(route.params), chosen, onPick: pick, onEdit, onRemove, onState })} rows=${rows} rowKey=${(link) => link.slug} sortBy="slug" pageSize=${100} caption="Links" />
  </section>`;
}

function columnsFor({ zone, toast, range, chosen, onPick, onEdit, onRemove, onState }) {
  const toggle = (link, on) => onPick(on ? [...chosen, link.slug] : [...chosen].filter((slug) => slug !== link.slug));
  const copy = async (link) => {
    try {
      await navigator.clipboard.writeText(link.url);
      toast({ text: `Copied ${link.url}` });
    } catch {
      toast({ text: `Copy it from here: ${link.url}` }); // Browsers allow copying only on https and localhost.
    }
  };
  return [
    {
      key: "slug",
      label: "Link",
      sort: (link) => link.slug,
      cell: (link) => html`<span class="pick"><input type="checkbox" aria-label=${`Choose ${link.slug}`} checked=${chosen.has(link.slug)} onChange=${(event) => toggle(link, event.currentTarget.checked)} />
        <span><a class="row-title" href=${formatHash("/links/detail", { slug: link.slug, ...range })}>${link.slug}</a>${link.title && html`<span class="soft">${link.title}</span>`}</span></span>`,
    },
    {
      key: "destination",
      label: "Leads to",
      wide: true,
      sort: (link) => link.destination,
      cell: (link) =>
        safeUrl(link.destination)
          ? html`<a class="url" href=${safeUrl(link.destination)} target="_blank" rel="noopener noreferrer sponsored nofollow">${link.destination}</a>`
          : html`<code class="url">${link.destination}</code>`,
    },
    { key: "merchant", label: "Merchant", sort: (link) => link.merchant, cell: (link) => link.merchant || null },
    { key: "network", label: "Network", sort: (link) => networkName(link.network), cell: (link) => networkName(link.network) },
    {
      key: "state",
      label: "State",
      sort: (link) => link.state,
      cell: (link) => html`<${Badge} tone=${link.state === "active" ? "ok" : "quiet"} label=${{ active: "Active", direct: "Direct" }[link.state] ?? "Disabled"} /> <${Health} health=${link.health} quiet />`,
    },
    {
      key: "updated",
      label: "Changed",
      sort: (link) => link.updated_at,
      cell: (link) => html`<span class="nowrap">${formatTime(link.updated_at, zone)}</span>`,
    },
    {
      key: "actions",
      label: "Actions",
      cell: (link) => html`<span class="actions">
        <button type="button" class="text-button" aria-label=${`Copy the address of ${link.slug}`} onClick=${() => copy(link)}>Copy</button>
        <button type="button" class="text-button" aria-label=${`Edit ${link.slug}`} onClick=${() => onEdit(link)}>Edit</button>
        ${link.state !== "disabled"
          ? html`<button type="button" class="text-button" aria-label=${`Disable ${link.slug}`} onClick=${() => onState(link, "disabled")}>Disable</button>`
          : html`<button type="button" class="text-button" aria-label=${`Enable ${link.slug}`} onClick=${() => onState(link, whenEnabled(link))}>Enable</button>`}
        <button type="button" class="text-button danger" aria-label=${`Remove ${link.slug}`} onClick=${() => onRemove(link)}>Remove</button>
      </span>`,
    },
  ];
}
