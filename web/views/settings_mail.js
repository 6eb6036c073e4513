// Mail: whether it gets through, and what is on its way. For owners.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatTime, plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Badge, Empty, Field, Icon, Loaded, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

export function MailPanel() {
  const mails = useResource(apiPath("/mails"));
  return html`<${Panel} id="mail" title="Mail">
    <${Loaded} resource=${mails} lines=${3}>${(data) =>
      data.configured
        ? html`<${Test} onSent=${mails.refresh} /><${Mails} mails=${data.data} onRemoved=${mails.refresh} />`
        : html`<${Empty} title="Mail is not set up"><p>Name its sender and server under <code>[mail]</code> in candor.toml, and start Candor again: digests, alerts and forgotten passwords then come by mail.</p></${Empty}>`}</${Loaded}>
  </${Panel}>`;
}

function Test({ onSent }) {
  const { api } = useContext(App);
  const [to, setTo] = useState("");
  const [state, setState] = useState({ busy: false, sent: null, problem: null });
  async function send(event) {
    event.preventDefault();
    if (state.busy) return;
    setState({ busy: true, sent: null, problem: null });
    try {
      setState({ busy: false, sent: await api.send("POST", apiPath("/mails/test"), to.trim() ? { to: to.trim() } : {}), problem: null });
    } catch (problem) {
      setState({ busy: false, sent: null, problem });
    }
    onSent();
  }
  return html`<form class="form narrow" onSubmit=${send}>
    ${state.problem && state.problem.field !== "to" && html`<${Problem} problem=${state.problem} />`}
    <${Field} id="mail-to" label="Send a test to" type="email" placeholder="those in candor.toml" value=${to} autocomplete="email" error=${state.problem?.field === "to" ? state.problem.detail : ""} onInput=${(event) => setTo(event.currentTarget.value)} />
    <div class="form-actions"><button type="submit" class="button" disabled=${state.busy}>${state.busy ? "Sending…" : "Send a test mail"}</button></div>
    <div role="status">${state.sent && html`<p class="notice tone-ok"><${Icon} name="ok" /><span>Taken by ${state.sent.by} for ${state.sent.to.join(", ")}. Look into the mailbox, and its spam.</span></p>`}</div>
  </form>`;
}

function Mails({ mails, onRemoved }) {
  const { api, toast, zone } = useContext(App);
  if (mails.length === 0) return html`<${Empty} title="No mail yet"><p>The nightly job sends digests and alerts.</p></${Empty}>`;
  async function remove(mail) {
    try {
      await api.send("DELETE", apiPath(`/mails/${mail.id}`));
      toast({ text: "The mail is thrown away." });
    } catch (problem) {
      toast({ text: problem.message });
    }
    onRemoved();
  }
  const columns = [
    { key: "at", label: "Written", cell: (mail) => html`<span class="nowrap">${formatTime(mail.created_at, zone)}</span>` },
    { key: "key", label: "Mail", wide: true, cell: (mail) => html`${mail.key} <span class="soft">${[mail.to].flat().join(", ")}</span>` },
    { key: "state", label: "State", cell: (mail) => (mail.state === "delivered" ? html`<${Badge} tone="ok" label="Delivered" />` : html`<${Badge} tone="warn" label=${`Waiting, ${plural(mail.attempts, "try", "tries")}`} help=${mail.error} />`) },
    { key: "error", label: "Refused because", wide: true, cell: (mail) => mail.error || null },
    { key: "remove", label: "Remove", cell: (mail) => (mail.state === "delivered" ? null : html`<button type="button" class="text-button danger" aria-label=${`Throw away ${mail.key}`} onClick=${() => remove(mail)}>Throw away</button>`) },
  ];
  return html`<${DataTable} columns=${columns} rows=${mails} rowKey=${(mail) => mail.id} caption="Mails, newest first" />`;
}
