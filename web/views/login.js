// Signing in: with the one-time link that Candor prints, or with a password set before; then with a
// code, where the user has an authenticator app.
import { App, html, useContext, useState } from "../lib/dom.js";
import { Field, Problem } from "../parts/basics.js";
import { Brand, DemoBanner } from "../parts/shell.js";

/// A lost password: a sign-in link by mail. The answer is the same whether there is such an account.
function ResetForm({ api }) {
  const [name, setName] = useState("");
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState(null);
  async function ask(event) {
    event.preventDefault();
    setProblem(null);
    try {
      setTold((await api.send("POST", "/api/v1/account/reset", { name })).message);
    } catch (failed) {
      setProblem(failed);
    }
  }
  if (!open) return html`<p><button type="button" class="button" onClick=${() => setOpen(true)}>Forgot the password?</button></p>`;
  return html`<form onSubmit=${ask}>
    ${problem && html`<${Problem} problem=${problem} />`}
    <${Field} id="reset-name" label="Name or mail address" name="username" required autocomplete="username" spellcheck="false" autocapitalize="none"
      hint="You get a link that signs you in once." value=${name} onInput=${(event) => setName(event.currentTarget.value)} />
    <button type="submit" class="button">Mail me a link</button>
    <p role="status">${told}</p>
  </form>`;
}

export function LoginView() {
  const { api, session, route, go, reloadSession } = useContext(App);
  const once = route.path === "/login" ? route.params.once : undefined;
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);

  async function signIn(body, event) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.send("POST", "/api/v1/session", body);
      // The token is spent: it goes out of the address and out of the history.
      if (route.path === "/login") go("/overview", {}, { replace: true });
      await reloadSession();
    } catch (failed) {
      // The password was right, and there is an authenticator: only now its code is asked for.
      const first = failed.field === "code" && !asksCode;
      if (failed.field === "code") setAsksCode(true);
      setProblem(first ? null : failed);
      setBusy(false);
      setTimeout(() => document.getElementById("code")?.focus());
    }
  }
  const withCode = (body) => (asksCode ? { ...body, code } : body);
  const codeField = html`<${Field} id="code" label="Code of your authenticator app" name="code" required autocomplete="one-time-code"
    inputmode="text" spellcheck="false" autocapitalize="none" hint="Six digits, or one of your recovery codes."
    value=${code} onInput=${(event) => setCode(event.currentTarget.value)} />`;

  return html`<main class="alone login">
    <${Brand} />
    <h1 tabindex="-1" id="page-title">Sign in${session.site ? ` to ${session.site}` : ""}</h1>
    ${session.demo && html`<${DemoBanner} />`}
    ${problem && html`<${Problem} problem=${problem} />`}
    ${once &&
    html`<form onSubmit=${(event) => signIn(withCode({ once }), event)}>
      <p>This link signs you in once.</p>
      ${asksCode && codeField}
      <button type="submit" class="button primary" disabled=${busy}>Sign in</button>
    </form>`}
    ${session.password_set && !(once && asksCode) &&
    html`<form onSubmit=${(event) => signIn(withCode(session.asks_name ? { name, password } : { password }), event)}>
      ${session.asks_name
        ? html`<${Field} id="name" label="Name" name="username" required autocomplete="username" spellcheck="false" autocapitalize="none"
            value=${name} onInput=${(event) => setName(event.currentTarget.value)} />`
        : html`<input type="text" name="username" autocomplete="username" value="owner" class="visually-hidden" tabindex="-1" aria-hidden="true" readonly />`}
      <${Field} id="password" label="Password" type="password" name="password" required autocomplete="current-password"
        value=${password} onInput=${(event) => setPassword(event.currentTarget.value)} />
      ${asksCode && !once && codeField}
      <button type="submit" class=${`button ${once ? "" : "primary"}`} disabled=${busy}>Sign in with password</button>
    </form>`}
    ${session.reset_by_mail && !once && html`<${ResetForm} api=${api} />`}
    ${!once && html`<p class="hint">${session.password_set ? "No password at hand? " : ""}Open the one-time link that Candor printed when it started, or make a new one: <code>candor user invite</code></p>`}
  </main>`;
}
