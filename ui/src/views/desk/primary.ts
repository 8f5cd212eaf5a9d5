import type { CurrentStudent, Shot } from "@/shared/api/types";

/** The one thing to do now. */
export type Primary = "call_next" | "confirm_arrival" | "shoot" | "accept" | "wait";

/** The shot that is looked at. */
export function selectedShot(current: CurrentStudent | null | undefined): Shot | undefined {
  return current?.shots.find(({ id }) => id === current.selected);
}

/** Whether a shot has become a portrait that may go on. */
export function isAcceptable(shot: Shot | undefined): boolean {
  return shot?.progress.stage === "ready" && shot.progress.has_portrait && shot.progress.verdict.outcome !== "retake";
}

/**
 * The one primary action of a moment. `retaking` is the shot that the operator has just sent away with 重拍: as long as it
 * is the one looked at, shooting comes first again.
 */
export function primaryOf(current: CurrentStudent | null | undefined, retaking?: string): Primary {
  if (!current) return "call_next";
  if (current.phase === "called") return "confirm_arrival";
  if (current.phase === "sealing") return "wait";
  const shot = selectedShot(current);
  return isAcceptable(shot) && shot?.id !== retaking ? "accept" : "shoot";
}
