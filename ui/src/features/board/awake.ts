import { onScopeDispose, ref } from "vue";

/** How long a page counts as looked after when nobody moves a pointer any more, milliseconds. */
const REST_MS = 4_000;

/** Whether somebody is at the board: a pointer moved, or a key was pressed, a moment ago. The pointer vanishes with that. */
export function useAwake() {
  const isAwake = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function rest(): void {
    isAwake.value = false;
    document.documentElement.style.cursor = "none";
  }
  function wake(): void {
    isAwake.value = true;
    document.documentElement.style.cursor = "";
    clearTimeout(timer);
    timer = setTimeout(rest, REST_MS);
  }
  const events = ["pointermove", "pointerdown", "keydown"] as const;
  for (const event of events) window.addEventListener(event, wake);
  onScopeDispose(() => {
    clearTimeout(timer);
    document.documentElement.style.cursor = "";
    for (const event of events) window.removeEventListener(event, wake);
  });
  return isAwake;
}
