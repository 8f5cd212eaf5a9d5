import type { Ticket } from "@/shared/api/types";

/** The ticket as it was last heard of, so that a phone without network still shows its number and its code. */
export interface LastSeen {
  collection: string;
  ticket: Ticket;
  at: number;
}

const KEY = "gradshot.last-ticket";
/** A ticket is good for one day. */
const KEPT_MS = 16 * 60 * 60_000;

export const remembered = {
  keep(collection: string, ticket: Ticket): void {
    try {
      localStorage.setItem(KEY, JSON.stringify({ collection, ticket, at: Date.now() } satisfies LastSeen));
    } catch {
      // Nothing is kept where nothing may be kept.
    }
  },
  get(): LastSeen | undefined {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as LastSeen | null;
      return kept && Date.now() - kept.at < KEPT_MS ? kept : undefined;
    } catch {
      return undefined;
    }
  },
  forget(): void {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  },
};
