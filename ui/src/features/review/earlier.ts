import { computed, ref, watch } from "vue";

import type { ReviewItem } from "@/shared/api/types";
import { useObjectUrl } from "@/shared/object-url";

export type Earlier = NonNullable<ReviewItem["earlier"]>;

/**
 * The portrait of the same student before this one, to compare with. It is fetched only when somebody asks for it: each look
 * is written down for the student. The next portrait begins without.
 */
export function useEarlier(item: () => ReviewItem | undefined) {
  const comparing = ref(false);
  const isGone = ref(false);
  const opened = ref<string>();
  const earlier = computed<Earlier | undefined>(() => item()?.earlier ?? undefined);
  const picture = useObjectUrl(
    () => opened.value,
    async (url) => {
      const response = await fetch(url, { credentials: "same-origin" }).catch(() => undefined);
      isGone.value = !response?.ok;
      if (!response?.ok) throw new Error("no picture");
      return response.blob();
    },
  );

  watch(
    () => item()?.portrait,
    () => {
      comparing.value = isGone.value = false;
      opened.value = undefined;
    },
    { flush: "sync" },
  );

  /** Side by side, or not any more; `false` where there is nothing to compare with. */
  function compare(): boolean {
    if (!earlier.value) return false;
    comparing.value = !comparing.value;
    opened.value = earlier.value.picture_url;
    return true;
  }
  return { comparing, earlier, picture, isGone, compare };
}
