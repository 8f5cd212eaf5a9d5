import type { App } from "vue";
import { computed } from "vue";
import { createI18n, useI18n } from "vue-i18n";

import type { Language } from "@/shared/format";
import common from "./common";
import nouns from "./nouns";
import type { Bundle, Texts } from "./messages";
import { merged } from "./messages";

export { texts } from "./messages";

const KEY = "gradshot.language";

let added: ((bundle: Bundle) => void) | undefined;

/** Speaks the language of the address (`?lang=en`), else the one chosen before, else Chinese. */
export function installI18n(app: App, bundles: Bundle[]): void {
  const { zh, en } = merged([common, nouns, ...bundles]);
  const language = chosenLanguage();
  // Messages are checked by tests; here they are plain trees of texts.
  const i18n = createI18n<[Texts], Language, false>({ legacy: false, locale: language, fallbackLocale: "zh", messages: { zh, en } });
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  app.use(i18n);
  added = (bundle) => {
    i18n.global.mergeLocaleMessage("zh", bundle.zh);
    i18n.global.mergeLocaleMessage("en", bundle.en);
  };
}

/** Texts of a part that is loaded later. */
export function addTexts(bundle: Bundle): void {
  added?.(bundle);
}

/** The language spoken, a way to change it, and ways to say texts that came from elsewhere in two languages, or in Chinese and perhaps in English. */
export function useLanguage() {
  const { locale, t } = useI18n({ useScope: "global" });
  const language = computed<Language>(() => (locale.value === "en" ? "en" : "zh"));
  function speak(next: Language): void {
    locale.value = next;
    document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
    keep(next);
  }
  function say(pair: { zh: string; en: string }): string {
    return language.value === "zh" ? pair.zh : pair.en;
  }
  function named(zh: string, en: string | null | undefined): string {
    return language.value === "en" && en ? en : zh;
  }
  return { t, language, speak, say, named };
}

function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked === "en" || asked === "zh") return asked;
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // A browser that keeps nothing still speaks the language until it is closed.
  }
}
