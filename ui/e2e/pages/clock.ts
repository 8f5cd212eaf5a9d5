import type { Page } from "@playwright/test";

/** Monday, 18 May 2026, 14:12 in China: when everything in these tests happens. */
export const NOW = Date.parse("2026-05-18T06:12:00Z");

/** So many minutes from then; earlier when negative. */
export const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

/** The page's clock goes on from then, whatever day it really is. Timers are left alone. */
export async function startClock(page: Page): Promise<void> {
  await page.addInitScript(playClock, { now: NOW, pace: 1 });
}

/**
 * The page's clock all but stands still, so that no second more or less is seen. It must not stand quite still: Vue tells an
 * event that comes later from its listener's beginning by the time.
 */
export async function stopClock(page: Page): Promise<void> {
  await page.addInitScript(playClock, { now: NOW, pace: 1 / 10_000 });
}

/** Runs in the page. */
function playClock({ now, pace }: { now: number; pace: number }): void {
  const Before = Date;
  const since = performance.now.bind(performance);
  const begun = since();
  const present = () => now + (since() - begun) * pace;
  performance.now = () => begun + (since() - begun) * pace;
  window.Date = new Proxy(Before, {
    construct: (target, parts: unknown[]) => Reflect.construct(target, parts.length > 0 ? parts : [present()]) as Date,
    get: (target, key) => (key === "now" ? present : (Reflect.get(target, key) as unknown)),
  });
}
