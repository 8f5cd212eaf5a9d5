import { onScopeDispose, ref, shallowRef, watch } from "vue";

import { ProblemError, problemOf } from "@/shared/api/problem";
import type { PhoneRoute, Problem } from "@/shared/api/types";
import { once } from "@/shared/once";
import { forgetShot, keepShot, keptShot } from "./kept-shot";
import type { KeptShot } from "./kept-shot";
import { announce, drop, offsetOf, sendFrom } from "./tus";
import type { ShotSource } from "./tus";

/** How a photo's upload stands. `cut` goes on by itself when the network is back, and by hand. */
export type Upload = "none" | "chosen" | "sending" | "cut" | "sent";

/** Pauses before an upload that was cut is tried again, milliseconds. */
const PAUSES_MS = [1000, 2000, 5000, 10_000, 15_000];

/** One photo of one collection: taken, looked at, sent, and gone on with where it was cut. */
export function useUpload(collection: string, phone: () => PhoneRoute | null | undefined) {
  const state = ref<Upload>("none");
  const kept = shallowRef<KeptShot>();
  const sent = ref(0);
  const problem = shallowRef<Problem>();
  let stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  /** What was on its way when the page was left goes on; what was only chosen is shown again. */
  async function wake(): Promise<void> {
    const found = await keptShot(collection);
    if (!found) return;
    const known = phone()?.shot;
    const isThis = found.shot?.endsWith(known?.id ?? "-");
    if (isThis && known?.state !== "uploading") return;
    kept.value = found;
    state.value = "chosen";
    if (isThis) await send();
  }

  async function choose(file: Blob, source: ShotSource): Promise<void> {
    halt();
    const chosen: KeptShot = { collection, file, source, takenAt: Date.now() };
    // Kept before it is seen: whoever sees it may leave the page at once.
    await keepShot(chosen);
    kept.value = chosen;
    sent.value = 0;
    problem.value = undefined;
    state.value = "chosen";
  }

  async function send(): Promise<void> {
    const mine = kept.value;
    if (!mine) return;
    clearTimeout(timer);
    stop = new AbortController();
    state.value = "sending";
    problem.value = undefined;
    try {
      await sendWhole(mine, stop.signal);
      tries = 0;
      state.value = "sent";
    } catch (cause) {
      if (stop.signal.aborted) return;
      problem.value = problemOf(cause);
      if (mine.shot && isGone(problem.value)) {
        await keepShot((kept.value = without(mine)));
        return send();
      }
      state.value = problem.value.status === 0 || problem.value.status >= 500 || problem.value.code === "shot.offset" ? "cut" : "chosen";
      if (state.value === "cut") timer = setTimeout(send, PAUSES_MS[Math.min(tries++, PAUSES_MS.length - 1)]);
    }
  }

  async function sendWhole(mine: KeptShot, signal: AbortSignal): Promise<void> {
    const most = phone()?.max_piece_bytes ?? Infinity;
    if (!mine.shot) {
      mine.shot = await once(`shot.${collection}`, [mine.takenAt, mine.file.size], (key) => announce(collection, mine.file, mine.source, key));
      await keepShot(mine);
    }
    const offset = await offsetOf(mine.shot);
    sent.value = offset;
    await sendFrom(mine.shot, mine.file, offset, most, (bytes) => (sent.value = bytes), signal);
  }

  /** Not this one. */
  async function discard(): Promise<void> {
    halt();
    const shot = kept.value?.shot;
    kept.value = undefined;
    state.value = "none";
    problem.value = undefined;
    await forgetShot(collection);
    if (shot) await drop(shot).catch((cause: unknown) => void (cause instanceof ProblemError));
  }

  // It may be done with so fast that nobody ever heard of it waiting.
  watch(
    () => [phone()?.shot?.id, phone()?.shot?.state] as const,
    ([id, now]) => {
      if (!id || !kept.value?.shot?.endsWith(id) || now === "uploading" || now === "waiting") return;
      halt();
      kept.value = undefined;
      state.value = "none";
      if (now !== "made") void forgetShot(collection);
    },
  );

  function halt(): void {
    clearTimeout(timer);
    stop.abort();
  }
  function online(): void {
    if (state.value === "cut") void send();
  }
  window.addEventListener("online", online);
  onScopeDispose(() => {
    window.removeEventListener("online", online);
    halt();
  });
  return { state, kept, sent, problem, wake, choose, send, discard };
}

/** Another device took a photo meanwhile, or a day has passed: the shot is announced anew. */
function isGone({ status }: Problem): boolean {
  return status === 404 || status === 410;
}

function without({ collection, file, source, takenAt }: KeptShot): KeptShot {
  return { collection, file, source, takenAt };
}
