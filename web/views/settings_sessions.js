// Where one is signed in, and a way to end it.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Badge, Loaded, Panel } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

export function SessionsPanel() {
  const { api, zone, toast } = useContext(App);
  const sessions = useResource(apiPath("/account/sessions"));

  async function end(path, text) {
    try {
      await api.send("DELETE", apiPath(path));
      toast({ text });
    } catch (problem) {
      toast({ text: problem.message });
    }
    sessions.refresh();
  }
  const columns = [
    { key: "agent", label: "Browser", wide: true, cell: (each) => each.agent || "Unknown" },
    { key: "address", label: "Address", cell: (each) => each.address || "This machine" },
    { key: "created", label: "Signed in", cell: (each) => formatTime(each.created_at, zone) },
    { key: "seen", label: "Last seen", cell: (each) => formatTime(each.seen_at, zone) },
    {
      key: "end",
      label: "End",
      cell: (each) =>
        each.current
          ? html`<${Badge} tone="ok" label="This one" />`
          : html`<button type="button" class="text-button" onClick=${() => end(`/account/sessions/${each.id}`, "The session has ended.")}>End</button>`,
    },
  ];
  const others = html`<button type="button" class="button small" onClick=${() => end("/account/sessions", "You are signed out everywhere else.")}>Sign out everywhere else</button>`;
  return html`<${Panel} id="sessions" title="Sessions" actions=${others}>
    <${Loaded} resource=${sessions} lines=${3}>${(data) => html`<${DataTable} columns=${columns} rows=${data.data}
      rowKey=${(each) => each.id} caption="Where you are signed in" />`}</${Loaded}>
  </${Panel}>`;
}
