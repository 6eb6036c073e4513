// The first steps of a new site. They tick themselves by what really happened; nobody ticks them off.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useEffect, useState } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { firstStepsShown, hideFirstSteps, kSteps, stepsLeft } from "../lib/setup.js";
import { Icon, Panel } from "./basics.js";

export function FirstSteps({ always }) {
  const { zone } = useContext(App);
  const [hidden, setHidden] = useState(() => !firstStepsShown());
  const setup = useResource(hidden && !always ? null : apiPath("/setup"), { every: kPollMs });
  const data = setup.data;
  if (!data) return null;
  const left = stepsLeft(data.steps);
  // Who has done it all needs no list; who came here for it is told so once.
  if (left.length === 0 && !always) return null;
  const hide = () => {
    hideFirstSteps();
    setHidden(true);
  };
  if (hidden && !always) return null;
  return html`<${Panel} id="first" title="First steps" note=${`${data.steps.length - left.length} of ${data.steps.length} done`}
      actions=${always ? null : html`<button type="button" class="text-button" onClick=${hide}>Hide</button>`}>
    <ol class="setup">
      ${data.steps.map((step) => html`<${Step} key=${step.id} step=${step} data=${data} zone=${zone} onTested=${setup.refresh} />`)}
    </ol>
  </${Panel}>`;
}

function Step({ step, data, zone, onTested }) {
  const words = kSteps[step.id] ?? { title: step.id, how: "" };
  return html`<li class=${step.done ? "tone-ok" : "tone-quiet"}>
    <span class="setup-sign"><${Icon} name=${step.done ? "ok" : "quiet"} /><span class="visually-hidden">${step.done ? "Done:" : "To do:"}</span></span>
    <div>
      <p class="row-title">${words.title}</p>
      <p class="soft">${step.done ? (step.at ? `Since ${formatTime(step.at, zone)}` : "Done") : words.how}
        ${!step.done && words.href && html` <a href=${words.href}>${words.link}</a>`}</p>
      ${step.id === "click" && html`<${TestClick} data=${data} zone=${zone} onTested=${onTested} />`}
    </div>
  </li>`;
}

/** A signed address of a link: its click counts for nothing, and shows that clicks arrive. */
function TestClick({ data, zone, onTested }) {
  const { api } = useContext(App);
  const [test, setTest] = useState(null);
  const [sent, setSent] = useState(null);
  const [problem, setProblem] = useState("");
  const slug = data.test_link;
  useEffect(() => {
    if (!slug) return undefined;
    let ended = false;
    api.send("POST", apiPath("/clicks/test"), { link: slug }).then(
      (made) => !ended && setTest(made),
      (failed) => !ended && setProblem(failed.message),
    );
    return () => {
      ended = true;
    };
  }, [slug, sent]);
  if (!slug) return html`<p class="soft">Add a link first: then a test click can follow it.</p>`;
  if (problem) return html`<p class="error"><${Icon} name="error" />${problem}</p>`;
  const arrived = sent !== null && data.test_seen_at && Date.parse(data.test_seen_at) >= sent;
  const send = () => {
    setSent(Date.now() - 1000); // Moments are told in whole seconds.
    setTimeout(onTested, 1500);
  };
  return html`<p class="test-click">
    ${test && html`<a class="button small" href=${test.url} target="_blank" rel="noopener noreferrer" onClick=${send}>Send a test click</a>`}
    <span role="status">${arrived
      ? html`<strong>Arrived ${formatTime(data.test_seen_at, zone, { seconds: true, day: false })}.</strong> It counts for nothing.`
      : sent !== null
        ? "Waiting for it to arrive…"
        : `Opens /go/${slug} in a new tab, as a reader would; the merchant's page follows.`}</span>
  </p>`;
}
