import { ref, shallowRef, watch } from "vue";

import { answer, server } from "@/shared/api/client";
import type { Campaign } from "@/shared/api/types";

/** The campaign with this code and its policy, found among what its school collects; a closed one is not found. */
export function useCampaign(code: () => string | undefined) {
  const campaign = shallowRef<Campaign>();
  const isMissing = ref(false);

  watch(
    code,
    async (wanted) => {
      isMissing.value = false;
      if (!wanted) return void (campaign.value = undefined);
      if (campaign.value?.code === wanted) return;
      campaign.value = undefined;
      const found = await answer(server.GET("/api/schools", { params: { query: { q: wanted.slice(0, 40) } } })).catch(() => undefined);
      if (code() !== wanted) return;
      campaign.value = found?.schools.flatMap(({ campaigns }) => campaigns).find((one) => one.code === wanted && !one.closed_at);
      isMissing.value = !campaign.value;
    },
    { immediate: true },
  );
  return { campaign, isMissing };
}
