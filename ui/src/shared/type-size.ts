import { ref } from "vue";

export type TypeSize = "normal" | "large";

const KEY = "gradshot.type";

/** Large type 大字版 for those who want it: everything grows with it, since sizes are relative to the root's. */
export function useTypeSize() {
  const size = ref<TypeSize>(kept());
  apply();

  function apply(): void {
    document.documentElement.dataset.type = size.value;
  }
  function turn(): void {
    size.value = size.value === "large" ? "normal" : "large";
    apply();
    try {
      localStorage.setItem(KEY, size.value);
    } catch {
      // It lasts as long as the page.
    }
  }
  return { size, turn };
}

function kept(): TypeSize {
  try {
    return localStorage.getItem(KEY) === "large" ? "large" : "normal";
  } catch {
    return "normal";
  }
}
