import { ref } from "vue";

export type Theme = "light" | "dark";

/**
 * The page's colours: those of the address (`?theme=dark`), else those chosen before on this kind of page, else what the
 * page's own HTML says.
 */
export function useTheme() {
  const root = document.documentElement;
  const key = `gradshot.theme.${root.dataset.face ?? ""}`;
  const theme = ref<Theme>(asked() ?? kept(key) ?? (root.dataset.theme === "dark" ? "dark" : "light"));
  apply(theme.value);

  function apply(next: Theme): void {
    root.dataset.theme = next;
  }
  function turn(): void {
    theme.value = theme.value === "dark" ? "light" : "dark";
    apply(theme.value);
    try {
      localStorage.setItem(key, theme.value);
    } catch {
      // Nothing is kept where nothing may be kept.
    }
  }
  return { theme, turn };
}

function asked(): Theme | undefined {
  return named(new URLSearchParams(location.search).get("theme"));
}

function kept(key: string): Theme | undefined {
  try {
    return named(localStorage.getItem(key));
  } catch {
    return undefined;
  }
}

function named(text: string | null): Theme | undefined {
  return text === "light" || text === "dark" ? text : undefined;
}
