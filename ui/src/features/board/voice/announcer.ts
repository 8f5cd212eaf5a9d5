import type { BoardCall } from "@/shared/api/types";
import type { Step, VoiceLanguage } from "./plan";
import { callSteps } from "./plan";

/** What can be chosen about a board's voice. */
export interface VoiceSettings {
  languages: VoiceLanguage[];
  /** How often each call is said, 1 to 3. */
  times: number;
  chime: boolean;
  /** 0 to 100; 0 is silence. */
  volume: number;
  /** Names of the stations whose calls are said; all when empty. */
  stations: string[];
}

/** What is said in one go. */
export interface Utterance {
  number: string;
  steps: Step[];
}

interface Pending {
  number: string;
  station: string;
  said: number;
}

/**
 * Whom to call next. Every call is said once before any is repeated, the earlier first. Who has come, or whose call was taken
 * back, is not called any more, so that the queue is never longer than the board. The desk has the same machine in Rust;
 * `assets/voice/cases.json` holds both to the same days.
 */
export class Announcer {
  #known: Set<string> | undefined;
  #pending: Pending[] = [];

  /** The calls as they stand now, the newest first. On the first look nothing is new. */
  see(called: readonly BoardCall[], settings: VoiceSettings): void {
    const standing = called.filter(({ arrived }) => !arrived);
    this.#pending = this.#pending.filter((pending) => standing.some(({ number }) => number === pending.number));
    if (this.#known) {
      for (const call of [...standing].reverse()) {
        const isOurs = settings.stations.length === 0 || settings.stations.includes(call.station_name);
        if (isOurs && !this.#known.has(keyOf(call))) this.#queue(call);
      }
    }
    this.#known = new Set(standing.map(keyOf));
  }

  /** What to say now; `undefined` when there is nothing to say. */
  next(settings: VoiceSettings): Utterance | undefined {
    if (settings.volume === 0 || settings.languages.length === 0) this.#pending = [];
    const fewest = Math.min(...this.#pending.map(({ said }) => said));
    const pending = this.#pending.find(({ said }) => said === fewest);
    if (!pending) return undefined;
    pending.said += 1;
    if (pending.said >= Math.min(Math.max(settings.times, 1), 3)) this.#pending = this.#pending.filter((other) => other !== pending);
    const withChime = settings.chime && pending.said === 1;
    return { number: pending.number, steps: callSteps(pending.number, pending.station, settings.languages, withChime) };
  }

  /** A call that was not said yet keeps its place; one that was said before goes to the end. */
  #queue({ number, station_name: station }: BoardCall): void {
    const unsaid = this.#pending.find((other) => other.number === number && other.said === 0);
    if (unsaid) {
      unsaid.station = station;
      return;
    }
    this.#pending = this.#pending.filter((other) => other.number !== number);
    this.#pending.push({ number, station, said: 0 });
  }
}

function keyOf({ number, at }: BoardCall): string {
  return `${number}@${at}`;
}
