// The small parts every view is made of.
import { html, useEffect, useRef } from "../lib/dom.js";
import { moneyParts } from "../lib/money.js";

const kIcons = {
  ok: "M3.5 8.5l3 3 6-7",
  warn: "M8 2.2l6.3 11.3H1.7zM8 6.6v3.2M8 11.7v.1",
  error: "M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2zM8 4.8v4M8 11v.1",
  info: "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM8 7.3v3.9M8 4.9V5",
  quiet: "M4 8h8",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  up: "M4 10l4-4 4 4",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  plus: "M8 3v10M3 8h10",
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d=${kIcons[name] ?? kIcons.quiet} />
  </svg>`;
}

/** A state said with a word, a sign and a colour. */
export function Badge({ tone, label, help }) {
  return html`<span class=${`badge tone-${tone}`} title=${help || undefined}>
    <${Icon} name=${tone} />${label}</span>`;
}

export function Panel({ title, id, actions, children, tone, note }) {
  return html`<section class=${`panel ${tone ? `tone-${tone}` : ""}`} aria-labelledby=${id}>
    <div class="panel-head">
      <h2 id=${id}>${title}</h2>
      ${note && html`<p class="panel-note">${note}</p>`}
      ${actions && html`<div class="panel-actions">${actions}</div>`}
    </div>
    ${children}
  </section>`;
}

export function PageHead({ title, lead, children }) {
  return html`<div class="page-head">
    <div>
      <h1 tabindex="-1" id="page-title">${title}</h1>
      ${lead && html`<p class="lead">${lead}</p>`}
    </div>
    ${children}
  </div>`;
}

export function Money({ value, currency }) {
  if (value === null || value === undefined) return html`<span class="none">–</span>`;
  const [text, finer, rest] = moneyParts(value, currency);
  return html`<span class="money">${text}${finer && html`<span class="finer">${finer}</span>`}${rest}</span>`;
}

/** One amount per currency, below each other. */
export function MoneyLines({ lines, field, currencies }) {
  const listed = currencies ?? (lines ?? []).map((line) => line.currency);
  const amounts = listed
    .map((currency) => (lines ?? []).find((line) => line.currency === currency))
    .filter(Boolean);
  if (amounts.length === 0) return html`<span class="none">–</span>`;
  return html`<span class="money-lines">
    ${amounts.map(
      (line) => html`<${Money} key=${line.currency} value=${line[field]} currency=${line.currency} />`,
    )}
  </span>`;
}

/** What went wrong, in the server's words, and a way on. */
export function Problem({ problem, onRetry }) {
  return html`<div class="notice tone-error" role="alert">
    <${Icon} name="error" />
    <div>
      <strong>${problem.title || "That did not work"}</strong>
      ${problem.detail && problem.detail !== problem.title && html`<p>${problem.detail}</p>`}
      ${onRetry && html`<button type="button" class="button small" onClick=${onRetry}>Try again</button>`}
    </div>
  </div>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty">
    <p class="empty-title">${title}</p>
    ${children}
  </div>`;
}

export function Skeleton({ lines = 4 }) {
  return html`<div class="skeleton" role="status">
    <span class="visually-hidden">Loading…</span>
    ${Array.from({ length: lines }, (_, n) => html`<div key=${n} class="skeleton-line"></div>`)}
  </div>`;
}

/** Problem, skeleton or content of a resource; fades while the next answer is under way. */
export function Loaded({ resource, lines, children }) {
  if (resource.problem && resource.data === null)
    return html`<${Problem} problem=${resource.problem} onRetry=${resource.refresh} />`;
  if (resource.data === null) return html`<${Skeleton} lines=${lines} />`;
  return html`<div class=${resource.stale ? "stale" : ""} aria-busy=${resource.stale ? "true" : "false"}>
    ${children(resource.data)}
  </div>`;
}

/** Says how fresh the numbers are, and when they stopped being so. */
export function Freshness({ resource, format }) {
  if (resource.problem && resource.data !== null)
    return html`<p class="freshness tone-error"><${Icon} name="error" />Not reached since ${format(resource.at)}; trying again</p>`;
  if (!resource.at) return null;
  return html`<p class="freshness"><span class="dot" aria-hidden="true"></span>Live, as of ${format(resource.at)}</p>`;
}

/** A form field with its label, hint and the server's complaint. */
export function Field({ id, label, hint, error, children, ...input }) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return html`<div class=${`field ${error ? "has-error" : ""}`}>
    <label for=${id}>${label}</label>
    ${children
      ? children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? "true" : undefined })
      : html`<input id=${id} ...${input} aria-describedby=${described || undefined}
          aria-invalid=${error ? "true" : undefined} />`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && html`<p class="error" id=${`${id}-error`}><${Icon} name="error" />${error}</p>`}
  </div>`;
}

/** A modal dialog; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children }) {
  const box = useRef(null);
  useEffect(() => {
    const dialog = box.current;
    const opener = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      opener?.focus?.();
    };
  }, []);
  return html`<dialog ref=${box} aria-labelledby="dialog-title"
      onCancel=${(event) => {
        event.preventDefault();
        onClose();
      }}>
    <div class="dialog-head">
      <h2 id="dialog-title">${title}</h2>
      <button type="button" class="button quiet icon-only" aria-label="Close" onClick=${onClose}>
        <${Icon} name="close" />
      </button>
    </div>
    ${children}
  </dialog>`;
}
