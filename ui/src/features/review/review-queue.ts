import { computed, onMounted, onScopeDispose, reactive, ref, shallowRef, watch } from "vue";

import { answer, server } from "@/shared/api/client";
import { problemOf } from "@/shared/api/problem";
import type { Decide, Problem, ReviewDesk, ReviewItem } from "@/shared/api/types";
import { onceKey } from "@/shared/idempotency";
import type { Held, Kept } from "./held";
import { UNDO_MS, due, keep, leftBehind, pace, undone } from "./held";

/** How often an empty desk asks for work, and an unsent decision is tried again, milliseconds. */
const LOOK_EVERY_MS = 15_000;
const AGAIN_MS = 3_000;
/** Portraits that the server gives to one reviewer at once. */
const MOST_HELD = 12;
/** Portraits at the desk: the one that is looked at, and those that are fetched meanwhile, so that none is waited for. */
const AT_DESK = 4;

/**
 * Portraits to decide, one after the other. A decision is held back for ten seconds while the next portrait is shown, and
 * can be taken back until then. None is lost: what has no answer yet is written down in the browser under a key that the
 * server does once, goes out at once when the page is left, and is sent again by the next page if this one dies.
 */
export function useReviewQueue(account: string) {
  const claims = shallowRef<ReviewItem[]>([]);
  const held = shallowRef<Held<ReviewItem>[]>([]);
  const sending = shallowRef<Held<ReviewItem>[]>([]);
  const figures = ref<{ waiting: number; decided: number }>();
  const pictures = reactive(new Map<string, string>());
  const problem = shallowRef<Problem>();
  const now = ref(Date.now());
  const decidedAt = ref<number[]>([]);
  const asked = ref(false);
  let left = leftBehind();
  let asking: Promise<void> | undefined;
  let gone = false;

  const current = computed(() => claims.value[0]);
  const known = computed(() => [...claims.value, ...[...held.value, ...sending.value].map(({ item }) => item)].map(({ portrait }) => portrait));
  const perMinute = computed(() => pace(decidedAt.value, now.value));
  const isOver = computed(() => current.value !== undefined && Date.parse(current.value.claimed_until) <= now.value);

  watch([held, sending], () => keep([...left, ...[...sending.value, ...held.value].map(({ item, decision, key }): Kept => ({ account, portrait: item.portrait, decision, key }))]), { flush: "sync" });

  function take(desk: ReviewDesk): boolean {
    figures.value = { waiting: desk.waiting, decided: desk.decided_today };
    asked.value = true;
    const item = desk.item ?? undefined;
    if (!item || gone) return false;
    if (known.value.includes(item.portrait)) {
      // One whose claim was prolonged stands where it stood.
      claims.value = claims.value.map((it) => (it.portrait === item.portrait ? item : it));
      return false;
    }
    claims.value = [...claims.value, item];
    void fetchPicture(item);
    return true;
  }

  /** Has the next ones ready while the present one is looked at. */
  function refill(): Promise<void> {
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  }

  async function ask(): Promise<void> {
    while (!gone && claims.value.length < AT_DESK) {
      const beside = known.value;
      // Decisions that cannot be sent pile up; the server gives no more beside so many.
      if (beside.length >= MOST_HELD) return;
      try {
        const got = await answer(server.POST("/api/review/next", nextTo(beside)));
        problem.value = undefined;
        if (!take(got)) return;
      } catch (cause) {
        problem.value = problemOf(cause);
        return;
      }
    }
  }

  async function fetchPicture(item: ReviewItem): Promise<void> {
    if (pictures.has(item.portrait)) return;
    const response = await fetch(item.picture_url, { credentials: "same-origin" }).catch(() => undefined);
    const blob = response?.ok ? await response.blob().catch(() => undefined) : undefined;
    if (blob && !gone && known.value.includes(item.portrait)) pictures.set(item.portrait, URL.createObjectURL(blob));
  }

  /** Pictures that may be shown in a moment: the present one, the next ones, and the one that an undo brings back. */
  const atHand = computed(() => [...held.value.slice(-1).map(({ item }) => item), ...claims.value].flatMap(({ portrait }) => pictures.get(portrait) ?? []));

  function forget(portrait: string): void {
    const url = pictures.get(portrait);
    if (url) URL.revokeObjectURL(url);
    pictures.delete(portrait);
  }

  function decide(decision: Decide): void {
    const item = current.value;
    // A portrait that is not on the screen yet is not decided.
    if (!item || isOver.value || !pictures.has(item.portrait)) return;
    const next: Held<ReviewItem> = { item, decision, key: onceKey(), until: Date.now() + UNDO_MS };
    decidedAt.value = [...decidedAt.value.slice(-200), Date.now()];
    held.value = [...held.value, next];
    claims.value = claims.value.slice(1);
    sendEarly();
    void refill();
  }

  /** Whoever decides faster than once a second has the oldest decisions sent before their time, so that the desk is never empty. */
  function sendEarly(): void {
    const tooMany = held.value.length + sending.value.length - (MOST_HELD - AT_DESK);
    for (const one of held.value.slice(0, Math.max(0, tooMany))) void send(one);
  }

  /** Brings the newest decision back to the desk; says what it was. */
  function undo(): Decide | undefined {
    const { last, rest } = undone(held.value);
    if (!last) return undefined;
    held.value = rest;
    decidedAt.value = decidedAt.value.slice(0, -1);
    claims.value = [last.item, ...claims.value];
    return last.decision;
  }

  async function send(one: Held<ReviewItem>): Promise<void> {
    if (!held.value.includes(one)) return;
    held.value = held.value.filter((it) => it !== one);
    sending.value = [...sending.value, one];
    for (;;) {
      try {
        const got = await answer(posted(one.item.portrait, one.decision, one.key));
        problem.value = undefined;
        sending.value = sending.value.filter((it) => it !== one);
        take(got);
        break;
      } catch (cause) {
        problem.value = problemOf(cause);
        // A line that is cut is tried again; what the server refuses goes back to the queue by itself.
        if (problem.value.status !== 0 || gone) {
          if (problem.value.status !== 0) sending.value = sending.value.filter((it) => it !== one);
          break;
        }
        await new Promise((again) => setTimeout(again, AGAIN_MS));
      }
    }
    forget(one.item.portrait);
    if (!gone) void refill();
  }

  /** Sends everything at once, in a way that outlives the page. */
  function flush(): void {
    for (const { item, decision, key } of [...sending.value, ...held.value]) {
      void fetch(`/api/review/portraits/${item.portrait}`, {
        method: "POST",
        keepalive: true,
        credentials: "same-origin",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify(decision),
      })
        .then((response) => response.status < 500 && keep(leftBehind().filter((it) => it.key !== key)))
        .catch(() => undefined);
    }
  }

  async function sendLeftBehind(): Promise<void> {
    for (const kept of left) {
      if (kept.account === account) {
        try {
          await answer(posted(kept.portrait, kept.decision, kept.key));
        } catch (cause) {
          const told = problemOf(cause);
          if (told.status === 0) return;
        }
      }
      left = left.filter(({ key }) => key !== kept.key);
      keep(left);
    }
  }

  async function renew(): Promise<void> {
    claims.value.forEach(({ portrait }) => forget(portrait));
    claims.value = [];
    await refill();
  }

  const tick = setInterval(() => {
    now.value = Date.now();
    for (const one of due(held.value, now.value).out) void send(one);
  }, 250);
  const look = setInterval(() => {
    if (asked.value && !current.value && document.visibilityState === "visible") void refill();
  }, LOOK_EVERY_MS);

  onMounted(async () => {
    await sendLeftBehind();
    await refill();
  });
  window.addEventListener("pagehide", flush);
  onScopeDispose(() => {
    clearInterval(tick);
    clearInterval(look);
    window.removeEventListener("pagehide", flush);
    flush();
    gone = true;
    for (const portrait of [...pictures.keys()]) forget(portrait);
  });

  return { current, held, figures, pictures, atHand, problem, now, perMinute, isOver, asked, decide, undo, renew, refill };
}

/** Asks for a portrait beside those that the reviewer has already. */
function nextTo(beside: readonly string[]) {
  return { params: { query: beside.length > 0 ? { beside: beside.join(",") } : {} } };
}

function posted(portrait: string, decision: Decide, key: string) {
  return server.POST("/api/review/portraits/{id}", { params: { path: { id: portrait }, header: { "Idempotency-Key": key } }, body: decision });
}
