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
