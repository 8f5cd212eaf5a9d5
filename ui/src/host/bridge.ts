import { ProblemError, isProblem, problemOf } from "@/shared/api/problem";
import type { Coaching, DayReport, DeskCommand, DeskEvent, DeskState } from "@/shared/api/types";
import { saveFile } from "@/shared/save-file";
import type { DeskHost, PictureKind } from "./host";
import { Listeners } from "./host";

/** Where the local bridge listens, and the token that opens it. */
export interface BridgeAddress {
  base: string;
  token: string;
}

const KEPT = "gradshot.bridge";
const PAUSE_MIN_MS = 250;
const PAUSE_MAX_MS = 4_000;

/**
 * The bridge's address from the page's own fragment (`#bridge=…&token=…`), remembered for this tab so that reloading works,
 * and taken out of the address bar so that nobody copies the token along.
 */
export function bridgeAddress(): BridgeAddress | undefined {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const base = fragment.get("bridge")?.replace(/\/+$/, "");
  const token = fragment.get("token");
  if (base && token && isLocal(base)) {
    sessionStorage.setItem(KEPT, JSON.stringify({ base, token }));
    history.replaceState(history.state, "", location.pathname + location.search);
    return { base, token };
  }
  return kept();
}

/** Commands over HTTP, events and live view over one WebSocket that opens itself again. */
export function bridgeHost({ base, token }: BridgeAddress): DeskHost {
  const states = new Listeners<DeskState>();
  const frames = new Listeners<Blob>();
  const coachings = new Listeners<Coaching | undefined>();
  const links = new Listeners<boolean>();
  const authorization = `Bearer ${token}`;
  let pause = PAUSE_MIN_MS;

  function connect(): void {
    const socket = new WebSocket(`${base.replace(/^http/, "ws")}/desk/events?token=${encodeURIComponent(token)}`);
    socket.binaryType = "blob";
    socket.onopen = () => {
      pause = PAUSE_MIN_MS;
      links.tell(true);
    };
    socket.onmessage = ({ data }: MessageEvent<string | Blob>) => {
      if (typeof data !== "string") return frames.tell(data);
      const message = JSON.parse(data) as DeskEvent;
      if (message.event === "state") states.tell(message.data);
      else coachings.tell(message.data ?? undefined);
    };
    socket.onclose = () => {
      links.tell(false);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, PAUSE_MAX_MS);
    };
  }
  connect();

  return {
    async send(command: DeskCommand) {
      const response = await reach(`${base}/desk/command`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(command),
      });
      return (await response.json()) as DeskState;
    },
    onState: (heard) => states.add(heard),
    onFrame: (heard) => frames.add(heard),
    onCoaching: (heard) => coachings.add(heard),
    onLink: (heard) => links.add(heard),
    async shotPicture(shot: string, kind: PictureKind) {
      const response = await reach(`${base}/desk/shots/${encodeURIComponent(shot)}/${kind}.jpg`, { headers: { authorization } });
      return response.blob();
    },
    async dayReport(day) {
      const asked = day ? `?${new URLSearchParams({ day })}` : "";
      const response = await reach(`${base}/desk/day${asked}`, { headers: { authorization } });
      return (await response.json()) as DayReport;
    },
    async saveText(name, text) {
      saveFile(name, text);
      return undefined;
    },
  };
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, request).catch((cause: unknown) => {
    throw new ProblemError(problemOf(cause));
  });
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => undefined);
  throw new ProblemError(isProblem(answer) ? answer : problemOf(undefined));
}

function isLocal(base: string): boolean {
  try {
    return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(base).hostname);
  } catch {
    return false;
  }
}

function kept(): BridgeAddress | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
