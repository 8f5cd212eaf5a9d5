import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import cases from "@voice/cases.json";

import { asked, deskSpeaks } from "@/features/board/options";
import type { VoiceSettings } from "@/features/board/voice/announcer";
import { Announcer } from "@/features/board/voice/announcer";
import type { VoiceLanguage } from "@/features/board/voice/plan";
import { callSteps, stationNumber } from "@/features/board/voice/plan";
import type { BoardCall } from "@/shared/api/types";
import { clipFiles } from "../scripts/voice-clips";

const folder = join(import.meta.dirname, "../../assets/voice");
const clipsOf = (number: string, station: string, languages: VoiceLanguage[]) => callSteps(number, station, languages, false).map(({ clip }) => clip);

/** All clips together weigh no more. */
const MOST_BYTES = 3 * 1024 * 1024;

describe("the plan", () => {
  test.each(cases.stations.map(([name, number]) => [String(name), number ?? undefined] as const))("the station in “%s” is %s", (name, number) => {
    expect(stationNumber(name)).toBe(number);
  });

  test("a call is the clips that the cases name", () => {
    for (const { number, station, languages, clips } of cases.calls) expect(clipsOf(number, station, languages as VoiceLanguage[])).toEqual(clips);
  });

  test("a call fades from language to language", () => {
    expect(callSteps("A012", "1号机位", ["zh", "en"], true).map(({ pause_ms }) => pause_ms)).toEqual([150, 10, 120, 450, 10, 180, 900]);
  });

  test("every number that the server can give and every station can be said in both languages", () => {
    const missing = new Set<string>();
    for (const letter of "ABCDEFGHJKLMNPQRSTUVWXYZ") {
      for (let number = 1; number <= 999; number += 1) {
        const station = `${(number % 21) + 1}号机位`;
        for (const clip of clipsOf(letter + String(number).padStart(3, "0"), station, ["zh", "en"])) {
          if (!existsSync(join(folder, `${clip}.ogg`))) missing.add(clip);
        }
      }
    }
    expect([...missing]).toEqual([]);
  }, 30_000);

  test("the clips are small", () => {
    expect(clipFiles().length).toBeGreaterThan(700);
    expect(clipFiles().reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)).toBeLessThan(MOST_BYTES);
  });
});

describe("whom to call next", () => {
  const call = ([number, station_name, second, arrived]: (string | number | boolean)[]): BoardCall => ({
    number: String(number),
    station_name: String(station_name),
    masked_name: "林**",
    times: 1,
    at: new Date(Number(second) * 1000).toISOString(),
    arrived: Boolean(arrived),
  });

  test.each(cases.days.map((day) => [day.name, day] as const))("%s", (_name, day) => {
    const announcer = new Announcer();
    const settings = day.settings as VoiceSettings;
    const stations = new Map<string, string>();
    for (const step of day.steps) {
      if (step.called) {
        const called = step.called.map(call);
        for (const { number, station_name } of called) stations.set(number, station_name);
        announcer.see(called, settings);
        continue;
      }
      const number = step.says?.at(-1);
      const wanted = number && { number, steps: callSteps(number, stations.get(number) ?? "", settings.languages, step.says?.[0] === "chime") };
      expect(announcer.next(settings)).toEqual(wanted || undefined);
    }
  });
});

describe("what one board is for", () => {
  const address = (text: string) => new URLSearchParams(text);

  test("the address chooses stations, names, voice and text", () => {
    expect(asked(address("studio=SFZX"))).toEqual({});
    expect(asked(address("stations=1号机位, 2号机位&names=0&voice=zh,en,xx&text=欢迎"))).toEqual({
      stations: ["1号机位", "2号机位"],
      names: false,
      voice: true,
      languages: ["zh", "en"],
      text: "欢迎",
    });
    expect(asked(address("voice=desk"))).toEqual({});
  });

  test("on the desk's own computer the page keeps silent unless it is asked to speak", () => {
    expect(deskSpeaks(address("voice=desk"), "studio.lan")).toBe(true);
    expect(deskSpeaks(address(""), "127.0.0.1")).toBe(true);
    expect(deskSpeaks(address("voice=zh"), "127.0.0.1")).toBe(false);
    expect(deskSpeaks(address(""), "192.168.1.20")).toBe(false);
  });
});
