import { onScopeDispose } from "vue";

/** What a key does; `false` means "not now", and the key goes on its way. */
export type Action = () => boolean | void;

/** Keys by their `KeyboardEvent.key`, letters in lower case, the space bar as `Space`. */
export type Shortcuts = Record<string, Action>;

/** Listens to keys on the whole page, but not while somebody types into a field or moves with the keyboard. */
export function useShortcuts(shortcuts: () => Shortcuts): void {
  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = nameOf(event);
    if (isTyping(event.target) && !isFunctionKey(name)) return;
    if ((name === "Enter" || name === "Space") && isChosenByKeyboard(event.target)) return;
    const action = shortcuts()[name];
    if (action && action() !== false) event.preventDefault();
  }
  window.addEventListener("keydown", pressed);
  onScopeDispose(() => window.removeEventListener("keydown", pressed));
}

function nameOf(event: KeyboardEvent): string {
  if (event.key === " ") return "Space";
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function isFunctionKey(name: string): boolean {
  return /^F\d{1,2}$/.test(name);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

/** A button that somebody walked to with Tab answers Enter and Space itself. */
function isChosenByKeyboard(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("button:focus-visible, a:focus-visible");
}
