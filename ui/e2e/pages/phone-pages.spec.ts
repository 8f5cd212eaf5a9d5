/** Every screen of the phone stands at 360 pixels, looks as it was kept, in both languages, and axe finds nothing. */
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { speak } from "../manual/picture";
import { faults } from "./axe";
import { stopClock } from "./clock";
import { LOOKS, looksAsKept, nothingLeftOver } from "./look";
import { staged, strangers } from "./phone-invented";
import { SCENES } from "./phone-scenes";

test.describe.configure({ mode: "parallel" });
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, reducedMotion: "reduce", serviceWorkers: "block" } as Parameters<typeof test.use>[0]);

async function stands(page: Page, name: string): Promise<void> {
  // What comes late makes the page taller: it is measured once it has stopped growing.
  let tall = [0, 0];
  await expect
    .poll(async () => {
      const before = tall[1];
      tall = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      return tall[1] === before;
    }, { intervals: [150] })
    .toBe(true);
  expect(tall[0] ?? 0, `${name} is no wider than the phone`).toBeLessThanOrEqual(360);
  // So tall that nothing lies under the foot.
  await page.setViewportSize({ width: 360, height: Math.max(640, tall[1] ?? 0) });
  await looksAsKept(page, "phone", name);
  expect(await faults(page), name).toEqual([]);
  await page.setViewportSize({ width: 360, height: 640 });
}

for (const [name, { who, at = "", policy, stage: more, then, asks, large }] of Object.entries(SCENES)) {
  test(`${name} stands and looks as it was kept`, LOOKS, async ({ page }) => {
    await stopClock(page);
    const stage = who === "stranger" ? await strangers(page) : await staged(page, who === "newcomer" ? undefined : who, policy);
    more?.(stage);
    await page.goto(`/phone.html${at}`);
    await expect(page.locator("main")).not.toHaveText(/^(请稍等)?$/);
    await then?.(page);
    for (const language of ["zh", "en"] as const) {
      await speak(page, language);
      if (asks) await page.locator(asks).click();
      await stands(page, `${name}-${language}`);
      if (asks) await page.locator(".van-dialog__cancel").click();
    }
    if (!large) return;
    await speak(page, "zh");
    await page.locator("html").evaluate((root) => (root.dataset.type = "large"));
    await stands(page, `${name}-large`);
  });
}

nothingLeftOver("phone", Object.entries(SCENES).flatMap(([name, { large }]) => [`${name}-zh`, `${name}-en`, ...(large ? [`${name}-large`] : [])]));
