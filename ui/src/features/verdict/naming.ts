import { useI18n } from "vue-i18n";

import type { Finding, Question } from "@/shared/api/types";
import { useLanguage } from "@/shared/i18n";
import { adviceOf, isMeasured } from "./contents";
import type { Words } from "./contents";

/** Names what was measured, and says what was found in the listener's words. */
export function useNaming() {
  const { t, say } = useLanguage();
  const { te } = useI18n({ useScope: "global" });

  /** A short name; the finding's own words where this page does not know it. */
  function name(finding: Finding | Question): string {
    const key = `finding.${finding.id.replace(".", "_")}`;
    return te(key, "zh") ? t(key) : say(finding);
  }
  /** "It could not be measured" says little without its name. */
  function named(finding: Finding, words: Words): string {
    return isMeasured(finding) || words.zh !== finding.zh ? say(words) : t("verdict.about", { name: name(finding), words: say(words) });
  }
  return {
    name,
    /** What the operator and the reviewer are told. */
    found: (finding: Finding) => named(finding, finding),
    /** What the student is told. */
    advised: (finding: Finding) => named(finding, adviceOf(finding)),
  };
}
