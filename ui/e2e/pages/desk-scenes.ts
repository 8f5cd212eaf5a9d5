/** Every state of the desk and everything that opens on it, in the order of a day. Nobody here exists. */
import type { Page } from "@playwright/test";

import type { CameraSetting, Coaching, CurrentStudent, DayReport, DeskState, LastPortrait, OutboxEntry, PrinterLink, Shot, TestShot } from "../../src/shared/api/types";
import { inMinutes } from "./clock";
import { called, coaching, entry, lastPortrait, opening, printer, printsAt, ready, webcam } from "./desk-invented";
import { clean, gaze, good, thorough } from "./invented";

export interface Scene {
  /** What the desk is told first, when it opens. */
  first?: Partial<DeskState>;
  state?: Partial<DeskState>;
  coach?: Coaching;
  /** Pressed one after the other once the state is there. */
  keys?: readonly string[];
  /** What else is done then. */
  then?: (page: Page) => Promise<unknown>;
  /** Pictures in light colours too, and of a large screen. */
  also?: "light" | "large";
}

const FULL_QUEUE: NonNullable<DeskState["queue"]> = {
  business_day: "2026-05-18",
  entries: [
    entry("A011", "周**", { state: "arrived", times_called: 1, station_name: "2号机位" }),
    ...["林**", "陈**", "欧**", "赵**", "A**", "孙**", "吴**"].map((name, at) => entry(`A0${12 + at}`, name, { since: inMinutes(-14 + at), ...(at === 2 && { category: "master" }), ...(at === 4 && { priority: "ahead" as const }) })),
    entry("A008", "郑**", { state: "skipped", times_called: 3 }),
  ],
  waiting: 7,
  served: 10,
  expected_wait_minutes: 4,
};
const usual: Partial<DeskState> = { queue: FULL_QUEUE, demo: false, disk: { free_bytes: 212 * 2 ** 30, low: false }, colleagues: ["2号机位", "3号机位"].map((name, at) => ({ station: `station-${at + 2}`, name })) };
const camera: DeskState["camera"] = { model: "Nikon D750", ready: true, shoots_on_request: true, has_live_view: true, has_settings: true, trouble_zh: null, trouble_en: null, battery_percent: 78, shots_left: 412 };

/** The queue once the first one in the line was called. */
const queueAt = (state: "called" | "arrived"): DeskState["queue"] => ({ ...FULL_QUEUE, waiting: 6, entries: FULL_QUEUE.entries.map((it) => (it.number === "A012" ? { ...it, state, times_called: 1, station_name: "1号机位" } : it)) });
const calling: Partial<DeskState> = { ...usual, camera, queue: queueAt("called") };
const standing = (part: Partial<CurrentStudent> = {}): Partial<DeskState> => ({ ...usual, camera, queue: queueAt("arrived"), current: { ...called, phase: "arrived", arrival: "scanned", ...part } });
const shown = (...shots: Shot[]) => standing({ shots, selected: shots.at(-1)?.id ?? null });
const developing: Shot = { ...ready("shot-1"), edition: 0, progress: { stage: "developing" } };
const unreadable: Shot = { ...ready("shot-1"), progress: { stage: "unreadable", zh: "这张照片读不出来：文件不完整，请重拍", en: "This shot cannot be read: the file is not whole, please shoot again" } };
const refused: Shot = { ...ready("shot-1"), progress: { stage: "ready", has_portrait: false, millis: 96, verdict: { outcome: "retake", findings: [{ id: "face.count", severity: "retake", measured: 2, limit: { min: 1, max: 1 }, unit: "count", zh: "画面里有 2 个人，请只留一人再拍", en: "2 people in the picture; let one stay and shoot again" }] } } };

const waiting = (number: string, part: Partial<OutboxEntry>): OutboxEntry => ({ portrait: `portrait-${number}`, number, outcome: "pass", bytes: 41_000, sealed_at: inMinutes(-3), state: "queued", attempts: 0, waits_because_zh: null, waits_because_en: null, ...part });
const outbox: OutboxEntry[] = [
  waiting("A007", { state: "refused", attempts: 1, sealed_at: inMinutes(-41), waits_because_zh: "这位学生已经有交出的标准照", waits_because_en: "This student's portrait was handed over already" }),
  waiting("A009", { state: "sending", attempts: 1, sealed_at: inMinutes(-9) }),
  waiting("A010", { attempts: 2, sealed_at: inMinutes(-4), waits_because_zh: "连不上服务器，20 秒后再试", waits_because_en: "No server, trying again in 20 s" }),
];
const waitingForYes: DeskState["waiting_for_yes"] = [
  { portrait: "p5", number: "A005", masked_name: "何**", state: "stored", since: inMinutes(-6) },
  { portrait: "p6", number: "A006", masked_name: "马**", state: "objected", since: inMinutes(-2) },
];

const setting = (key: CameraSetting["key"], value: string, choices: string[], writable = true): CameraSetting => ({ key, value, choices, writable });
const settings = [
  setting("iso", "100", ["100", "200", "400"]),
  setting("aperture", "f/8", ["f/5.6", "f/8", "f/11"]),
  setting("shutter", "1/125", ["1/60", "1/125", "1/200"]),
  setting("white_balance", "闪光灯 Flash", ["自动 Auto", "闪光灯 Flash"]),
  setting("focus_mode", "AF-S", ["AF-S"], false),
];
const devices = [{ id: "gphoto2:1", name: "Nikon D750", trouble_zh: null, trouble_en: null }, webcam, { id: "gphoto2:2", name: "Canon EOS R10", trouble_zh: "相机正被其他程序占用，请关闭其他拍照或相册程序", trouble_en: "Another program is using the camera: close other photo programs" }];
const test: TestShot = {
  id: "test-1",
  progress: { stage: "ready", has_portrait: false, millis: 120, verdict: clean },
  light: {
    measured: true,
    passed: false,
    points: [
      { ...good[2], zh: "亮度合适（148）", en: "well exposed (148)", advice_zh: "", advice_en: "" },
      { id: "light.even", severity: "retake", measured: 0.52, limit: { min: 0.6 }, unit: "ratio", zh: "右侧脸偏暗（0.52）", en: "the right side is darker (0.52)", advice_zh: "把右边的灯移近一些，或调亮一档", advice_en: "Move the right lamp closer, or make it one stop brighter" },
      { id: "background.uniform", severity: "pass", measured: 3, limit: { max: 8 }, unit: "level", zh: "背景均匀（3）", en: "the wall is even (3)", advice_zh: "", advice_en: "" },
    ] as NonNullable<TestShot["light"]>["points"],
  },
};
const panel: DeskState["panel"] = { devices, settings, presets: ["白墙双灯", "阴天"], open: "gphoto2:1" };

export const DAY: DayReport = {
  day: "2026-05-18",
  days: ["2026-05-18", "2026-05-17"],
  station_name: "1号机位",
  studio_name: "示范照相馆",
  called: 64,
  arrived: 61,
  sealed: 59,
  skipped: 3,
  not_this_person: 1,
  shots: 83,
  refused_shots: 22,
  prints: 12,
  wait_minutes_mean: 6.4,
  wait_minutes_max: 17.5,
  at_station_seconds_mean: 48,
  reasons: [
    { finding: "pose.roll", count: 9 },
    { finding: "eyes.open", count: 7 },
    { finding: "glasses.glare", count: 4 },
    { finding: "hair.brows", count: 2 },
  ],
  hours: [8, 9, 10, 11, 13, 14].map((hour, at) => ({ hour, sealed: [4, 12, 15, 9, 14, 5][at] ?? 0 })),
  students: [1, 2, 3, 4, 5, 6].map((at) => ({ number: `A00${at}`, joined_at: inMinutes(-320 + at * 9), called_at: inMinutes(-314 + at * 9), arrived_at: inMinutes(-313 + at * 9), sealed_at: at === 4 ? null : inMinutes(-312 + at * 9), skipped_at: at === 4 ? inMinutes(-270) : null, shots: at === 4 ? 0 : (at % 3) + 1, refused_shots: at % 3, prints: at % 2 })),
};

const stuck: PrinterLink = { ...printer, standing: "stopped", jobs: 1, troubles: [{ stops: true, zh: "打印机缺纸：请装纸，装好后会接着打", en: "Out of paper: load some, and printing goes on" }] };
const printing = (stage: LastPortrait["stage"], part: Partial<DeskState> = {}): Partial<DeskState> => ({ ...usual, camera, settings: printsAt(), printer: { link: printer, found: null, test: null }, last_portrait: { ...lastPortrait, printed: stage.stage === "idle" ? 0 : 2, print: stage.stage === "idle" ? null : "print-1", stage }, ...part });
const scrolled = (page: Page) => page.locator(".side-panel").evaluate((it) => [it, ...it.querySelectorAll("*")].forEach((part) => (part.scrollTop = part.scrollHeight)));

export const SCENES: Record<string, Scene> = {
  "nobody-waits": { state: { ...usual, queue: { ...FULL_QUEUE, entries: [], waiting: 0, served: 0, expected_wait_minutes: 0 } } },
  free: { state: { ...usual, camera }, also: "light" },
  paused: { state: { ...usual, camera, paused: true } },
  found: { state: { ...usual, camera }, keys: ["/", "1", "3"] },
  called: { state: { ...calling, current: called } },
  "called-thrice": { state: { ...calling, current: { ...called, times_called: 3 }, notice: { level: "warning", zh: "这不是 A012 的排号，请核对", en: "This is another ticket than A012: please check" } } },
  transfer: { state: { ...calling, current: called }, then: (page) => page.locator(".person-bar").click().then(() => page.keyboard.press("t")) },
  arrived: { state: standing() },
  coached: { state: standing(), coach: { ...coaching, hints: [{ id: "chin_up", zh: "下巴稍抬", en: "Chin up a little" }] }, also: "large" },
  countdown: { state: standing({ countdown: { serial: 1, millis: 3000 } }), coach: { ...coaching, ready: true } },
  developing: { state: shown(developing) },
  passed: { state: shown(ready("shot-1", clean.findings)), also: "light" },
  "to-review": { state: shown(ready("shot-1", [gaze, ...good])) },
  retake: { state: shown(ready("shot-1", clean.findings), ready("shot-2", thorough.findings)), also: "large" },
  "all-findings": { state: shown(ready("shot-1", thorough.findings)), then: (page) => page.getByRole("button", { name: /28/ }).click() },
  unreadable: { state: shown(unreadable) },
  refused: { state: shown(refused) },
  "other-face": { state: standing({ shots: [ready("shot-1")], selected: "shot-1", other_face: true }) },
  closer: { state: shown({ ...ready("shot-1", thorough.findings), nudge: { right_px: 3, down_px: -2, larger_permille: 10 } }), keys: ["z"], also: "large" },
  "to-print": { state: printing({ stage: "idle" }, { waiting_for_yes: waitingForYes }) },
  "print-unsure": { state: printing({ stage: "unsure", copies: 2 }) },
  "to-send": { state: { ...usual, camera, outbox, waiting_for_yes: waitingForYes } },
  trouble: { state: { ...usual, server: "lost", outbox, disk: { free_bytes: 1.6 * 2 ** 30, low: true }, camera: { ...camera, model: "", ready: false, has_live_view: false, has_settings: false, battery_percent: null, shots_left: null, trouble_zh: "找不到相机：请打开相机电源并接好 USB 线", trouble_en: "No camera found: switch it on and connect its USB cable" } } },
  "printer-stuck": { state: { ...standing(), settings: printsAt(), printer: { link: stuck, found: null, test: null } } },
  "panel-camera": { state: { ...usual, camera, panel }, keys: ["k"] },
  "panel-camera-light": { state: { ...usual, camera, panel: { ...panel, test } }, keys: ["k"], then: scrolled },
  "panel-camera-none": { state: { ...usual, camera: { ...camera, ready: false, battery_percent: null, shots_left: null, has_settings: false, trouble_zh: "找不到相机：请打开相机电源并接好 USB 线", trouble_en: "No camera found: switch it on and connect its USB cable" } }, keys: ["k"] },
  "panel-outbox": { state: { ...usual, camera, outbox, waiting_for_yes: waitingForYes }, keys: ["o"], also: "light" },
  "panel-outbox-empty": { state: { ...usual, camera }, keys: ["o"] },
  "panel-print-off": { state: { ...usual, camera }, keys: ["y"] },
  "panel-print": { state: printing({ stage: "idle" }, { printer: { link: { ...stuck, spools: true }, found: [{ name: "前台的相片打印机", address: "ipp://localhost:631/printers/Photo", spools: true }], test: null } }), keys: ["y"] },
  "panel-print-more": { state: printing({ stage: "done", copies: 2 }, { printer: { link: printer, found: [], test: { stage: "done", copies: 1 } } }), keys: ["y"], then: scrolled },
  "panel-day": { state: { ...usual, camera }, keys: ["d"], also: "light" },
  "panel-settings": { state: { ...usual, camera, panel }, keys: [","], also: "large" },
  "panel-settings-more": { state: { ...usual, camera, panel }, keys: [","], then: scrolled },
  "panel-keys": { state: { ...usual, camera }, keys: ["?"] },
  "first-run": { first: { demo: false, settings: { ...opening.settings, set_up: false } }, state: { ...usual, camera, panel } },
};
