import { computed, ref } from "vue";

import type { Language } from "@/shared/format";
import type { VoiceSettings } from "./voice/announcer";
import type { VoiceLanguage } from "./voice/plan";

/** What can be chosen for one board, whatever the studio's other boards show. */
export interface BoardOptions {
  /** Names of the stations whose calls are shown and said; all when empty. */
  stations: string[];
  /** Whether masked names stand under the numbers. */
  names: boolean;
  /** Whether this board speaks. */
  voice: boolean;
  languages: VoiceLanguage[];
  times: number;
  chime: boolean;
  volume: number;
  /** The studio's own line at the foot; the page's own when empty. */
  text: string;
  /** The studio's own picture, as a data URL; none when empty. */
  picture: string;
}

export const FRESH: BoardOptions = {
  stations: [],
  names: true,
  voice: false,
  languages: ["zh"],
  times: 2,
  chime: true,
  volume: 80,
  text: "",
  picture: "",
};

/** No studio's line is longer. */
export const LONGEST_TEXT = 60;

/**
 * The options of the board with this studio's code: as kept in this browser, and above that as the address says
 * (`stations=1号机位,2号机位`, `names=0`, `voice=zh,en`, `text=…`). Several boards in one browser are told apart by `board=2`.
 */
export function useBoardOptions(code: string, address = new URLSearchParams(location.search)) {
  const key = `gradshot.board.${code}.${address.get("board") ?? "1"}`;
  const options = ref<BoardOptions>({ ...FRESH, ...kept(key), ...asked(address) });

  function choose(change: Partial<BoardOptions>): void {
    options.value = { ...options.value, ...change };
    try {
      localStorage.setItem(key, JSON.stringify(options.value));
    } catch {
      // A browser that keeps nothing, or not so much, shows what was chosen until it is closed.
    }
  }
  const voice = computed<VoiceSettings>(() => {
    const { languages, times, chime, volume, stations } = options.value;
    return { languages, times, chime, volume, stations };
  });
  return { options, voice, choose };
}

/** What the address wants. */
export function asked(address: URLSearchParams): Partial<BoardOptions> {
  const wanted: Partial<BoardOptions> = {};
  const stations = address.get("stations");
  if (stations !== null) wanted.stations = listed(stations);
  const names = address.get("names");
  if (names !== null) wanted.names = names !== "0";
  const languages = listed(address.get("voice") ?? "").filter((name): name is Language => name === "zh" || name === "en");
  if (languages.length > 0) Object.assign(wanted, { voice: true, languages });
  const text = address.get("text");
  if (text !== null) wanted.text = text.slice(0, LONGEST_TEXT);
  return wanted;
}

/**
 * Whether the desk's program on this very computer speaks already, so that the page keeps silent: it is said in the address
 * of the desk's own second window (`voice=desk`), and holds for a page that this computer serves to itself.
 */
export function deskSpeaks(address: URLSearchParams, hostname: string): boolean {
  const voice = address.get("voice");
  return voice === "desk" || (voice === null && /^(localhost|127\.|\[::1\])/.test(hostname));
}

function kept(key: string): Partial<BoardOptions> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof found !== "object" || found === null) return {};
    // Only what is of the kind that it should be: another version may have kept something else.
    const entries = Object.entries(found).filter(([name, value]) => name in FRESH && typeof value === typeof FRESH[name as keyof BoardOptions]);
    return Object.fromEntries(entries) as Partial<BoardOptions>;
  } catch {
    return {};
  }
}

function listed(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter(Boolean);
}
