// What candor.toml says, as Candor reads it: each value beside the key that decides it. For owners.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatCount, networkName, plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Badge, Empty, Loaded, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { EditPanel } from "./settings_edit.js";

const kSwitches = {
  visitors: "A pseudonymous key of reader and day",
  beacon: "Clicks on Amazon's and eBay's links, and article views, told by the page",
  click_token: "The click's token in the link to the network, by which its sale is matched",
};
const kSaid = { on: { tone: "ok", label: "On" }, consent: { tone: "info", label: "With consent" }, off: { tone: "quiet", label: "Off" } };
const yes = (value) => (value ? "yes" : "no");

export function SitePanels() {
  const { session } = useContext(App);
  const settings = useResource(apiPath("/settings"));
  return html`<${Loaded} resource=${settings} lines=${8}>${(data) => html`
    <${EditPanel} file=${data.file} problem=${data.file_problem} onSaved=${settings.refresh} />
    <${SitePanel} site=${data.site} session=${session} />
    <${PrivacyPanel} privacy=${data.privacy} retention=${data.retention} />
    <${ProgrammesPanel} programmes=${data.programmes} revenue=${data.revenue} />
    <${BackupPanel} backup=${data.backup} onDone=${settings.refresh} />`}</${Loaded}>`;
}

const kFromFile = html`<p class="hint">What runs now, by candor.toml. After a change in an editor: <code>systemctl reload candor</code>; it names what needs a restart.</p>`;

const columns = (second) => [
  { key: "what", label: "What", cell: (row) => html`<span class="row-title">${row.what}</span>` },
  { key: "value", label: second, wide: true, cell: (row) => (row.value === "" ? null : row.value) },
  { key: "key", label: "Key", cell: (row) => html`<code>${row.key}</code>` },
];

function SitePanel({ site }) {
  const rows = [
    { what: "Name", value: site.name, key: "[site] name" },
    { what: "Address", value: site.url, key: "[site] url" },
    { what: "Host names", value: site.hosts.join(", "), key: "[site] hosts" },
    { what: "Links begin with", value: site.go_url, key: "[redirect] go_prefix" },
    { what: "Days are cut in", value: site.zone, key: "[site] zone" },
    { what: "Disclosure rules of", value: site.jurisdictions.join(", "), key: "[site] jurisdictions" },
    { what: "Language of disclosures", value: site.language || "the page's own", key: "[site] language" },
    { what: "The article is in", value: site.content_selector || "guessed", key: "[site] content_selector" },
    { what: "Paid links lead through Candor", value: yes(site.link_through_go), key: "[pages] link_through_go" },
  ];
  return html`<${Panel} id="site" title="Site">
    <${DataTable} columns=${columns("Now")} rows=${rows} rowKey=${(row) => row.key} caption="The site's settings" />
    ${kFromFile}
  </${Panel}>`;
}

function PrivacyPanel({ privacy, retention }) {
  const rows = [
    ...Object.entries(kSwitches).map(([name, what]) => ({ what, value: html`<${Badge} ...${kSaid[privacy[name]] ?? { tone: "quiet", label: privacy[name] }} />`, key: `[privacy] ${name}` })),
    { what: "Days that clicks stay as they came", value: formatCount(retention.raw_click_days), key: "[retention] raw_click_days" },
  ];
  return html`<${Panel} id="privacy" title="Privacy and retention">
    <${DataTable} columns=${columns("Now")} rows=${rows} rowKey=${(row) => row.key} caption="Privacy and retention" />
    <p class="hint">No reader's address is written. Older clicks become columns without visitors' keys; every report still reads them. <code>candor privacy</code> prints what is kept, for your privacy notice.</p>
  </${Panel}>`;
}

function ProgrammesPanel({ programmes, revenue }) {
  const rows = [
    { what: "Clicks of a window share by", value: revenue.model === "time-decay" ? `time-decay, half after ${plural(revenue.half_life_days, "day")}` : revenue.model, key: "[revenue] model" },
    { what: "Report files are taken from", value: html`<code>${revenue.drop_dir}</code>`, key: "[revenue] drop_dir" },
    { what: "Currencies of files that name none", value: Object.entries(revenue.currency).map(([network, code]) => `${networkName(network)} ${code}`).join(", "), key: "[revenue] currency" },
  ];
  const kColumns = [
    { key: "name", label: "Programme", cell: (each) => each.name },
    { key: "hosts", label: "Hosts", wide: true, cell: (each) => each.hosts.join(", ") },
    { key: "parameter", label: "Pays with parameter", cell: (each) => each.parameter || "all links" },
  ];
  return html`<${Panel} id="programmes" title="Programmes and revenue">
    <${DataTable} columns=${columns("Now")} rows=${rows} rowKey=${(row) => row.key} caption="How revenue is taken in" />
    ${programmes.length === 0
      ? html`<${Empty} title="No programme of your own"><p>The networks Candor knows are found by themselves. A shop that pays you directly is named in candor.toml, under <code>[[programmes]]</code>.</p></${Empty}>`
      : html`<${DataTable} columns=${kColumns} rows=${programmes} rowKey=${(each) => each.name} caption="Your own programmes" />`}
  </${Panel}>`;
}

function BackupPanel({ backup, onDone }) {
  const { api, toast } = useContext(App);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);

  async function run() {
    setBusy(true);
    setProblem(null);
    try {
      const made = await api.send("POST", apiPath("/jobs/backup"));
      toast({ text: `Copied ${formatBytes(made.bytes)}.` });
    } catch (failed) {
      setProblem(failed);
    }
    setBusy(false);
    onDone();
  }
  const kColumns = [
    { key: "file", label: "Copy", cell: (each) => each.file_name },
    { key: "bytes", label: "Size", numeric: true, cell: (each) => formatBytes(each.bytes) },
  ];
  return html`<${Panel} id="backup" title="Backups" note=${`Newest ${formatCount(backup.keep)} kept`}
      actions=${html`<button type="button" class="button small" disabled=${busy} onClick=${run}>${busy ? "Copying…" : "Back up now"}</button>`}>
    ${problem && html`<${Problem} problem=${problem} />`}
    ${backup.files.length === 0
      ? html`<${Empty} title="No copy yet"><p>The nightly job makes one a day; the button makes one now.</p></${Empty}>`
      : html`<${DataTable} columns=${kColumns} rows=${backup.files} rowKey=${(each) => each.file_name} caption="Copies of the database, newest first" />`}
    <p class="hint">In <code>${backup.dir || "no folder"}</code>. Keep copies on another machine as well, with the data folder's <code>keys</code>.</p>
  </${Panel}>`;
}

/** 178854392 as "178.9 MB". */
export function formatBytes(bytes, locale = undefined) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let [value, n] = [bytes, 0];
  for (; value >= 1000 && n < units.length - 1; n += 1) value /= 1000;
  return new Intl.NumberFormat(locale, { style: "unit", unit: units[n], unitDisplay: "short", maximumFractionDigits: n === 0 ? 0 : 1 }).format(value);
}
