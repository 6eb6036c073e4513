// Signing in: with the one-time link that Candor prints, or with a password set before.
import { App, html, useContext, useState } from "../lib/dom.js";
import { Field, Problem } from "../parts/basics.js";
import { Brand, DemoBanner } from "../parts/shell.js";

export function LoginView() {
  const { api, session, route, go, reloadSession } = useContext(App);
  const once = route.path === "/login" ? route.params.once : undefined;
  const [password, setPassword] = useState("");
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
      setProblem(failed);
      setBusy(false);
    }
  }

  return html`<main class="alone login">
    <${Brand} />
    <h1 tabindex="-1" id="page-title">Sign in${session.site ? ` to ${session.site}` : ""}</h1>
    ${session.demo && html`<${DemoBanner} />`}
    ${problem && html`<${Problem} problem=${problem} />`}
    ${once &&
    html`<form onSubmit=${(event) => signIn({ once }, event)}>
      <p>This link signs you in once.</p>
      <button type="submit" class="button primary" disabled=${busy}>Sign in</button>
    </form>`}
    ${session.password_set &&
    html`<form onSubmit=${(event) => signIn({ password }, event)}>
      <input type="text" name="username" autocomplete="username" value="owner" class="visually-hidden" tabindex="-1" aria-hidden="true" readonly />
      <${Field} id="password" label="Password" type="password" name="password" required autocomplete="current-password"
        value=${password} onInput=${(event) => setPassword(event.currentTarget.value)} />
      <button type="submit" class=${`button ${once ? "" : "primary"}`} disabled=${busy}>Sign in with password</button>
    </form>`}
    ${!once && html`<p class="hint">${session.password_set ? "No password at hand? " : ""}Open the one-time link that Candor printed when it started, or make a new one: <code>candor user invite</code></p>`}
  </main>`;
}
