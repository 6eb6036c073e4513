// Links that show one report to whoever has them. For owners.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Empty, Field, Loaded, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

export function SharesPanel() {
  const { api, zone, toast } = useContext(App);
  const shares = useResource(apiPath("/shares"));
  const [values, setValues] = useState({ name: "", path: "" });
  const [made, setMade] = useState(null);
  const [problem, setProblem] = useState(null);
  const input = (name) => ({
    id: `share-${name}`,
    value: values[name],
    autocomplete: "off",
    spellcheck: "false",
    error: problem?.field === name ? problem.detail || problem.message : "",
    onInput: (event) => setValues({ ...values, [name]: event.currentTarget.value }),
  });

  async function add(event) {
    event.preventDefault();
    setProblem(null);
    try {
      setMade(await api.send("POST", apiPath("/shares"), { ...values, report: "articles" }));
      setValues({ name: "", path: "" });
    } catch (failed) {
      setProblem(failed);
    }
    shares.refresh();
  }
  async function end(share) {
    try {
      await api.send("DELETE", apiPath(`/shares/${encodeURIComponent(share.name)}`));
      toast({ text: `The link ${share.name} shows nothing any more.` });
    } catch (failed) {
      toast({ text: failed.message });
    }
    shares.refresh();
  }
  const columns = [
    { key: "name", label: "Name", cell: (each) => each.name },
    { key: "path", label: "Shows", cell: (each) => `${each.path || "All articles"}, ${each.range_days} days` },
    { key: "used", label: "Last opened", cell: (each) => (each.used_at ? formatTime(each.used_at, zone) : "Never") },
    { key: "expires", label: "Ends", cell: (each) => formatTime(each.expires_at, zone) },
    { key: "end", label: "Revoke", cell: (each) => html`<button type="button" class="text-button" onClick=${() => end(each)}>Revoke</button>` },
  ];
  return html`<${Panel} id="shares" title="Share links">
    <${Loaded} resource=${shares} lines=${3}>${(data) =>
      data.data.length === 0
        ? html`<${Empty} title="Nothing is shared" />`
        : html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(each) => each.name} caption="Share links" />`}</${Loaded}>
    <form class="form narrow" onSubmit=${add}>
      ${problem && !["name", "path"].includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <${Field} ...${input("name")} label="For whom" required hint="A word of yours: a writer's name, say." />
      <${Field} ...${input("path")} label="Only articles below" hint="/reviews/, say. Empty: all of them." />
      <div class="form-actions"><button type="submit" class="button">Make a link for 30 days</button></div>
    </form>
    ${made && html`<div role="status"><p>Whoever has this link sees clicks and revenue of these articles. It is not shown again.</p><p><code id="share-made">${made.url}</code></p></div>`}
  </${Panel}>`;
}
