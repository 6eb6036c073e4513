// Who may sign in, and what they changed. For owners.
import { changesText } from "../lib/accounts.js";
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Empty, Field, Loaded, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

const kRoles = [
  ["viewer", "Viewer: sees everything"],
  ["editor", "Editor: changes links and money, too"],
  ["owner", "Owner: may do all"],
];
const one = (user) => apiPath(`/users/${encodeURIComponent(user.name)}`);

export function UsersPanel() {
  const { api, zone, toast } = useContext(App);
  const users = useResource(apiPath("/users"));
  const [name, setName] = useState("");
  const [role, setRole] = useState("viewer");
  const [link, setLink] = useState(null);
  const [problem, setProblem] = useState(null);

  async function act(work, text) {
    try {
      await work();
      if (text) toast({ text });
    } catch (failed) {
      toast({ text: failed.message });
    }
    users.refresh();
  }
  async function invite(event, body) {
    event.preventDefault();
    setProblem(null);
    try {
      setLink(await api.send("POST", apiPath("/account/invite"), body));
      setName("");
    } catch (failed) {
      setProblem(failed);
    }
    users.refresh();
  }
  const columns = [
    { key: "name", label: "Name", cell: (each) => each.name },
    {
      key: "role",
      label: "Role",
      cell: (each) => html`<select aria-label=${`Role of ${each.name}`} value=${each.role} disabled=${each.self}
        onChange=${(event) => act(() => api.send("PATCH", one(each), { role: event.currentTarget.value }), `${each.name} has another role.`)}>
        ${kRoles.map(([id]) => html`<option key=${id} value=${id} selected=${each.role === id}>${id}</option>`)}
      </select>`,
    },
    { key: "totp", label: "Authenticator", cell: (each) => (each.totp ? "On" : "Off") },
    { key: "seen", label: "Last seen", cell: (each) => (each.seen_at ? formatTime(each.seen_at, zone) : "Not signed in") },
    {
      key: "do",
      label: "Actions",
      cell: (each) => html`<button type="button" class="text-button" onClick=${(event) => invite(event, { name: each.name })}>New link</button>
        ${!each.self && html` <button type="button" class="text-button" onClick=${() => act(() => api.send("DELETE", one(each)), `${each.name} is removed.`)}>Remove</button>`}`,
    },
  ];
  return html`<${Panel} id="users" title="Users">
    <${Loaded} resource=${users} lines=${3}>${(data) => html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(each) => each.name} caption="Users" />`}</${Loaded}>
    <form class="form narrow" onSubmit=${(event) => invite(event, { name, role })}>
      ${problem && problem.field !== "name" && html`<${Problem} problem=${problem} />`}
      <${Field} id="invite-name" label="Name or e-mail address" required autocomplete="off" spellcheck="false" autocapitalize="none" value=${name}
        error=${problem?.field === "name" ? problem.detail || problem.message : ""} onInput=${(event) => setName(event.currentTarget.value)} />
      <${Field} id="invite-role" label="Role">${(field) => html`<select ...${field} value=${role} onChange=${(event) => setRole(event.currentTarget.value)}>
        ${kRoles.map(([id, text]) => html`<option key=${id} value=${id} selected=${role === id}>${text}</option>`)}
      </select>`}</${Field}>
      <div class="form-actions"><button type="submit" class="button">Invite</button></div>
    </form>
    ${link && html`<div role="status"><p>Send this to ${link.name}. It signs them in once, within an hour.</p><p><code id="invite-link">${link.url}</code></p></div>`}
  </${Panel}>`;
}

export function ChangesPanel() {
  const { zone } = useContext(App);
  const [before, setBefore] = useState(undefined);
  const log = useResource(apiPath("/log", { limit: 20, before }));
  const columns = [
    { key: "at", label: "When", cell: (each) => html`<span class="nowrap">${formatTime(each.at, zone)}</span>` },
    { key: "who", label: "Who", cell: (each) => each.who },
    { key: "what", label: "What", cell: (each) => each.what },
    { key: "subject", label: "To what", cell: (each) => each.subject || null },
    { key: "changes", label: "Changes", wide: true, cell: (each) => changesText(each.changes) || null },
  ];
  return html`<${Panel} id="changes" title="Log of changes">
    <${Loaded} resource=${log} lines=${5}>${(data) => html`
      ${data.data.length === 0
        ? html`<${Empty} title="Nothing was changed yet" />`
        : html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(each) => each.id} caption="Changes, newest first" />`}
      <p>
        ${before && html`<button type="button" class="button small" onClick=${() => setBefore(undefined)}>Newest</button>`}
        ${data.next && html`<button type="button" class="button small" onClick=${() => setBefore(data.next)}>Older</button>`}
      </p>`}</${Loaded}>
  </${Panel}>`;
}
