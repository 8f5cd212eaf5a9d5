import { onMounted, onScopeDispose, ref, shallowRef } from "vue";

import { problemOf } from "./api/problem";
import type { Problem } from "./api/types";

/** What a page shows, fetched when it opens and whenever `load` is called. What comes late never replaces what is newer. */
export function useLoaded<T>(fetched: () => Promise<T>, everyMs?: number) {
  const data = shallowRef<T>();
  const problem = shallowRef<Problem>();
  const busy = ref(false);
  let turn = 0;

  async function load(): Promise<void> {
    const mine = ++turn;
    busy.value = true;
    try {
      const next = await fetched();
      if (mine !== turn) return;
      data.value = next;
      problem.value = undefined;
    } catch (cause) {
      if (mine === turn) problem.value = problemOf(cause);
    } finally {
      if (mine === turn) busy.value = false;
    }
  }
  onMounted(load);
  if (everyMs !== undefined) {
    const timer = setInterval(() => document.visibilityState === "visible" && void load(), everyMs);
    onScopeDispose(() => clearInterval(timer));
  }
  return { data, problem, busy, load };
}

/** A list that the server gives page by page. */
export function usePages<Row, Cursor>(fetched: (from: Cursor | undefined) => Promise<{ rows: Row[]; next: Cursor | undefined }>) {
  const rows = shallowRef<Row[]>();
  const next = shallowRef<Cursor>();
  const problem = shallowRef<Problem>();
  const busy = ref(false);

  async function page(from: Cursor | undefined): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      const got = await fetched(from);
      rows.value = from === undefined ? got.rows : [...(rows.value ?? []), ...got.rows];
      next.value = got.next;
      problem.value = undefined;
    } catch (cause) {
      problem.value = problemOf(cause);
    } finally {
      busy.value = false;
    }
  }
  onMounted(() => page(undefined));
  return { rows, next, problem, busy, load: () => page(undefined), more: () => page(next.value) };
}
