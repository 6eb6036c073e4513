// Tokens with which programs ask a part of the API. For owners.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Empty, Field, Loaded, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

const kScopes = [
  ["pages", "Pages: disclose and audit them"],
  ["read", "Read: all that the dashboard shows"],
  ["links", "Links: read and change them"],
  ["revenue", "Revenue: import reports, read money"],
  ["postback", "Postback: a network's server tells of commissions"],
  ["admin", "Admin: all but users, sessions, tokens and share links"],
];

export function TokensPanel() {
  const { api, zone, toast } = useContext(App);
  const tokens = useResource(apiPath("/tokens"));
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState(["read"]);
  const [made, setMade] = useState(null);
  const [problem, setProblem] = useState(null);
  const errorOf = (field) => (problem?.field === field ? problem.detail || problem.message : "");

  async function add(event) {
    event.preventDefault();
    setProblem(null);
    try {
      setMade(await api.send("POST", apiPath("/tokens"), { name, scope: scopes.join(" ") }));
      setName("");
    } catch (failed) {
      setProblem(failed);
    }
    tokens.refresh();
  }
  async function end(token) {
    try {
      await api.send("DELETE", apiPath(`/tokens/${encodeURIComponent(token.name)}`));
      toast({ text: `The token ${token.name} opens nothing any more.` });
    } catch (failed) {
      toast({ text: failed.message });
    }
    tokens.refresh();
  }
  const toggle = (id, on) => setScopes(on ? [...scopes, id] : scopes.filter((each) => each !== id));
  const columns = [
    { key: "name", label: "Name", cell: (each) => each.name },
    { key: "scope", label: "Scopes", cell: (each) => each.scope },
    { key: "used", label: "Last used", cell: (each) => (each.used_at ? formatTime(each.used_at, zone) : "Never") },
    { key: "expires", label: "Ends", cell: (each) => (each.expires_at ? formatTime(each.expires_at, zone) : "When revoked") },
    { key: "end", label: "Revoke", cell: (each) => html`<button type="button" class="text-button" onClick=${() => end(each)}>Revoke</button>` },
  ];
  return html`<${Panel} id="tokens" title="Tokens of programs">
    <${Loaded} resource=${tokens} lines=${3}>${(data) =>
      data.data.length === 0
        ? html`<${Empty} title="No program has a token" />`
        : html`<${DataTable} columns=${columns} rows=${data.data} rowKey=${(each) => each.name} caption="Tokens" />`}</${Loaded}>
    <form class="form narrow" onSubmit=${add}>
      ${problem && !["name", "scope"].includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <${Field} id="token-name" label="The program's name" required autocomplete="off" spellcheck="false" value=${name}
        error=${errorOf("name")} onInput=${(event) => setName(event.currentTarget.value)} />
      <fieldset>
        <legend>What it is good for</legend>
        ${kScopes.map(([id, text]) => html`<label key=${id} class="check"><input type="checkbox" checked=${scopes.includes(id)}
          onChange=${(event) => toggle(id, event.currentTarget.checked)} /> ${text}</label>`)}
        ${errorOf("scope") && html`<p class="error">${errorOf("scope")}</p>`}
      </fieldset>
      <div class="form-actions"><button type="submit" class="button">Make a token</button></div>
    </form>
    ${made && html`<div role="status"><p>The token of ${made.name}. Keep it: it is not shown again.</p><p><code id="token-made">${made.token}</code></p></div>`}
  </${Panel}>`;
}
