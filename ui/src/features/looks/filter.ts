import type { AccessReason, LookedKind } from "@/shared/api/types";
import { calendarDay } from "@/shared/format";

/** What staff look at, roughly. */
export const KINDS: readonly LookedKind[] = ["portrait", "bundle", "person"];
/** Why staff look; what happens without them is no look of theirs. */
export const REASONS: readonly AccessReason[] = ["review", "hand_over", "download", "print", "support", "phone_search", "roster_request"];
/** Days that are a press away; none for any time. */
export const RANGES = { week: 7, month: 30, ever: undefined } as const;
export type Range = keyof typeof RANGES;

/** The first day of the last `days` ones, in China. */
export function firstDay(days: number | undefined, now: Date): string {
  return days === undefined ? "" : calendarDay(new Date(now.getTime() - (days - 1) * 86_400_000));
}
