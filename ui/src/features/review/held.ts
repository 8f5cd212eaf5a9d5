import type { Decide } from "@/shared/api/types";

/** How long a decision can be taken back, milliseconds. */
export const UNDO_MS = 10_000;

/** A decision that was taken and not sent yet. */
export interface Held<Item> {
  item: Item;
  decision: Decide;
  /** Sent with it, so that the server does it once however often it arrives. */
  key: string;
  /** When it goes out, milliseconds. */
  until: number;
}

/** What is left of decisions in the browser until the server has answered them: ids, reasons and the key. */
export interface Kept {
  account: string;
  portrait: string;
  decision: Decide;
  key: string;
}

/** The decisions that are due at `now`, the oldest first, and those that still wait. */
export function due<Item>(held: readonly Held<Item>[], now: number): { out: Held<Item>[]; rest: Held<Item>[] } {
  return { out: held.filter(({ until }) => until <= now), rest: held.filter(({ until }) => until > now) };
}

/** Takes the newest decision back. */
export function undone<Item>(held: readonly Held<Item>[]): { last: Held<Item> | undefined; rest: Held<Item>[] } {
  return { last: held.at(-1), rest: held.slice(0, -1) };
}

/** Decisions a minute over the last five minutes; nothing is said of fewer than three. */
export function pace(times: readonly number[], now: number): number | undefined {
  const recent = times.filter((at) => now - at < 300_000);
  const [first] = recent;
  if (first === undefined || recent.length < 3) return undefined;
  const minutes = Math.max((now - first) / 60_000, 0.1);
  return Math.round((recent.length - 1) / minutes);
}

const STORE = "gradshot.review.held";

/** What an earlier page left behind. */
export function leftBehind(): Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(kept) ? (kept as Kept[]).filter((it) => typeof it.portrait === "string" && typeof it.key === "string") : [];
  } catch {
    return [];
  }
}

/** Writes down what has no answer yet, so that a page that dies loses none. */
export function keep(kept: readonly Kept[]): void {
  try {
    if (kept.length === 0) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Without a store, leaving the page still sends them.
  }
}
