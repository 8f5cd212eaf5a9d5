import { ref, shallowRef, watch } from "vue";

import { answer, server } from "@/shared/api/client";
import type { Campaign } from "@/shared/api/types";

/** Which campaign: what to search for, and its id or its code. */
interface Wanted {
  q: string;
  id?: string;
  code?: string;
}

/** A campaign with its policy, found among what its school collects; a closed one is not found. */
export function useCampaign(wanted: () => Wanted | undefined) {
  const campaign = shallowRef<Campaign>();
  const isMissing = ref(false);

  watch(
    () => JSON.stringify(wanted() ?? null),
    async (key) => {
      const want = JSON.parse(key) as Wanted | null;
      isMissing.value = false;
      if (!want) return void (campaign.value = undefined);
      if (campaign.value && (campaign.value.id === want.id || campaign.value.code === want.code)) return;
      campaign.value = undefined;
      const found = await answer(server.GET("/api/schools", { params: { query: { q: want.q.slice(0, 40) } } })).catch(() => undefined);
      if (JSON.stringify(wanted() ?? null) !== key) return;
      campaign.value = found?.schools.flatMap(({ campaigns }) => campaigns).find(({ id, code }) => (want.id ? id === want.id : code === want.code));
      isMissing.value = !campaign.value;
    },
    { immediate: true },
  );
  return { campaign, isMissing };
}
