import type { QueueEntry } from "@/shared/api/types";

/** The queue as a desk shows it. */
export interface QueueGroups {
  /** Called or before a camera, at any station. */
  atStations: QueueEntry[];
  waiting: QueueEntry[];
  skipped: QueueEntry[];
}

/** Sorts a queue's entries into the three groups and keeps their order. Others, such as cancelled ones, are not shown. */
export function grouped(entries: QueueEntry[]): QueueGroups {
  return {
    atStations: entries.filter(({ state }) => state === "called" || state === "arrived"),
    waiting: entries.filter(({ state }) => state === "waiting"),
    skipped: entries.filter(({ state }) => state === "skipped"),
  };
}

/** Entries whose number or masked name has what somebody types; a bare number finds the ticket of that number. */
export function found(entries: QueueEntry[], wanted: string): QueueEntry[] {
  const text = wanted.trim().toUpperCase();
  if (!text) return entries;
  return entries.filter(({ number, masked_name }) => number.includes(text) || Number(number.slice(1)) === Number(text) || masked_name.toUpperCase().includes(text));
}

/** The ticket one step further in the line, held at both ends. */
export function walked(entries: QueueEntry[], marked: string | undefined, step: 1 | -1): string | undefined {
  const at = entries.findIndex(({ ticket }) => ticket === marked);
  const next = at < 0 ? (step > 0 ? 0 : entries.length - 1) : Math.min(entries.length - 1, Math.max(0, at + step));
  return entries[next]?.ticket;
}
