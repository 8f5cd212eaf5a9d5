import { Channel, invoke } from "@tauri-apps/api/core";

import { ProblemError, problemOf } from "@/shared/api/problem";
import type { Coaching, DayReport, DeskCommand, DeskEvent, DeskState } from "@/shared/api/types";
import type { BoardScreen } from "@/shared/board-screen";
import type { DeskHost, PictureKind } from "./host";
import { Listeners } from "./host";

/** The desk in its own window: commands and one channel over the window's IPC. */
export function tauriHost(): DeskHost {
  const states = new Listeners<DeskState>();
  const frames = new Listeners<Blob>();
  const coachings = new Listeners<Coaching | undefined>();
  const links = new Listeners<boolean>();

  function subscribe(): void {
    // A channel whose command was refused is closed for good: each try has its own.
    const events = new Channel<DeskEvent | ArrayBuffer>();
    events.onmessage = (message) => {
      if (message instanceof ArrayBuffer) frames.tell(new Blob([message], { type: "image/jpeg" }));
      else if (message.event === "state") states.tell(message.data);
      else coachings.tell(message.data ?? undefined);
    };
    void call("desk_subscribe", { events }).then(
      () => links.tell(true),
      // A station that is not paired yet can be reached all the same.
      (cause: unknown) => links.tell(problemOf(cause).code === "desk.unpaired"),
    );
  }
  subscribe();

  return {
    send: (command: DeskCommand) => call<DeskState>("desk_command", { command }),
    onState: (heard) => states.add(heard),
    onFrame: (heard) => frames.add(heard),
    onCoaching: (heard) => coachings.add(heard),
    onLink: (heard) => links.add(heard),
    async shotPicture(shot: string, kind: PictureKind) {
      const jpeg = await call<ArrayBuffer>("desk_picture", { shot, kind });
      return new Blob([jpeg], { type: "image/jpeg" });
    },
    printSheet: (shot, [widthMm, heightMm], copies) => call("desk_print", { shot, widthMm, heightMm, copies }),
    dayReport: (day) => call<DayReport>("desk_day", { day }),
    async pair(code, server) {
      await call("desk_pair", { code, server });
      subscribe();
    },
    screens: () => call<BoardScreen[]>("desk_screens", {}),
    moveBoard: (screen) => call("desk_move_board", { screen }),
    saveText: (name, text) => call<string>("desk_save", { name, text }),
  };
}

async function call<T>(command: string, args: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (cause) {
    throw new ProblemError(problemOf(cause));
  }
}
