import type { Finding, Question, Severity, Verdict } from "@/shared/api/types";

/** The same words in both languages. */
export interface Words {
  zh: string;
  en: string;
}

const WEIGHT: Record<Severity, number> = { retake: 0, review: 1, pass: 2 };

/** What is not in order, the gravest first; among equals the order stays. */
export function complaintsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity !== "pass").sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

/** What is in order. */
export function passedOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === "pass");
}

/** Whether there was anything to measure: a picture without shoulders tells nothing about them. */
export function isMeasured({ measured }: Finding): boolean {
  return measured !== null && measured !== undefined;
}

/** What the reviewer is asked to look at besides; a verdict of an older station asks nothing. */
export function questionsOf(verdict: Verdict): readonly Question[] {
  return verdict.questions ?? [];
}

/** What the student should do about it; where there is nothing to do, what was found. */
export function adviceOf(finding: Finding): Words {
  return { zh: finding.student_zh || finding.zh, en: finding.student_en || finding.en };
}
