import { onScopeDispose } from "vue";

import type { Language } from "@/shared/format";

interface WakeLock {
  release(): Promise<void>;
}

/** Keeps the screen on while somebody waits to be called, where the browser lets a page do so. */
export function useAwake(): void {
  const { wakeLock } = navigator as { wakeLock?: { request(kind: "screen"): Promise<WakeLock> } };
  let lock: WakeLock | undefined;

  async function hold(): Promise<void> {
    // The browser takes it away whenever the page is hidden.
    if (document.visibilityState === "visible") lock = await wakeLock?.request("screen").catch(() => undefined);
  }
  void hold();
  document.addEventListener("visibilitychange", hold);
  onScopeDispose(() => {
    document.removeEventListener("visibilitychange", hold);
    void lock?.release().catch(() => undefined);
  });
}

/** Shakes the phone and says a sentence aloud. A browser that does neither, or does not allow it, is simply silent. */
export function call(words: string, language: Language): void {
  navigator.vibrate?.([300, 150, 300, 150, 600]);
  if (typeof speechSynthesis === "undefined") return;
  speechSynthesis.cancel();
  const sentence = new SpeechSynthesisUtterance(words);
  sentence.lang = language === "zh" ? "zh-CN" : "en-GB";
  sentence.rate = 0.9;
  speechSynthesis.speak(sentence);
}

/** A number as it is read aloud: sign by sign. */
export function spelt(number: string): string {
  return [...number].join(" ");
}
