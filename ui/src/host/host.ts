import type { Coaching, DayReport, DeskCommand, DeskState } from "@/shared/api/types";
import type { BoardScreen } from "@/shared/board-screen";

/** Which picture of a shot. */
export type PictureKind = "shot" | "portrait" | "sheet";

/** Takes a listener away again. */
export type Stop = () => void;

/**
 * The desk's door to the station: the window's own channel, a local socket, or a play for tests. Pages know nothing else
 * about where they run.
 */
export interface DeskHost {
  /** Does a command; throws a `ProblemError` where the station refuses. */
  send(command: DeskCommand): Promise<DeskState>;
  /** Hears each new state, sent whole. */
  onState(heard: (state: DeskState) => void): Stop;
  /** Hears each frame of the live view, a JPEG file. */
  onFrame(heard: (jpeg: Blob) => void): Stop;
  /** Hears what the coach says to the newest frame; nothing while nobody stands before the camera. */
  onCoaching(heard: (coaching: Coaching | undefined) => void): Stop;
  /** Hears whether the station itself can be reached. */
  onLink(heard: (up: boolean) => void): Stop;
  /** A picture of a shot; `sheet` is the portrait on paper, while it can be printed. */
  shotPicture(shot: string, kind: PictureKind): Promise<Blob>;
  /**
   * Prints a sheet by the system's dialog in paper of this size, millimetres, and says what came of it; only where the window can,
   * `page` where it leaves that to the page after all.
   */
  printSheet?(shot: string, size: readonly [number, number], copies: number): Promise<"sent" | "cancelled" | "page">;
  /** What this station did on a day like 2026-05-18, or does today. */
  dayReport(day?: string): Promise<DayReport>;
  /** Pairs this PC by a code from the office; only where the window can. An empty server is this PC's own. */
  pair?(code: string, server: string): Promise<void>;
  /** The screens that are plugged in; only where the window can. */
  screens?(): Promise<BoardScreen[]>;
  /** Has the board fill a screen, or makes it a plain window; opens one that was closed. */
  moveBoard?(screen: string | undefined): Promise<void>;
  /** Hands a text over as a file; gives its path where one is known. */
  saveText(name: string, text: string): Promise<string | undefined>;
}

/** Listeners of one kind. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Stop {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  tell(value: T): void {
    for (const listener of this.#all) listener(value);
  }
}
