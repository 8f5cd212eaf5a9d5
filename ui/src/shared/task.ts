import { ref, shallowRef } from "vue";

import { problemOf } from "./api/problem";
import type { Problem } from "./api/types";

/** Something that takes a moment and may fail: never twice at once, and its problem kept to be shown. */
export function useTask() {
  const busy = ref(false);
  const problem = shallowRef<Problem>();

  async function run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    problem.value = undefined;
    try {
      return await work();
    } catch (cause) {
      problem.value = problemOf(cause);
      return undefined;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, run };
}
