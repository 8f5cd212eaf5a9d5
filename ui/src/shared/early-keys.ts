/**
 * Keys that somebody pressed before the page was ready to hear them: kept from the first moment and given back once it is.
 */
const kept: KeyboardEventInit[] = [];

function keep({ key, ctrlKey, metaKey, altKey, shiftKey, repeat }: KeyboardEvent): void {
  if (!ctrlKey && !metaKey && !altKey && !repeat && kept.length < 20) kept.push({ key, shiftKey, bubbles: true, cancelable: true });
}

/** Keeps keys from now on. */
export function keepEarlyKeys(): void {
  window.addEventListener("keydown", keep);
}

/** Stops keeping and gives back what was kept. */
export function releaseEarlyKeys(): void {
  window.removeEventListener("keydown", keep);
  for (const init of kept.splice(0)) document.body.dispatchEvent(new KeyboardEvent("keydown", init));
}
