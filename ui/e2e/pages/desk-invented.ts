/** Invented states of a desk. Nobody here exists. */
import type { Coaching, CurrentStudent, DeskState, LastPortrait, PrinterLink, PrintSettings, QueueEntry, Shot } from "../../src/shared/api/types";
import { campaign, good } from "./invented";

export function entry(number: string, masked_name: string, rest: Partial<QueueEntry> = {}): QueueEntry {
  return {
    ticket: `ticket-${number}`,
    number,
    masked_name,
    campaign: campaign.id,
    category: "bachelor",
    priority: "normal",
    state: "waiting",
    since: "2026-05-18T06:00:00Z",
    times_called: 0,
    station: null,
    station_name: null,
    ...rest,
  } as QueueEntry;
}

export const opening: DeskState = {
  revision: 1,
  station_name: "1号机位",
  studio_name: "示范照相馆",
  demo: true,
  queue: { business_day: "2026-05-18", entries: [entry("A012", "林**"), entry("A013", "陈**"), entry("A008", "郑**", { state: "skipped" })], waiting: 2, served: 7, expected_wait_minutes: 2 },
  current: null,
  waiting_for_yes: [],
  outbox: [],
  server: "connected",
  camera: { model: "模拟相机", ready: true, shoots_on_request: true, has_live_view: true, has_settings: false, trouble_zh: null, trouble_en: null },
  panel: { devices: [], settings: [], presets: [] },
  printer: { link: null, found: null, test: null },
  last_portrait: null,
  paused: false,
  colleagues: [],
  settings: { coach: true, auto_shutter: false, countdown_ms: 1500, mirror_preview: false, compare_faces: true, scanner_prefix: "", scanner_suffix: "", scanner_webcam: "", back_after: 3, empties_card: false, printing: { way: "off", address: "", paper: "six_inch", per_sheet: 0, copies: 1, media_type: "", cut_marks: true, number: true, spool_agreed: false }, set_up: true, voice: { speaks: "at_the_server", languages: ["zh"], times: 2, chime: true, volume: 80, stations: [] } },
  notice: null,
};

export const coaching: Coaching = {
  width_px: 960,
  height_px: 640,
  hints: [],
  ready: false,
  faces: 1,
  crop: { left: 240, top: 0, width: 480, height: 640 },
  hairline: { from: 50, to: 100 },
  eye_line: { from: 210, to: 290 },
  narrowest: { from: 370, to: 590 },
  widest: { from: 340, to: 620 },
  millis: 12,
};

export const called: CurrentStudent = { ticket: "ticket-A012", number: "A012", masked_name: "林**", category: "bachelor", phase: "called", times_called: 1, arrival: null, shots: [], selected: null, other_face: false };

export function ready(id: string, findings = good): Shot {
  const outcome = findings.find(({ severity }) => severity !== "pass")?.severity ?? "pass";
  return { id, taken_at: "2026-05-18T06:05:00Z", nudge: { right_px: 0, down_px: 0, larger_permille: 0 }, composing: false, edition: 1, progress: { stage: "ready", verdict: { outcome, findings }, has_portrait: true, millis: 412 } };
}

export const printer: PrinterLink = { name: "Photo printer", standing: "ready", spools: false, jobs: 0, troubles: [], media_types: ["auto", "photographic-glossy"], papers: ["six_inch", "a4"] };
export const lastPortrait: LastPortrait = { ticket: "ticket-A011", number: "A011", shot: "shot-9", printed: 0, print: null, stage: { stage: "idle" } };
export const printsAt = (part: Partial<PrintSettings> = {}): DeskState["settings"] => ({ ...opening.settings, printing: { ...(opening.settings.printing as PrintSettings), way: "printer", address: "ipp://192.0.2.9/ipp/print", copies: 2, ...part } });
export const webcam = { id: "webcam:1-2:1.0", name: "HD Pro Webcam C920", trouble_zh: null, trouble_en: null };
