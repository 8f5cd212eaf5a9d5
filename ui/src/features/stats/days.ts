import type { ReviewStats, ReviewerStats } from "@/shared/api/types";
import { calendarDay } from "@/shared/format";

/** The last `count` days in China, the oldest first. */
export function lastDays(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, back) => calendarDay(new Date(now.getTime() - (count - 1 - back) * 86_400_000)));
}

/** Days in one answer of the server. */
export const MOST_DAYS = 120;

/** How many days lie between two, both counted; 0 where one of them is none. */
export function daysBetween(from: string, to: string): number {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return Number.isFinite(days) ? Math.max(0, Math.round(days)) : 0;
}

/** All that reviewers did over these days, each reviewer once, the busiest first. */
export function summed(days: readonly ReviewStats[]): ReviewerStats[] {
  const all = new Map<string, ReviewerStats>();
  for (const { reviewers } of days) {
    for (const { reviewer, approved, rejected } of reviewers) {
      const so = all.get(reviewer) ?? { reviewer, approved: 0, rejected: 0 };
      all.set(reviewer, { reviewer, approved: so.approved + approved, rejected: so.rejected + rejected });
    }
  }
  return [...all.values()].sort((a, b) => b.approved + b.rejected - a.approved - a.rejected);
}

/** Approved and rejected of one day. */
export function totals({ reviewers }: ReviewStats): { approved: number; rejected: number } {
  return reviewers.reduce((sum, it) => ({ approved: sum.approved + it.approved, rejected: sum.rejected + it.rejected }), { approved: 0, rejected: 0 });
}

/** A round figure at or above the highest bar: 1, 2 or 5 times a power of ten. */
export function roundTop(highest: number): number {
  if (highest <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= highest) ?? highest;
}
