// The owner's password, the session, and how this browser behaves.
import { apiPath } from "../lib/api.js";
import { App, html, useContext, useState } from "../lib/dom.js";
import { Field, PageHead, Panel, Problem } from "../parts/basics.js";
import { BrowserPanel } from "./settings_browser.js";
import { MailPanel } from "./settings_mail.js";
import { SessionsPanel } from "./settings_sessions.js";
import { SharesPanel } from "./settings_shares.js";
import { SitePanels } from "./settings_site.js";
import { TokensPanel } from "./settings_tokens.js";
import { TotpPanel } from "./settings_totp.js";
import { ChangesPanel, UsersPanel } from "./settings_users.js";

export function SettingsView() {
  const { api, session, reloadSession, toast, zone } = useContext(App);
  const isOwner = session.user?.role === "owner";

  async function signOut() {
    try {
      await api.send("DELETE", apiPath("/session"));
      api.forget();
      await reloadSession();
    } catch (problem) {
      toast({ text: problem.message });
    }
  }

  return html`
    <${PageHead} title="Settings" />
    ${isOwner && html`<${SitePanels} /><${MailPanel} />`}
    <${PasswordForm} />
    <${TotpPanel} />
    <${SessionsPanel} />
    ${isOwner && html`<${UsersPanel} /><${TokensPanel} /><${SharesPanel} /><${ChangesPanel} />`}
    <${BrowserPanel} />
    <${Panel} id="about" title="This site">
      <dl class="facts">
        <div><dt>Site</dt><dd>${session.site}</dd></div>
        <div><dt>Time zone</dt><dd>${zone}</dd></div>
        <div><dt>Candor</dt><dd>${session.version}</dd></div>
        <div><dt>Data</dt><dd>${session.demo ? "Demo data, made up" : "Your own"}</dd></div>
      </dl>
      <p class="hint">candor doctor checks the installation, and the way of a click to it.</p>
      <button type="button" class="button" onClick=${signOut}>Sign out</button>
    </${Panel}>`;
}

function PasswordForm() {
  const { api, session, reloadSession, toast } = useContext(App);
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [current, setCurrent] = useState("");
  // Who came by a one-time link a moment ago may set one without knowing the old one.
  const [asksCurrent, setAsksCurrent] = useState(Boolean(session.password_set && !session.by_link));
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);

  async function save(event) {
    event.preventDefault();
    if (busy) return;
    if (password !== again) {
      setProblem({ field: "again", detail: "The two are not the same." });
      document.getElementById("password-again").focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await api.send("PUT", apiPath("/account/password"), current ? { password, current } : { password });
      setCurrent("");
      setPassword("");
      setAgain("");
      toast({ text: "The password is set." });
      await reloadSession();
    } catch (failed) {
      const field = failed.field || "password";
      setProblem({ ...failed, field, detail: failed.message });
      if (field === "current") setAsksCurrent(true);
      setTimeout(() => document.getElementById(field === "current" ? "current-password" : "new-password")?.focus());
    }
    setBusy(false);
  }

  return html`<${Panel} id="password" title=${session.password_set ? "Change the password" : "Set a password"}>
    <form class="form narrow" onSubmit=${save}>
      ${!session.password_set && html`<p>Without one, only a one-time link signs you in.</p>`}
      ${problem && !["password", "again", "current"].includes(problem.field) && html`<${Problem} problem=${problem} />`}
      <input type="text" name="username" autocomplete="username" value=${session.user?.name ?? "owner"} class="visually-hidden" tabindex="-1" aria-hidden="true" readonly />
      ${asksCurrent && html`<${Field} id="current-password" label="Current password" type="password" required autocomplete="current-password" value=${current}
        error=${problem?.field === "current" ? problem.detail : ""} onInput=${(event) => setCurrent(event.currentTarget.value)} />`}
      <${Field} id="new-password" label="New password" type="password" required autocomplete="new-password" value=${password}
        error=${problem?.field === "password" ? problem.detail : ""} onInput=${(event) => setPassword(event.currentTarget.value)} />
      <${Field} id="password-again" label="The same again" type="password" required autocomplete="new-password" value=${again}
        error=${problem?.field === "again" ? problem.detail : ""} onInput=${(event) => setAgain(event.currentTarget.value)} />
      <div class="form-actions"><button type="submit" class="button primary" disabled=${busy}>${session.password_set ? "Change password" : "Set password"}</button></div>
    </form>
  </${Panel}>`;
}
