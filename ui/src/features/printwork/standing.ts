import type { PrintWork } from "@/shared/api/types";

/** Where a print order stands for whoever prints it: a paid one waits for the reviewer, or may be begun. */
export type Standing = Exclude<PrintWork["state"], "paid"> | "in_review" | "ready";

/** Where this one stands. */
export function standing({ state, may_print }: PrintWork): Standing {
  return state === "paid" ? (may_print ? "ready" : "in_review") : state;
}

/** Colour and shape of each. */
export const TONES = {
  unpaid: "waiting",
  in_review: "waiting",
  ready: "pass",
  printing: "waiting",
  sent: "pass",
  received: "pass",
  cancelled: "refused",
  refunding: "refused",
  refunded: "refused",
} as const satisfies Record<Standing, string>;
