import { nextTick, ref } from "vue";
import { describe, expect, test, vi } from "vitest";

import { completeNumber } from "@/features/arrival/number";
import { COLOURS, colourOf } from "@/features/person/colour";
import { dayCsv } from "@/features/day/csv";
import { matching } from "@/features/desksettings/search";
import { found, grouped, walked } from "@/features/queue/groups";
import { usePrint } from "@/features/printing/use-print";
import { NO_NUDGE, isAtRest, nudgedBy } from "@/features/shots/crop";
import type { Coaching, CurrentStudent, DeskState, QueueEntry, Severity, Shot } from "@/shared/api/types";
import { coachedHint } from "@/views/desk/coached";
import { hintOf } from "@/views/desk/hint";
import { isAcceptable, primaryOf } from "@/views/desk/primary";
import { newer } from "@/views/desk/store";

function state(revision: number): DeskState {
  return { revision, station_name: "1号机位", studio_name: "示范照相馆", demo: false, waiting_for_yes: [], outbox: [], server: "connected", camera: { model: "", ready: true, shoots_on_request: true, has_live_view: true, has_settings: false }, panel: { devices: [], settings: [], presets: [] }, printer: {}, paused: false, colleagues: [], settings: { coach: true, auto_shutter: false, countdown_ms: 1500, mirror_preview: false, compare_faces: true, scanner_prefix: "", scanner_suffix: "", scanner_webcam: "", back_after: 3, empties_card: false, printing: { way: "off", address: "", paper: "six_inch", per_sheet: 0, copies: 1, media_type: "", cut_marks: true, number: true, spool_agreed: false }, set_up: true, voice: { speaks: "at_the_server", languages: ["zh"], times: 2, chime: true, volume: 80, stations: [] } } };
}

function ready(id: string, outcome: Severity, has_portrait = true): Shot {
  const verdict = { outcome, findings: outcome === "pass" ? [] : [{ id: "pose.roll" as const, severity: outcome, unit: "deg" as const, zh: "头部右倾", en: "Head tilted" }] };
  return { id, taken_at: "2026-05-18T06:05:00Z", nudge: NO_NUDGE, composing: false, edition: 1, progress: { stage: "ready", verdict, has_portrait, millis: 400 } };
}

function student(rest: Partial<CurrentStudent>): CurrentStudent {
  return { ticket: "t", number: "A012", masked_name: "林**", category: "bachelor", phase: "arrived", times_called: 1, shots: [], other_face: false, ...rest } as CurrentStudent;
}

describe("state", () => {
  test("an older state never replaces a newer one", () => {
    const held = state(7);
    expect(newer(held, state(6))).toBe(held);
    expect(newer(held, state(8)).revision).toBe(8);
    expect(newer(undefined, state(1)).revision).toBe(1);
  });

  test("a station that was started again counts from the beginning", () => {
    expect(newer(state(700), state(1), true).revision).toBe(1);
  });
});

describe("the one primary action", () => {
  test("follows the student from call to seal", () => {
    expect(primaryOf(null)).toBe("call_next");
    expect(primaryOf(student({ phase: "called" }))).toBe("confirm_arrival");
    expect(primaryOf(student({}))).toBe("shoot");
    expect(primaryOf(student({ shots: [ready("s", "pass")], selected: "s" }))).toBe("accept");
    expect(primaryOf(student({ phase: "sealing" }))).toBe("wait");
  });

  test("a portrait that violates the standard cannot be accepted", () => {
    expect(isAcceptable(ready("s", "pass"))).toBe(true);
    expect(isAcceptable(ready("s", "review"))).toBe(true);
    expect(isAcceptable(ready("s", "retake"))).toBe(false);
    expect(isAcceptable(ready("s", "pass", false))).toBe(false);
    expect(primaryOf(student({ shots: [ready("s", "retake")], selected: "s" }))).toBe("shoot");
  });

  test("重拍 brings shooting back, until another shot is looked at", () => {
    const shots = [ready("one", "pass"), ready("two", "pass")];
    expect(primaryOf(student({ shots, selected: "one" }), "one")).toBe("shoot");
    expect(primaryOf(student({ shots, selected: "two" }), "one")).toBe("accept");
  });

  test("the hint says the gravest finding in its own words", () => {
    expect(hintOf(student({ shots: [ready("s", "retake")], selected: "s" }))).toEqual({ zh: "头部右倾", en: "Head tilted", tone: "retake" });
    expect(hintOf(null)).toEqual({ key: "desk.hint_free" });
  });
});

describe("the wrong-face guard", () => {
  test("two people in a row never share a colour", () => {
    let worn: { number: string; colour: number } | undefined;
    for (const number of ["A001", "A002", "A008", "A014", "A002", "B002", "A999"]) {
      const colour = colourOf(number, worn);
      expect(colour).not.toBe(worn?.colour);
      expect(colour).toBeLessThan(COLOURS);
      worn = { number, colour };
    }
  });

  test("the same person keeps the colour", () => {
    const worn = { number: "A012", colour: 5 };
    expect(colourOf("A012", worn)).toBe(5);
  });
});

describe("a typed number", () => {
  test.each([
    ["12", "A011", "A012"],
    ["012", "B011", "B012"],
    [" a012 ", "A011", "A012"],
    ["1234", "A011", "1234"],
    ["GST1.abc", "A011", "GST1.abc"],
  ])("%s", (typed, called, number) => expect(completeNumber(typed, called)).toBe(number));
});

test("the queue keeps its order within called, waiting and passed over", () => {
  const entry = (number: string, at: QueueEntry["state"]) => ({ number, state: at }) as QueueEntry;
  const groups = grouped([entry("A1", "called"), entry("A2", "arrived"), entry("A4", "waiting"), entry("A3", "waiting"), entry("A5", "skipped"), entry("A6", "served")]);
  expect(groups.atStations.map(({ number }) => number)).toEqual(["A1", "A2"]);
  expect(groups.waiting.map(({ number }) => number)).toEqual(["A4", "A3"]);
  expect(groups.skipped.map(({ number }) => number)).toEqual(["A5"]);
});

describe("finding somebody in the line", () => {
  const entries = ["A012", "A021", "B012"].map((number, at) => ({ ticket: `t${at}`, number, masked_name: ["林**", "陈**", "林**"][at] })) as QueueEntry[];

  test("by number with or without its letter, and by the name's first character", () => {
    const numbers = (wanted: string) => found(entries, wanted).map(({ number }) => number);
    expect(numbers("12")).toEqual(["A012", "B012"]);
    expect(numbers("a021")).toEqual(["A021"]);
    expect(numbers("林")).toEqual(["A012", "B012"]);
    expect(numbers(" ")).toHaveLength(3);
    expect(numbers("X")).toEqual([]);
  });

  test("the arrow keys stop at both ends", () => {
    expect([walked(entries, undefined, 1), walked(entries, "t0", 1), walked(entries, "t2", 1), walked(entries, "t0", -1), walked([], "t0", 1)]).toEqual(["t0", "t1", "t2", "t0", undefined]);
  });
});

describe("the crop", () => {
  test("moves by keys, in larger steps with Shift, and comes back with 0", () => {
    const right = nudgedBy("ArrowRight", NO_NUDGE, false);
    expect(right?.right_px).toBe(1);
    expect(nudgedBy("ArrowUp", NO_NUDGE, true)?.down_px).toBeLessThan(-1);
    expect(nudgedBy("+", NO_NUDGE, false)?.larger_permille).toBeGreaterThan(0);
    expect(isAtRest(nudgedBy("0", right ?? NO_NUDGE, false) ?? NO_NUDGE)).toBe(true);
    expect(nudgedBy("q", NO_NUDGE, false), "there is no key that rotates").toBeUndefined();
  });
});

describe("the coach's line", () => {
  const coaching = { hints: [{ id: "chin_up", zh: "下巴稍抬", en: "Chin up a little" }], ready: false } as unknown as Coaching;

  test("speaks while shooting comes next, and is silent while a shot is looked at", () => {
    expect(coachedHint(student({}), coaching)).toMatchObject({ zh: "下巴稍抬" });
    const shots = [ready("one", "pass")];
    expect(coachedHint(student({ shots, selected: "one" }), coaching)).toBeUndefined();
    expect(coachedHint(student({ shots, selected: "one" }), coaching, "one")).toMatchObject({ zh: "下巴稍抬" });
    expect(coachedHint(student({ phase: "called" }), coaching)).toBeUndefined();
    expect(coachedHint(student({}), { ...coaching, hints: [], ready: true })).toMatchObject({ key: "desk.hint_in_order" });
  });
});

test("settings are found by what they do", () => {
  const rows = [{ name: "自动拍摄", how: "退格键停止" }, { name: "预览镜像", how: "照片永远不镜像" }];
  expect(matching(rows, "镜像").map(({ name }) => name)).toEqual(["预览镜像"]);
  expect(matching(rows, "")).toHaveLength(2);
});

test("the day's table opens in Excel and has times of China", () => {
  const words = { number: "号码", joined: "取号", called: "叫号", arrived: "到场", sealed: "拍成", skipped: "过号", shots: "拍摄张数", refused_shots: "不合格张数", prints: "打印份数" };
  const students = [{ number: "A012", called_at: "2026-05-18T06:05:00Z", shots: 2, refused_shots: 1, prints: 3 }];
  const text = dayCsv({ day: "2026-05-18", students } as unknown as Parameters<typeof dayCsv>[0], words);
  expect(text.startsWith("\uFEFF号码,")).toBe(true);
  expect(text).toContain("A012,,14:05,,,,2,1,3\r\n");
});

describe("the system's print dialog", () => {
  async function printed(answer: () => Promise<"sent" | "cancelled" | "page">) {
    const last = { number: "A012", shot: "shot-1", printed: 0, print: null, stage: { stage: "idle" } } as unknown as NonNullable<DeskState["last_portrait"]>;
    const settings = { ...state(1).settings, printing: { ...state(1).settings.printing, way: "dialog" as const, spool_agreed: true } } as DeskState["settings"];
    const now = ref<DeskState>({ ...state(1), settings, last_portrait: last });
    const [send, complain] = [vi.fn(() => Promise.resolve(true)), vi.fn()];
    const prints = usePrint({ shotPicture: () => Promise.reject(new Error("no page prints")), printSheet: answer }, () => now.value, send, complain);
    expect(prints.print(1)).toBe(true);
    now.value = { ...now.value, last_portrait: { ...last, print: "print-1", stage: { stage: "dialog", copies: 1 } } };
    await nextTick();
    await new Promise((done) => setTimeout(done));
    return { settled: send.mock.calls.slice(1), complaints: complain.mock.calls };
  }

  test("whoever closes it is not asked what came of it, and one that fails says why", async () => {
    const nothing = [[{ command: "settle_print", print: "print-1", printed: false }]];
    expect(await printed(() => Promise.resolve("cancelled"))).toEqual({ settled: nothing, complaints: [] });
    const why = new Error("no printers");
    expect(await printed(() => Promise.reject(why))).toEqual({ settled: nothing, complaints: [[why]] });
    expect(await printed(() => Promise.resolve("sent"))).toEqual({ settled: [], complaints: [] });
  });
});
