import { onScopeDispose, ref, watch } from "vue";

/** The address of a blob that is fetched whenever `key` changes, and given back when it is not needed any more. */
export function useObjectUrl(key: () => string | undefined, fetched: (key: string) => Promise<Blob>) {
  const url = ref<string>();
  let wanted: string | undefined;

  function release(): void {
    if (url.value) URL.revokeObjectURL(url.value);
    url.value = undefined;
  }
  watch(
    key,
    async (next) => {
      wanted = next;
      release();
      if (next === undefined) return;
      const blob = await fetched(next).catch(() => undefined);
      // A picture that comes late must never stand in the place of another one.
      if (blob && wanted === next) url.value = URL.createObjectURL(blob);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    wanted = undefined;
    release();
  });
  return url;
}
