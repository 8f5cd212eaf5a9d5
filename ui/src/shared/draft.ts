import type { Ref } from "vue";
import { ref, watch } from "vue";

const PREFIX = "gradshot.draft.";

/** Forgets everything that was being written: somebody else may use this phone next. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/**
 * What somebody is writing, kept while the tab is open: a refresh, or a look at another page, loses nothing. `done` forgets
 * it once it was sent.
 */
export function useDraft<T extends object>(name: string, empty: () => T): { draft: Ref<T>; done: () => void } {
  const key = PREFIX + name;
  const draft = ref({ ...empty(), ...kept(key) }) as Ref<T>;
  const stop = watch(
    draft,
    (now) => {
      try {
        sessionStorage.setItem(key, JSON.stringify(now));
      } catch {
        // Nothing is kept where nothing may be kept.
      }
    },
    { deep: true },
  );

  function done(): void {
    stop();
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }
  return { draft, done };
}

function kept(key: string): object | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? "null") as object | null) ?? undefined;
  } catch {
    return undefined;
  }
}
