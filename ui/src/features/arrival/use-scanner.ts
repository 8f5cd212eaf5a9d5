import { onScopeDispose, watchEffect } from "vue";

import { ScannerBuffer } from "./scanner";

/** Hears ticket codes that a USB scanner types, or that somebody pastes, wherever the focus is. */
export function useScanner(heard: (token: string) => void, affixes: () => { prefix: string; suffix: string }): void {
  const buffer = new ScannerBuffer();
  watchEffect(() => (buffer.affixes = affixes()));
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { swallow, token, released } = buffer.press(event.key, event.timeStamp);
    if (swallow) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (released) putBack(released);
    if (token) heard(token);
    clearTimeout(timer);
    timer = setTimeout(rested, ScannerBuffer.REST_MS);
  }
  function rested(): void {
    const token = buffer.rest(performance.now());
    if (token) heard(token);
  }
  function pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!text.startsWith("GST1.")) return;
    event.preventDefault();
    heard(text);
  }

  // Before all other listeners, so that a code never presses a shortcut.
  window.addEventListener("keydown", pressed, { capture: true });
  window.addEventListener("paste", pasted, { capture: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    window.removeEventListener("keydown", pressed, { capture: true });
    window.removeEventListener("paste", pasted, { capture: true });
  });
}

/** Gives characters back to the field in which a person was typing them. */
function putBack(text: string): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return;
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
