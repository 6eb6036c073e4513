// The rules of a link: who is sent where. Each rule is a fieldset; the first that holds decides.
import { html } from "../lib/dom.js";
import { conditionsOf, emptyRule, formToRule, kDevices, kSystems, kWeekdays, sharesOf } from "../lib/link_rules.js";
import { Field } from "./basics.js";

const kMostRules = 50;
const kDayNames = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };

/** `rules`: as typed; `errorAt(inputId)`: the server's complaint about that input. */
export function RulesEditor({ rules, onRules, errorAt, zone }) {
  const change = (n, rule) => onRules(rules.map((each, at) => (at === n ? rule : each)));
  const move = (n, by) => {
    const next = [...rules];
    const [rule] = next.splice(n, 1);
    next.splice(n + by, 0, rule);
    onRules(next);
  };
  return html`<div class="rules" id="link-rules" tabindex="-1">
    ${rules.length === 0 && html`<p class="soft">None: everybody goes to the destination above.</p>`}
    ${rules.map((rule, n) => html`<${Rule} key=${n} n=${n} rule=${rule} zone=${zone} errorAt=${errorAt} last=${n === rules.length - 1}
      onRule=${(next) => change(n, next)} onMove=${(by) => move(n, by)} onRemove=${() => onRules(rules.filter((_, at) => at !== n))} />`)}
    <button type="button" class="button small" disabled=${rules.length >= kMostRules} onClick=${() => onRules([...rules, emptyRule()])}>Add a rule</button>
  </div>`;
}

function Rule({ n, rule, zone, errorAt, last, onRule, onMove, onRemove }) {
  const set = (name, value) => onRule({ ...rule, [name]: value });
  const text = (name) => {
    const id = `rule-${n}-${name}`;
    return { id, value: rule[name], error: errorAt(id), autocomplete: "off", onInput: (event) => set(name, event.currentTarget.value) };
  };
  const name = rule.name || `Rule ${n + 1}`;
  return html`<fieldset class="rule">
    <legend>${name}</legend>
    <p class="soft">${conditionsOf(formToRule(rule))}</p>
    <div class="columns">
      <${Field} ...${text("country")} label="Country is" placeholder="DE, AT" hint="Two letters each (ISO 3166)." />
      <${Field} ...${text("country_not")} label="Country is not" placeholder="CH" />
      <${Field} ...${text("language")} label="Language is" placeholder="de, en" hint="Without its region." />
      <${Field} ...${text("name")} label="Name of the rule" />
    </div>
    <${Choices} id=${`rule-${n}-device`} label="Device" all=${kDevices} chosen=${rule.device} error=${errorAt(`rule-${n}-device`)} onChoose=${(device) => set("device", device)} />
    <${Choices} id=${`rule-${n}-os`} label="System" all=${kSystems} chosen=${rule.os} error=${errorAt(`rule-${n}-os`)} onChoose=${(os) => set("os", os)} />
    <${Choices} id=${`rule-${n}-weekdays`} label="Weekdays" all=${kWeekdays} names=${kDayNames} chosen=${rule.weekdays} error=${errorAt(`rule-${n}-weekdays`)} onChoose=${(weekdays) => set("weekdays", weekdays)} />
    <div class="columns">
      <${Field} ...${text("hours")} label="Hours" placeholder="22:00-06:00" hint=${`In ${zone}.`} />
      <${Field} ...${text("from")} type="datetime-local" label="From" />
      <${Field} ...${text("until")} type="datetime-local" label="Until" />
      <${Field} id=${`rule-${n}-query`} label="Parameters of the request" hint="One a line: src=mail" error=${errorAt(`rule-${n}-query`)}>${(field) => html`<textarea ...${field} rows="2" spellcheck="false" value=${rule.query} onInput=${(event) => set("query", event.currentTarget.value)} />`}</${Field}>
    </div>
    <${Targets} n=${n} targets=${rule.targets} errorAt=${errorAt} onTargets=${(targets) => set("targets", targets)} />
    <div class="form-actions">
      <button type="button" class="text-button" disabled=${n === 0} aria-label=${`Earlier: ${name}`} onClick=${() => onMove(-1)}>Earlier</button>
      <button type="button" class="text-button" disabled=${last} aria-label=${`Later: ${name}`} onClick=${() => onMove(1)}>Later</button>
      <button type="button" class="text-button danger" aria-label=${`Remove ${name}`} onClick=${onRemove}>Remove</button>
    </div>
  </fieldset>`;
}

function Choices({ id, label, all, names = {}, chosen, error, onChoose }) {
  const toggle = (value, on) => onChoose(on ? [...chosen, value] : chosen.filter((each) => each !== value));
  return html`<fieldset class="choices" id=${id} tabindex="-1">
    <legend>${label}</legend>
    ${all.map((value) => html`<label key=${value} class="check"><input type="checkbox" checked=${chosen.includes(value)} onChange=${(event) => toggle(value, event.currentTarget.checked)} /> ${names[value] ?? value}</label>`)}
    ${error && html`<p class="error">${error}</p>`}
  </fieldset>`;
}

function Targets({ n, targets, errorAt, onTargets }) {
  const shares = sharesOf(targets);
  const change = (at, name, value) => onTargets(targets.map((each, m) => (m === at ? { ...each, [name]: value } : each)));
  const several = targets.length > 1;
  return html`<div class="targets">
    ${targets.map((target, at) => {
      const id = `rule-${n}-target-${at}`;
      return html`<div key=${at} class="target">
        <${Field} id=${`${id}-destination`} type="url" spellcheck="false" required label=${several ? `Destination ${at + 1}` : "Then to"} value=${target.destination} error=${errorAt(`${id}-destination`)}
          onInput=${(event) => change(at, "destination", event.currentTarget.value)} />
        ${several && html`<${Field} id=${`${id}-weight`} type="number" min="1" max="1000" label=${`Weight (${shares[at]})`} placeholder="1" value=${target.weight} error=${errorAt(`${id}-weight`)}
          onInput=${(event) => change(at, "weight", event.currentTarget.value)} />
        <button type="button" class="text-button danger" aria-label=${`Remove destination ${at + 1} of rule ${n + 1}`} onClick=${() => onTargets(targets.filter((_, m) => m !== at))}>Remove</button>`}
      </div>`;
    })}
    <button type="button" class="text-button" aria-label=${`Split: another destination for rule ${n + 1}`} onClick=${() => onTargets([...targets, { destination: "", weight: "" }])}>Split: another destination</button>
  </div>`;
}
