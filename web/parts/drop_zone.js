// A place to drop a file on, or to choose one from; the keyboard reaches the file input inside.
import { html, useState } from "../lib/dom.js";
import { plural } from "../lib/format.js";

/** `onFile(file)` gets the file or null; `inputRef` the input, for the focus. */
export function DropZone({ id, title, hint, accept, file, onFile, inputRef }) {
  const [over, setOver] = useState(false);
  return html`<label class=${`drop ${over ? "over" : ""}`} for=${id}
    onDragOver=${(event) => {
      event.preventDefault();
      setOver(true);
    }}
    onDragLeave=${() => setOver(false)}
    onDrop=${(event) => {
      event.preventDefault();
      setOver(false);
      onFile(event.dataTransfer.files?.[0] ?? null);
    }}>
    <span class="drop-title">${file ? file.name : title}</span>
    <span class="soft">${file ? plural(file.size, "byte") : hint}</span>
    <input ref=${inputRef} id=${id} type="file" accept=${accept} onChange=${(event) => onFile(event.currentTarget.files?.[0] ?? null)} />
  </label>`;
}
