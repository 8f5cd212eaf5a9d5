import { onScopeDispose, ref, shallowRef, watch } from "vue";

import { answer, server } from "@/shared/api/client";
import type { StreamLink } from "@/shared/api/events";
import { listen } from "@/shared/api/events";
import { problemOf } from "@/shared/api/problem";
import type { Collection, Problem } from "@/shared/api/types";

/** One collection as the server has it now: asked for once, then heard of. */
export function useLiveCollection(id: () => string | undefined) {
  const collection = shallowRef<Collection>();
  const problem = shallowRef<Problem>();
  const link = ref<StreamLink>("connecting");
  let stop: (() => void) | undefined;

  function hear(next: string | undefined): void {
    stop?.();
    stop = undefined;
    problem.value = undefined;
    if (collection.value?.id !== next) collection.value = undefined;
    if (next === undefined) return;

    // The stream cannot say why it does not open; this can.
    answer(server.GET("/api/collections/{id}", { params: { path: { id: next } } })).then(
      (came) => {
        if (id() === next) collection.value ??= came;
      },
      (cause: unknown) => {
        if (id() === next && !collection.value) problem.value = problemOf(cause);
      },
    );
    stop = listen<Collection>(
      `/api/collections/${next}/events`,
      "collection",
      (came) => {
        if (id() === next) collection.value = came;
      },
      (standing) => (link.value = standing),
    );
  }
  watch(id, hear, { immediate: true });
  onScopeDispose(() => stop?.());

  return { collection, problem, link };
}
