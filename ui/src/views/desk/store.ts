import { onScopeDispose, ref, shallowRef } from "vue";

import type { DeskHost } from "@/host/host";
import { problemOf } from "@/shared/api/problem";
import type { Coaching, DeskCommand, DeskState, Problem } from "@/shared/api/types";

/**
 * Of two states the one that was true later. Answers and events travel on different ways, so an older state may come after
 * a newer one. A station that was started again counts from the beginning: `fresh` says so.
 */
export function newer(held: DeskState | undefined, came: DeskState, fresh = false): DeskState {
  return held && !fresh && came.revision < held.revision ? held : came;
}

/** What there is to say before there is a state: the station is not paired, or did not open. */
const FIRST_WORDS = ["desk.unpaired", "desk.start"];

/** What the desk shows, and the one way to change it. */
export function useDesk(host: DeskHost) {
  const state = shallowRef<DeskState>();
  const problem = shallowRef<Problem>();
  /** What the coach says to the newest frame. */
  const coaching = shallowRef<Coaching>();
  /** Whether the station itself can be reached. */
  const up = ref(true);
  /** Commands under way. */
  const busy = ref(0);
  let fresh = true;

  function take(came: DeskState): void {
    state.value = newer(state.value, came, fresh);
    fresh = false;
  }

  const stops = [
    host.onState(take),
    host.onCoaching((said) => (coaching.value = said)),
    host.onLink((now) => {
      // After a break the station may be another one, with its own count.
      if (!now) fresh = true;
      up.value = now;
      coaching.value = undefined;
      if (now) void send({ command: "look" });
    }),
  ];
  onScopeDispose(() => stops.forEach((stop) => stop()));

  async function send(command: DeskCommand): Promise<boolean> {
    busy.value += 1;
    try {
      take(await host.send(command));
      if (command.command !== "look" || FIRST_WORDS.includes(problem.value?.code ?? "")) problem.value = undefined;
      return true;
    } catch (cause) {
      const it = problemOf(cause);
      if (command.command !== "look" || FIRST_WORDS.includes(it.code)) problem.value = it;
      return false;
    } finally {
      busy.value -= 1;
    }
  }

  void send({ command: "look" });
  return { state, coaching, problem, up, busy, send };
}
