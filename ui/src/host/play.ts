import type { CurrentStudent, DeskCommand, DeskState, QueueEntry, Shot } from "@/shared/api/types";
import type { DeskHost } from "./host";
import { Listeners } from "./host";
import { EARS_UNKNOWN, GLARE, LOOKING_ASIDE, TILTED, verdictWith } from "./play-verdicts";

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
    return change({ current: { ticket, number, masked_name, category, phase: "called", times_called: 1, shots: [] }, notice: null });
  }
  function shoot(): DeskState {
    if (state.current?.phase !== "arrived") return state;
    shotCount += 1;
    const shot: Shot = { id: `shot-${shotCount}`, taken_at: new Date().toISOString(), progress: { stage: "developing" } };
    const verdict = verdictWith(...([[TILTED, LOOKING_ASIDE, GLARE], [LOOKING_ASIDE, EARS_UNKNOWN], []][(shotCount - 1) % 3] ?? []));
    setTimeout(() => {
      const shots = (state.current?.shots ?? []).map((it) =>
        it.id === shot.id ? { ...it, progress: { stage: "ready" as const, verdict, has_portrait: true, millis: 412 } } : it,
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
      if (frame && state.camera.ready) frames.tell(frame);
    }, FRAME_MS);
  }
  void film();

  return {
    send,
    onState: (heard) => states.add(heard),
    onFrame: (heard) => frames.add(heard),
    onLink: (heard) => links.add(heard),
    async shotPicture(_shot, kind) {
      const { drawnPerson } = await import("./play-pictures");
      return drawnPerson(kind);
    },
  };
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
        ? { model: "", ready: false, trouble_zh: "找不到相机：请打开相机电源并接好 USB 线", trouble_en: "No camera found: switch it on and connect its USB cable" }
        : { model: "模拟相机", ready: true },
    notice: null,
  };
}
