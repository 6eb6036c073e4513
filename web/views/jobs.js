// What the nightly job did, step by step, and a button for the impatient.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { formatSpan, formatTime } from "../lib/format.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { Badge, Empty, Loaded, PageHead, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";

const kStates = {
  done: { tone: "ok", label: "Done" },
  attention: { tone: "warn", label: "Needs a look" },
  failed: { tone: "error", label: "Failed" },
  interrupted: { tone: "warn", label: "Interrupted" },
  running: { tone: "info", label: "Running" },
};

export function JobsView() {
  const { api, zone } = useContext(App);
  const jobs = useResource(apiPath("/jobs"), { every: kPollMs });
  const [run, setRun] = useState({ busy: false, steps: null, problem: null });

  async function nightly() {
    setRun({ busy: true, steps: null, problem: null });
    try {
      const answer = await api.send("POST", apiPath("/jobs/nightly"));
      setRun({ busy: false, steps: answer?.steps ?? [], problem: null });
    } catch (problem) {
      setRun({ busy: false, steps: null, problem });
    }
    jobs.refresh();
  }

  return html`
    <${PageHead} title="Jobs" lead="The nightly job imports dropped files, attributes revenue and writes the reports. Running it twice changes nothing.">
      <button type="button" class="button primary" disabled=${run.busy} onClick=${nightly}>${run.busy ? "Running…" : "Run nightly now"}</button>
    </${PageHead}>
    ${run.busy && html`<${Progress} />`}
    <div role="status">
      ${run.problem && html`<${Problem} problem=${run.problem} />`}
      ${run.steps && html`<${Panel} id="ran" title="This run">
        <${DataTable} columns=${kStepColumns} rows=${run.steps} rowKey=${(step) => step.step} caption="Steps of this run" />
      </${Panel}>`}
    </div>
    <${Panel} id="history" title="History">
      <${Loaded} resource=${jobs} lines=${6}>${(data) =>
        data.data.length === 0
          ? html`<${Empty} title="No job has run yet"><p>Schedule <code>candor nightly</code> with cron or a systemd timer, or run it from here.</p></${Empty}>`
          : html`<${DataTable} columns=${columns(zone)} rows=${data.data} rowKey=${(each) => `${each.job}/${each.step}/${each.started_at}`} caption="Jobs, newest first" />`}</${Loaded}>
    </${Panel}>`;
}

/** Which step the run is at, asked every second. */
function Progress() {
  const progress = useResource(apiPath("/jobs/nightly"), { every: 1000 });
  if (!progress.data) return null;
  const { steps, running } = progress.data;
  const at = Math.max(0, steps.indexOf(running));
  return html`<p class="job-progress"><progress aria-label="The nightly job" max=${steps.length} value=${at}></progress> <span role="status">${running ? `Step ${at + 1} of ${steps.length}: ${running}` : "Beginning"}</span></p>`;
}

const stateOf = (state) => kStates[state] ?? { tone: "quiet", label: state };
const stepName = (each) => each.step || "whole job";

const kStepColumns = [
  { key: "step", label: "Step", cell: stepName },
  { key: "state", label: "State", cell: (each) => html`<${Badge} ...${outcomeOf(each)} />` },
  { key: "message", label: "Result", wide: true, cell: (each) => each.message || null },
];

function outcomeOf(step) {
  if (step.failed) return kStates.failed;
  return step.attention ? { tone: "warn", label: "Needs attention" } : kStates.done;
}

const columns = (zone) => [
  { key: "started", label: "Started", cell: (each) => html`<span class="nowrap">${formatTime(each.started_at, zone, { seconds: true })}</span>` },
  { key: "job", label: "Job", cell: (each) => html`${each.job} <span class="soft">${stepName(each)}</span>` },
  { key: "state", label: "State", cell: (each) => html`<${Badge} ...${stateOf(each.state)} />` },
  {
    key: "took",
    label: "Took",
    numeric: true,
    cell: (each) => (each.finished_at ? formatSpan(new Date(each.started_at), new Date(each.finished_at)) : null),
  },
  { key: "watermark", label: "Complete up to", cell: (each) => each.watermark || null },
  { key: "message", label: "Result", wide: true, cell: (each) => each.message || null },
];
