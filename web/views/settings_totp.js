// The authenticator app: a key to put into it, its first code, and codes for when it is lost.
import { inFours } from "../lib/accounts.js";
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { Badge, Field, Panel, Problem } from "../parts/basics.js";

export function TotpPanel() {
  const { api, session, reloadSession, toast } = useContext(App);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [key, setKey] = useState(null);
  const [codes, setCodes] = useState(null);
  const [problem, setProblem] = useState(null);
  const on = Boolean(session.user?.totp);
  const errorOf = (field) => (problem?.field === field ? problem.detail || problem.message : "");

  async function act(event, work) {
    event.preventDefault();
    setProblem(null);
    try {
      await work();
    } catch (failed) {
      setProblem(failed);
    }
  }
  const begin = (event) =>
    act(event, async () => {
      setKey(await api.send("POST", apiPath("/account/totp"), { password }));
      setPassword("");
    });
  const confirm = (event) =>
    act(event, async () => {
      const answer = await api.send("POST", apiPath("/account/totp/confirm"), { code });
      setCodes(answer.recovery_codes);
      setKey(null);
      setCode("");
      await reloadSession();
    });
  const end = (event) =>
    act(event, async () => {
      await api.send("POST", apiPath("/account/totp/end"), { password });
      setPassword("");
      setCodes(null);
      toast({ text: "No codes are asked for any more." });
      await reloadSession();
    });
  const passwordField = (label) => html`<${Field} id="totp-password" label=${label} type="password" required autocomplete="current-password"
    value=${password} error=${errorOf("password")} onInput=${(event) => setPassword(event.currentTarget.value)} />`;

  return html`<${Panel} id="totp" title="Authenticator app">
    ${problem && !["password", "code"].includes(problem.field) && html`<${Problem} problem=${problem} />`}
    ${codes && html`<${RecoveryCodes} codes=${codes} />`}
    ${on
      ? html`<form class="form narrow" onSubmit=${end}>
          <p><${Badge} tone="ok" label="On" /> Signing in takes a code of the app. ${session.user.recovery_codes} recovery codes are left.</p>
          ${passwordField("Password, to switch it off")}
          <div class="form-actions"><button type="submit" class="button">Switch off</button></div>
        </form>`
      : key
        ? html`<form class="form narrow" onSubmit=${confirm}>
            <p>Put this key into the app, or open <a href=${key.uri}>the app on this device</a>.</p>
            <p><code id="totp-key">${inFours(key.secret)}</code></p>
            <${Field} id="totp-code" label="The code it shows" required inputmode="numeric" autocomplete="one-time-code" value=${code}
              error=${errorOf("code")} onInput=${(event) => setCode(event.currentTarget.value)} />
            <div class="form-actions"><button type="submit" class="button primary">Switch on</button></div>
          </form>`
        : html`<form class="form narrow" onSubmit=${begin}>
            <p>A code from an app on your phone, asked for beside the password.</p>
            ${passwordField("Password")}
            <div class="form-actions"><button type="submit" class="button">Show the key</button></div>
          </form>`}
  </${Panel}>`;
}

function RecoveryCodes({ codes }) {
  return html`<div role="status">
    <p>Each of these stands in for the app once. Keep them: they are not shown again.</p>
    <ul class="plain" id="recovery-codes">${codes.map((each) => html`<li key=${each}><code>${each}</code></li>`)}</ul>
  </div>`;
}
