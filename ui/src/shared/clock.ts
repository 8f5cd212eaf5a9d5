import { onScopeDispose, ref } from "vue";

/** The present moment, renewed every `every_ms`. */
export function useNow(everyMs = 1000) {
  const now = ref(new Date());
  const timer = setInterval(() => (now.value = new Date()), everyMs);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
