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

/** Pages that are fetched for a file of the whole list. */
const MOST_PAGES = 200;

/** A list that the server gives page by page. A list that is asked for anew replaces one that is still on its way. */
export function usePages<Row, Cursor>(fetched: (from: Cursor | undefined) => Promise<{ rows: Row[]; next: Cursor | undefined }>) {
  const rows = shallowRef<Row[]>();
  const next = shallowRef<Cursor>();
  const problem = shallowRef<Problem>();
  const busy = ref(false);
  let turn = 0;

  async function page(from: Cursor | undefined): Promise<void> {
    if (busy.value && from !== undefined) return;
    const mine = ++turn;
    busy.value = true;
    try {
      const got = await fetched(from);
      if (mine !== turn) return;
      rows.value = from === undefined ? got.rows : [...(rows.value ?? []), ...got.rows];
      next.value = got.next;
      problem.value = undefined;
    } catch (cause) {
      if (mine === turn) problem.value = problemOf(cause);
    } finally {
      if (mine === turn) busy.value = false;
    }
  }

  /** Fetches what is left of the list. */
  async function all(): Promise<void> {
    for (let left = MOST_PAGES; left > 0 && next.value !== undefined && !busy.value; left -= 1) {
      await page(next.value);
      if (problem.value) return;
    }
  }
  onMounted(() => page(undefined));
  return { rows, next, problem, busy, load: () => page(undefined), more: () => page(next.value), all };
}
