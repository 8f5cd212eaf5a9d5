import type { OfficeOrder } from "@/shared/api/types";

export const STATES: readonly OfficeOrder["state"][] = ["unpaid", "paid", "refunding", "refunded", "closed"];
export const KINDS: readonly OfficeOrder["kind"][] = ["phone", "studio", "prints"];
/** Days that are a press away; none for any time. */
export const RANGES = { day: 1, week: 7, month: 30, ever: undefined } as const;
export type Range = keyof typeof RANGES;

export const TONES: Readonly<Record<OfficeOrder["state"], "pass" | "retake" | "waiting" | "refused">> = { unpaid: "retake", paid: "pass", refunding: "waiting", refunded: "refused", closed: "refused" };

/** How people tell a number to each other: by its end. */
export function shortNumber(id: string): string {
  return `…${id.slice(-8)}`;
}
