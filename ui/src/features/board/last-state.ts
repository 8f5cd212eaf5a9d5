import type { Board } from "@/shared/api/types";
import { calendarDay } from "@/shared/format";

/** A board as it was seen last, and when. */
export interface LastState {
  board: Board;
  seen: string;
}

const keyOf = (code: string) => `gradshot.board.last.${code}`;

/** What this studio's board showed last today, so that a page that was opened anew without a server shows something. */
export function lastState(code: string, now: Date): LastState | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(code)) ?? "null") as LastState | null;
    // Yesterday's numbers would be called to people who have none of them.
    const isToday = found !== null && calendarDay(found.seen) === calendarDay(now);
    return isToday && Array.isArray(found.board.called) && Array.isArray(found.board.next) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what the board shows. */
export function keepState(code: string, board: Board, now: Date): void {
  try {
    localStorage.setItem(keyOf(code), JSON.stringify({ board, seen: now.toISOString() } satisfies LastState));
  } catch {
    // Nothing is kept where nothing may be kept.
  }
}
