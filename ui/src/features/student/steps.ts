import type { NextStep } from "@/shared/api/types";

/** The four steps of the bar, in their order. */
export const STEPS = ["register", "visit", "confirm", "online"] as const;

/** Which of the four a student is at; before there is a collection it is the first. */
export function stepOf(next: NextStep | undefined): number {
  switch (next) {
    case undefined:
    case "consent":
      return 0;
    case "choose_route":
    case "pay":
    case "read_rules":
    case "take_photo":
    case "check_in":
    case "wait":
    case "come":
    case "wait_for_portrait":
      return 1;
    case "decide":
      return 2;
    case "wait_for_review":
    case "wait_for_registry":
      return 3;
    case "done":
      return 4;
  }
}
