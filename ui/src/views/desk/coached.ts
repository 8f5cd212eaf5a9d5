import type { Coaching, CurrentStudent } from "@/shared/api/types";
import type { Hint } from "./hint";
import { selectedShot } from "./primary";

/** What the coach says now, where shooting comes next; nothing while a shot is looked at or nobody is watched. */
export function coachedHint(current: CurrentStudent | null | undefined, coaching: Coaching | undefined, retaking?: string): Hint | undefined {
  if (!coaching || current?.phase !== "arrived") return undefined;
  const shot = selectedShot(current);
  if (shot && shot.id !== retaking) return undefined;
  const [first] = coaching.hints;
  if (first) return { zh: first.zh, en: first.en, tone: "retake" };
  return coaching.ready ? { key: "desk.hint_in_order", tone: "pass" } : { key: "desk.hint_hold" };
}
