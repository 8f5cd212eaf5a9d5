import type { BoardCall } from "@/shared/api/types";

/** What makes a call one call: the number, how often it was called, and when. */
export function callKey({ number, times, at }: BoardCall): string {
  return `${number}×${times}@${at}`;
}

/**
 * The calls that were not there before, and so are worth a flash. Nothing is new on the first look, since a board that was
 * just switched on should not flash for calls of a while ago; somebody who has arrived needs no call any more.
 */
export function freshCalls(before: readonly BoardCall[] | undefined, now: readonly BoardCall[]): string[] {
  if (!before) return [];
  const known = new Set(before.map(callKey));
  return now.filter((call) => !call.arrived && !known.has(callKey(call))).map(({ number }) => number);
}
