import type { CurrentStudent, Severity } from "@/shared/api/types";
import { selectedShot } from "./primary";

/** One line that says what to do now: a key of the messages, or a finding's own words. */
export type Hint =
  | { key: string; named?: Record<string, unknown>; tone?: Severity }
  | { zh: string; en: string; tone: Severity };

/** The hint for a moment; `retaking` as in `primaryOf`. */
export function hintOf(current: CurrentStudent | null | undefined, retaking?: string): Hint {
  if (!current) return { key: "desk.hint_free" };
  const named = { number: current.number };
  if (current.phase === "called") return { key: "desk.hint_called", named };
  if (current.phase === "sealing") return { key: "desk.hint_sealing" };

  const shot = selectedShot(current);
  if (!shot || shot.id === retaking) return { key: "desk.hint_arrived", named };
  const { progress } = shot;
  if (progress.stage === "developing") return { key: "desk.hint_developing" };
  if (progress.stage === "unreadable") return { zh: progress.zh, en: progress.en, tone: "retake" };

  if (current.other_face) return { key: "desk.hint_other_face", tone: "retake" };
  const { outcome, findings } = progress.verdict;
  if (outcome === "pass") return { key: "desk.hint_pass", tone: "pass" };
  if (outcome === "review") {
    const count = findings.filter(({ severity }) => severity === "review").length;
    return { key: "desk.hint_review", named: { count }, tone: "review" };
  }
  const gravest = findings.find(({ severity }) => severity === "retake");
  return gravest ? { zh: gravest.zh, en: gravest.en, tone: "retake" } : { key: "desk.hint_arrived", named };
}
