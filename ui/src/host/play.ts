import type { Coaching, CurrentStudent, DeskCommand, DeskSettings, DeskState, QueueEntry, Shot } from "@/shared/api/types";
import type { DeskHost } from "./host";
import { Listeners } from "./host";
import { EARS_UNKNOWN, GLARE, LOOKING_ASIDE, TILTED, verdictWith } from "./play-verdicts";

const NO_CAMERA = { model: "", ready: false, shoots_on_request: false, has_live_view: false, has_settings: false };
const PLAY_SETTINGS: DeskSettings = {
  coach: true,
  auto_shutter: false,
  countdown_ms: 1500,
  mirror_preview: false,
  compare_faces: true,
  scanner_prefix: "",
  scanner_suffix: "",
  scanner_webcam: "",
  back_after: 3,
  empties_card: false,
  printing: { way: "off", address: "", paper: "six_inch", per_sheet: 0, copies: 1, media_type: "", cut_marks: true, number: true, spool_agreed: false },
  set_up: true,
  voice: { speaks: "at_the_server", languages: ["zh"], times: 2, chime: true, volume: 80, stations: [] },
};
/** Milliseconds between two frames of the play's live view. */
const FRAME_MS = 80;
/** How long the play needs for a portrait. */
const DEVELOPING_MS = 700;

/**
 * A desk without a station: a small play with invented people that answers every command. For design work and for tests,
 * never in what is shipped. `scene` is `empty`, `queue`, or anything else for a day in full swing.
 */
export function playHost(scene: string): DeskHost {
  const states = new Listeners<DeskState>();
  const frames = new Listeners<Blob>();
  const coachings = new Listeners<Coaching | undefined>();
  const links = new Listeners<boolean>();
  let state = openingState(scene);
  let shotCount = 0;

  function change(next: Partial<DeskState>): DeskState {
    state = { ...state, ...next, revision: state.revision + 1 };
    states.tell(state);
    return state;
  }
  function changeCurrent(next: Partial<CurrentStudent>): DeskState {
    return state.current ? change({ current: { ...state.current, ...next } }) : state;
  }
  function changeEntry(ticket: string, next: Partial<QueueEntry>): void {
    if (!state.queue) return;
    const entries = state.queue.entries.map((entry) => (entry.ticket === ticket ? { ...entry, ...next } : entry));
    const waiting = entries.filter((entry) => entry.state === "waiting").length;
    state = { ...state, queue: { ...state.queue, entries, waiting } };
  }

  function call(entry: QueueEntry | undefined): DeskState {
    if (!entry) return change({ notice: { level: "info", zh: "没有人在等候", en: "Nobody is waiting" } });
    changeEntry(entry.ticket, { state: "called", times_called: 1, station_name: state.station_name });
    const { ticket, number, masked_name, category } = entry;
    return change({ current: { ticket, number, masked_name, category, phase: "called", times_called: 1, shots: [], other_face: false }, notice: null });
  }
  function shoot(): DeskState {
    if (state.current?.phase !== "arrived") return state;
    shotCount += 1;
    const shot: Shot = { id: `shot-${shotCount}`, taken_at: new Date().toISOString(), progress: { stage: "developing" }, nudge: { right_px: 0, down_px: 0, larger_permille: 0 }, composing: false, edition: 0 };
    const verdict = verdictWith(...([[TILTED, LOOKING_ASIDE, GLARE], [LOOKING_ASIDE, EARS_UNKNOWN], []][(shotCount - 1) % 3] ?? []));
    setTimeout(() => {
      const shots = (state.current?.shots ?? []).map((it) =>
        it.id === shot.id ? { ...it, edition: 1, progress: { stage: "ready" as const, verdict, has_portrait: true, millis: 412 } } : it,
      );
      changeCurrent({ shots });
    }, DEVELOPING_MS);
    return changeCurrent({ shots: [...state.current.shots, shot], selected: shot.id });
  }
  function accept(): DeskState {
    const { current } = state;
    if (!current) return state;
    changeEntry(current.ticket, { state: "served" });
    const now = new Date().toISOString();
    const { number, masked_name } = current;
    return change({
      current: null,
      waiting_for_yes: [...state.waiting_for_yes, { portrait: current.ticket, number, masked_name, state: "stored", since: now }],
    });
  }

  async function send(command: DeskCommand): Promise<DeskState> {
    const { current } = state;
    const entries = state.queue?.entries ?? [];
    switch (command.command) {
      case "call_next":
        return call(entries.find((entry) => entry.state === "waiting"));
      case "call_ticket":
        return call(entries.find((entry) => entry.ticket === command.ticket));
      case "recall":
        return changeCurrent({ times_called: (current?.times_called ?? 0) + 1 });
      case "skip":
        if (current) changeEntry(current.ticket, { state: "skipped" });
        return change({ current: null });
      case "come_back":
        changeEntry(command.ticket, { state: "waiting" });
        return change({});
      case "scan":
        if (command.text !== current?.number && !command.text.startsWith("GST1.")) {
          const zh = `这不是 ${current?.number ?? ""} 的排号，请核对`;
          return change({ notice: { level: "warning", zh, en: "This is another ticket: please check" } });
        }
        if (current) changeEntry(current.ticket, { state: "arrived" });
        return changeCurrent({ phase: "arrived", arrival: command.text.startsWith("GST1.") ? "scanned" : "typed" });
      case "shoot":
        return shoot();
      case "select_shot":
        return changeCurrent({ selected: command.shot });
      case "accept":
        return accept();
      case "not_this_person":
        return changeCurrent({ phase: "called", arrival: null, shots: [], selected: null });
      case "pause":
      case "resume":
        return change({ paused: command.command === "pause" });
      case "transfer":
        return change({ current: null });
      case "change_settings":
        return change({ settings: command.settings });
      case "nudge_crop":
        return changeCurrent({ shots: (current?.shots ?? []).map((it) => (it.id === command.shot ? { ...it, nudge: command.nudge, edition: it.edition + 1 } : it)) });
      case "dismiss_notice":
        return change({ notice: null });
      default:
        return state;
    }
  }

  async function film(): Promise<void> {
    const { drawnPerson } = await import("./play-pictures");
    const positions = await Promise.all([0, 4, 8, 4, 0, -4, -8, -4].map((sway) => drawnPerson("shot", sway)));
    let index = 0;
    setInterval(() => {
      const frame = positions[index++ % positions.length];
      if (!frame || !state.camera.ready) return;
      frames.tell(frame);
      coachings.tell(state.current?.phase === "arrived" && state.settings.coach ? coachingAt(index) : undefined);
    }, FRAME_MS);
  }
  void film();

  return {
    send,
    onState: (heard) => states.add(heard),
    onFrame: (heard) => frames.add(heard),
    onCoaching: (heard) => coachings.add(heard),
    onLink: (heard) => links.add(heard),
    async shotPicture(_shot, kind) {
      const { drawnPerson } = await import("./play-pictures");
      return drawnPerson(kind === "shot" ? "shot" : "portrait");
    },
    dayReport: (day) => Promise.resolve(emptyDay(state, day)),
    saveText: () => Promise.resolve(undefined),
  };
}

/** A coach that asks for a lifted chin every few seconds. */
function coachingAt(frame: number): Coaching {
  const ready = frame % 80 > 40;
  return {
    width_px: 960,
    height_px: 640,
    hints: ready ? [] : [{ id: "chin_up", zh: "下巴稍抬", en: "Chin up a little" }],
    ready,
    faces: 1,
    crop: { left: 240, top: 0, width: 480, height: 640 },
    hairline: { from: 50, to: 100 },
    eye_line: { from: 210, to: 290 },
    narrowest: { from: 370, to: 590 },
    widest: { from: 340, to: 620 },
    face: null,
    millis: 12,
  };
}

function emptyDay({ station_name, studio_name }: DeskState, day = "2026-05-18") {
  const counts = { called: 0, arrived: 0, sealed: 0, skipped: 0, not_this_person: 0, shots: 0, refused_shots: 0, prints: 0 };
  return { day, days: ["2026-05-18", "2026-05-17"], station_name, studio_name, ...counts, reasons: [], hours: [], students: [] };
}

function openingState(scene: string): DeskState {
  const now = Date.now();
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const entry = (index: number, masked_name: string, rest: Partial<QueueEntry>): QueueEntry => ({
    ticket: `ticket-${index}`,
    campaign: "campaign",
    number: `A${String(index).padStart(3, "0")}`,
    masked_name,
    category: "bachelor",
    priority: "normal",
    state: "waiting",
    since: ago(16 - index / 2),
    times_called: 0,
    ...rest,
  });
  const entries =
    scene === "empty"
      ? []
      : [
          entry(11, "周**", { state: "arrived", times_called: 1, station_name: "2号机位" }),
          ...["林**", "陈**", "欧**", "赵**", "A**", "孙**", "吴**"].map((name, at) => entry(12 + at, name, at === 2 ? { category: "master" } : {})),
          entry(8, "郑**", { state: "skipped", times_called: 3 }),
        ];
  const full = scene !== "empty" && scene !== "queue";
  return {
    revision: 1,
    station_name: "1号机位",
    studio_name: "示范照相馆",
    demo: true,
    queue: { business_day: "2026-05-18", entries, waiting: Math.max(0, entries.length - 2), served: 10, expected_wait_minutes: 4 },
    paused: false,
    colleagues: [{ station: "station-2", name: "2号机位" }],
    current: null,
    waiting_for_yes: full ? [{ portrait: "p9", number: "A009", masked_name: "何**", state: "stored", since: ago(2) }] : [],
    outbox: full
      ? [
          {
            portrait: "p10",
            number: "A010",
            outcome: "pass",
            bytes: 41_000,
            sealed_at: ago(1),
            state: "queued",
            attempts: 2,
            waits_because_zh: "连不上服务器，20 秒后再试",
            waits_because_en: "No server, trying again in 20 s",
          },
        ]
      : [],
    server: scene === "offline" ? "lost" : "connected",
    camera:
      scene === "nocamera"
        ? { ...NO_CAMERA, trouble_zh: "找不到相机：请打开相机电源并接好 USB 线", trouble_en: "No camera found: switch it on and connect its USB cable" }
        : { ...NO_CAMERA, model: "模拟相机", ready: true, shoots_on_request: true, has_live_view: true },
    panel: { devices: [], settings: [], presets: [] },
    printer: { link: null, found: null, test: null },
    last_portrait: null,
    disk: { free_bytes: 12 * 2 ** 30, low: false },
    settings: PLAY_SETTINGS,
    notice: null,
  };
}
