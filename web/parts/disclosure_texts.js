// The words that go into pages, by jurisdiction and language; and texts of one's own, tried before they are used.
import { apiPath } from "../lib/api.js";
import { tomlOf } from "../lib/coverage.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { useResource } from "../lib/resource.js";
import { Field, Icon, Loaded, Panel, Problem } from "./basics.js";

export function DisclosureTexts() {
  const { route, setParams } = useContext(App);
  const { jurisdiction, language } = route.params;
  const texts = useResource(apiPath("/disclosure/texts", { jurisdiction, language }));
  return html`<${Loaded} resource=${texts} lines=${6}>${(data) => html`
    <${Panel} id="texts" title="What pages get" note=${data.jurisdictions.join(", ")}>
      <form class="filters" aria-label="Whose rules, and which language" onSubmit=${(event) => event.preventDefault()}>
        <label>Language <select onChange=${(event) => setParams({ language: event.currentTarget.value || undefined })}>
          <option value="">As the site's</option>
          ${data.languages.map((each) => html`<option key=${each} value=${each} selected=${language === each}>${each}</option>`)}
        </select></label>
        <${Jurisdictions} data=${data} chosen=${jurisdiction} onChoose=${(codes) => setParams({ jurisdiction: codes.join(",") || undefined })} />
      </form>
      <${Preview} data=${data} />
    </${Panel}>
    <${OwnTexts} key=${data.language} data=${data} jurisdiction=${jurisdiction} />`}</${Loaded}>`;
}

function Jurisdictions({ data, chosen, onChoose }) {
  const codes = chosen ? chosen.split(",") : data.jurisdictions;
  const toggle = (code) => onChoose(codes.includes(code) ? codes.filter((each) => each !== code) : [...codes, code]);
  return html`<details class="choices"><summary>Jurisdictions: ${codes.join(", ")}</summary>
    <fieldset><legend class="visually-hidden">Jurisdictions</legend>
      ${data.known_jurisdictions.map((code) => html`<label key=${code} class="choice"><input type="checkbox" checked=${codes.includes(code)} onChange=${() => toggle(code)} /> ${code}</label>`)}
    </fieldset>
  </details>`;
}

/** The texts where they stand on a page. */
function Preview({ data }) {
  const label = data.labels.join(" ");
  return html`
    <div class="page-preview" lang=${data.language}>
      <p class="page-notice">${data.top}</p>
      <p>${data.label_stands === "before" ? html`<b>${label}</b> <u>A shop's kettle</u>` : html`<u>A shop's kettle</u> <b>${label}</b>`}</p>
    </div>
    <dl class="facts texts">
      <div class="wide"><dt>Where some shop links pay nobody</dt><dd lang=${data.language}>${data.top}</dd></div>
      <div class="wide"><dt>Where every shop link pays</dt><dd lang=${data.language}>${data.top_all}</dd></div>
      <div class="wide"><dt>Beside each paid link</dt><dd lang=${data.language}>${label} <span class="soft" lang="en">${data.label_stands} its text</span></dd></div>
      ${data.title_label && html`<div class="wide"><dt>In front of the title</dt><dd lang=${data.language}>${data.title_label}</dd></div>`}
      ${data.footer && html`<div class="wide"><dt>In the footer, where that is wanted</dt><dd lang=${data.language}>${data.footer}</dd></div>`}
      ${data.amazon && html`<div class="wide"><dt>Amazon's own sentence, on pages with its links</dt><dd>${data.amazon}</dd></div>`}
    </dl>
    ${data.notes.length > 0 && html`<div class="notice tone-warn"><${Icon} name="warn" /><div><p>${plural(data.notes.length, "remark")}</p><ul>${data.notes.map((note) => html`<li key=${note}>${note}</li>`)}</ul></div></div>`}`;
}

const kOwn = [
  { name: "top", label: "Top of the page", hint: "Where some shop links pay nobody. {site} is the site's name, {label} what paid links are marked with." },
  { name: "top_all", label: "Top of the page, every shop link pays", hint: "Empty: Candor's own." },
  { name: "label", label: "Label of a paid link", hint: "As in (paid link)." },
  { name: "footer", label: "Footer", hint: "How paid links are marked." },
];

/** A text that would not disclose is refused here, as candor.toml would refuse it. */
function OwnTexts({ data, jurisdiction }) {
  const { api, toast } = useContext(App);
  const [values, setValues] = useState({});
  const [tried, setTried] = useState(null);
  const [problem, setProblem] = useState(null);
  const toml = tried ? tomlOf(data.language, values) : "";
  const change = (name) => (event) => {
    setValues({ ...values, [name]: event.currentTarget.value });
    setTried(null);
  };
  async function attempt(event) {
    event.preventDefault();
    try {
      setTried(await api.send("POST", apiPath("/disclosure/texts"), { language: data.language, jurisdiction: jurisdiction || undefined, ...values }));
      setProblem(null);
    } catch (failed) {
      setTried(null);
      setProblem(failed);
      document.getElementById(`own-${failed.field}`)?.focus();
    }
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(toml);
      toast({ text: "Copied. Put it into candor.toml." });
    } catch {
      toast({ text: "Select the lines and copy them." }); // Browsers allow copying only on https and localhost.
    }
  };
  return html`<${Panel} id="own" title="Your own words" note=${`for pages in ${data.language}`}>
    <form class="form" onSubmit=${attempt} novalidate>
      ${problem && !kOwn.some((each) => each.name === problem.field) && html`<${Problem} problem=${problem} />`}
      ${kOwn.map((each) => html`<${Field} key=${each.name} id=${`own-${each.name}`} name=${each.name} label=${each.label} hint=${each.hint} autocomplete="off"
        value=${values[each.name] ?? ""} error=${problem?.field === each.name ? problem.detail : ""} onInput=${change(each.name)} />`)}
      <div class="form-actions"><button type="submit" class="button primary" disabled=${!Object.values(values).some(Boolean)}>Try them</button></div>
    </form>
    <div role="status">${tried && html`<p class="notice tone-ok"><${Icon} name="ok" /><span>These words disclose. To use them, put these lines into candor.toml and restart Candor:</span></p>
      <pre class="excerpt" tabindex="0" aria-label="Lines for candor.toml"><code>${toml}</code></pre>
      <p><button type="button" class="button small" onClick=${copy}>Copy</button></p>
      <${Preview} data=${tried} />`}</div>
  </${Panel}>`;
}
