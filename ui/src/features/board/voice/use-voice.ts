import type { Ref } from "vue";
import { computed, onScopeDispose, ref, watch } from "vue";

import type { Board } from "@/shared/api/types";
import type { VoiceSettings } from "./announcer";
import { Announcer } from "./announcer";
import { callSteps } from "./plan";
import { Speaker } from "./speaker";

/** How a board's voice stands. */
export type VoiceStanding = "off" | "locked" | "on" | "broken";

/** The most numbers whose clips are fetched ahead. */
const AHEAD = 4;

/** Says the calls of a board through the browser, where that is wanted and the browser lets it. */
export function useVoice(board: Ref<Board | undefined>, isWanted: Ref<boolean>, settings: Ref<VoiceSettings>) {
  const announcer = new Announcer();
  const speaker = new Speaker();
  const isOpen = ref(false);
  const isBroken = ref(false);
  const saying = ref<string>();
  let isGone = false;

  async function open(): Promise<void> {
    isOpen.value = await speaker.open();
    if (isOpen.value) void speak();
  }

  /** Says what there is to say, one call after the other. */
  async function speak(): Promise<void> {
    while (!saying.value && !isGone && isWanted.value && isOpen.value) {
      const said = announcer.next(settings.value);
      if (!said) return;
      saying.value = said.number;
      try {
        await speaker.say(said.steps, settings.value.volume);
        isBroken.value = false;
      } catch {
        isBroken.value = true;
      } finally {
        saying.value = undefined;
      }
    }
  }

  /** How a call sounds, to set the volume by. */
  async function sample(): Promise<void> {
    await open();
    if (!isOpen.value || saying.value) return;
    saying.value = "A012";
    try {
      await speaker.say(callSteps("A012", "1", settings.value.languages, settings.value.chime), settings.value.volume);
      isBroken.value = false;
    } catch {
      isBroken.value = true;
    } finally {
      saying.value = undefined;
    }
    void speak();
  }

  watch(board, (now) => {
    if (!now) return;
    announcer.see(now.called, settings.value);
    if (!isWanted.value || !isOpen.value) {
      // What is called while nobody can hear it is not said later.
      while (announcer.next(settings.value)) continue;
      return;
    }
    for (const number of now.next.slice(0, AHEAD)) speaker.prepare(callSteps(number, "", settings.value.languages, false).slice(0, 2));
    void speak();
  });

  /** A page that was opened anew is let speak again with the first touch or key. */
  function touched(): void {
    if (isWanted.value && !isOpen.value) void open();
  }
  watch(isWanted, (wanted) => wanted && void open(), { immediate: true });
  window.addEventListener("pointerdown", touched);
  window.addEventListener("keydown", touched);
  onScopeDispose(() => {
    isGone = true;
    window.removeEventListener("pointerdown", touched);
    window.removeEventListener("keydown", touched);
  });

  const standing = computed<VoiceStanding>(() => {
    if (!isWanted.value) return "off";
    if (!isOpen.value) return "locked";
    return isBroken.value ? "broken" : "on";
  });
  return { standing, saying, open, sample };
}
