import { onScopeDispose, ref, watch } from "vue";

/**
 * The address of a blob that is fetched whenever `key` changes, and given back when it is not needed any more. Between two
 * keys that show the `same` thing the old picture stays until the new one is there, so that nothing flickers.
 */
export function useObjectUrl(key: () => string | undefined, fetched: (key: string) => Promise<Blob>, same: (before: string, next: string) => boolean = () => false) {
  const url = ref<string>();
  let wanted: string | undefined;

  function release(): void {
    if (url.value) URL.revokeObjectURL(url.value);
    url.value = undefined;
  }
  watch(
    key,
    async (next) => {
      const stays = wanted !== undefined && next !== undefined && same(wanted, next);
      wanted = next;
      if (!stays) release();
      if (next === undefined) return;
      const blob = await fetched(next).catch(() => undefined);
      // A picture that comes late must never stand in the place of another one.
      if (blob && wanted === next) {
        release();
        url.value = URL.createObjectURL(blob);
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    wanted = undefined;
    release();
  });
  return url;
}
