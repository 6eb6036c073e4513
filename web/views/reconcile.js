// What a network says it pays, beside what the ledger knows as approved and paid.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useRef, useState } from "../lib/dom.js";
import { kNetworks, networkName } from "../lib/format.js";
import { plainAmount, statementCsv } from "../lib/ledger.js";
import { micro } from "../lib/money.js";
import { dayAt } from "../lib/ranges.js";
import { Badge, Field, Icon, Money, PageHead, Panel, Problem } from "../parts/basics.js";
import { DataTable } from "../parts/data_table.js";
import { DropZone } from "../parts/drop_zone.js";
import { ErrorTable } from "../parts/row_errors.js";
import { RevenueTabs } from "../parts/tabs.js";

export function ReconcileView() {
  const { api } = useContext(App);
  const [state, setState] = useState({ answer: null, problem: null, busy: false });

  async function compare(bytes) {
    setState((before) => ({ ...before, problem: null, busy: true }));
    try {
      const answer = await api.send("POST", apiPath("/revenue/reconcile"), bytes);
      setState({ answer, problem: null, busy: false });
    } catch (problem) {
      setState({ answer: null, problem, busy: false });
    }
  }
  return html`
    <${PageHead} title="Reconcile" lead="Compares what a network says it pays with the approved and paid commissions of the month. Nothing is changed." />
    <${RevenueTabs} />
    ${state.problem && html`<${Problem} problem=${state.problem} />`}
    <${OnePayment} busy=${state.busy} onStatement=${compare} />
    <${StatementForm} busy=${state.busy} onStatement=${compare} />
    ${state.answer && html`<${Answer} answer=${state.answer} />`}`;
}

function OnePayment({ busy, onStatement }) {
  const { zone } = useContext(App);
  const [values, setValues] = useState({ network: "awin", account: "", currency: "USD", amount: "", period: dayAt(Date.now(), zone).slice(0, 7) });
  const [wrong, setWrong] = useState("");
  const input = (name) => ({ id: `payment-${name}`, value: values[name], required: name !== "account", autocomplete: "off", onInput: (event) => setValues({ ...values, [name]: event.currentTarget.value }) });
  const send = (event) => {
    event.preventDefault();
    const amount = plainAmount(values.amount);
    setWrong(amount === undefined ? "An amount like 1234.50." : "");
    if (amount === undefined) document.getElementById("payment-amount").focus();
    else onStatement(new Blob([statementCsv({ ...values, currency: values.currency.toUpperCase(), amount })]));
  };
  return html`<${Panel} id="payment" title="One payment">
    <form class="form" onSubmit=${send}>
      <div class="columns">
        <${Field} id="payment-network" label="Network">${(field) => html`<select ...${field} value=${values.network} onChange=${(event) => setValues({ ...values, network: event.currentTarget.value })}>
          ${Object.entries(kNetworks).map(([id, name]) => html`<option key=${id} value=${id} selected=${id === values.network}>${name}</option>`)}
        </select>`}</${Field}>
        <${Field} ...${input("amount")} label="Amount paid" inputmode="decimal" error=${wrong} />
        <${Field} ...${input("currency")} label="Currency" maxlength="3" pattern="[A-Za-z]{3}" autocapitalize="characters" />
        <${Field} ...${input("period")} label="For the month" type="month" pattern="\\d{4}-\\d{2}" placeholder="2026-03" />
        <${Field} ...${input("account")} label="Account" hint="Empty: all of the network together." />
      </div>
      <div class="form-actions"><button type="submit" class="button primary" disabled=${busy}>Compare</button></div>
    </form>
  </${Panel}>`;
}

function StatementForm({ busy, onStatement }) {
  const picker = useRef(null);
  const [file, setFile] = useState(null);
  return html`<${Panel} id="statement" title="A statement of several">
    <form class="form" onSubmit=${(event) => {
      event.preventDefault();
      if (file) onStatement(file);
      else picker.current.focus();
    }}>
      <${DropZone} id="statement-file" title="Drop a statement here, or choose one" hint="CSV with the columns network, account, currency, amount, period (2026-03)" accept=".csv,text/csv" file=${file} onFile=${setFile} inputRef=${picker} />
      <div class="form-actions"><button type="submit" class="button" disabled=${busy || !file}>Compare the statement</button></div>
    </form>
  </${Panel}>`;
}

function Answer({ answer }) {
  const tone = answer.agrees ? "ok" : "warn";
  return html`<${Panel} id="compared" title="Compared">
    <p class=${`notice tone-${tone}`} role="status"><${Icon} name=${tone} /><span>${answer.agrees
      ? "The statement and the ledger agree to the cent."
      : "They differ. Import the network's newest report: a commission may have been approved or reversed since; what stays is a question to the network."}</span></p>
    <${DataTable} columns=${kColumns} rows=${answer.data} rowKey=${(line) => [line.network, line.account, line.currency, line.period].join("/")} caption="Statement beside ledger" />
    ${answer.errors.length > 0 && html`<h3>Lines that could not be read</h3><${ErrorTable} errors=${answer.errors} />`}
  </${Panel}>`;
}

const kColumns = [
  { key: "network", label: "Network", cell: (line) => html`${networkName(line.network)}${line.account && html` <span class="soft">${line.account}</span>`}` },
  { key: "period", label: "Month", cell: (line) => line.period },
  { key: "statement", label: "Statement", numeric: true, cell: (line) => (line.stated ? html`<${Money} value=${line.statement_micro} currency=${line.currency} />` : html`<span class="soft">says nothing</span>`) },
  { key: "ledger", label: "Ledger", help: "Approved and paid", numeric: true, cell: (line) => html`<${Money} value=${line.ledger_micro} currency=${line.currency} />` },
  {
    key: "difference",
    label: "Difference",
    numeric: true,
    cell: (line) => (micro(line.difference_micro) === 0n ? html`<${Badge} tone="ok" label="Agrees" />` : html`<strong><${Money} value=${line.difference_micro} currency=${line.currency} /></strong>`),
  },
];
