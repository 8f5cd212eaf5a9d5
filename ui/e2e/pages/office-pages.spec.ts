/** Every page of the office and what opens on it stands, looks as it was kept, and everybody can use it. */
import { expect, test } from "@playwright/test";

import { speak } from "../manual/picture";
import { faults } from "./axe";
import { stopClock } from "./clock";
import { LOOKS, looksAsKept, nothingLeftOver } from "./look";
import { furnished, SCENES } from "./office-scenes";
import { Stage } from "./stage";

test.describe.configure({ mode: "parallel" });
const SMALL = { width: 1280, height: 720 };
const USUAL = { width: 1440, height: 900 };
test.use({ viewport: USUAL, reducedMotion: "reduce" } as Parameters<typeof test.use>[0]);

for (const [name, scene] of Object.entries(SCENES)) {
  test(`${name} stands, looks as it was kept, and everybody can use it`, LOOKS, async ({ page }) => {
    await stopClock(page);
    const stage = new Stage(page);
    await stage.open();
    furnished(stage, scene);
    await page.goto(`/office.html#/${scene.at}`);
    await expect(page.locator(".office").getByText(scene.words).first()).toBeVisible();
    // A page of its own comes after the frame around it, and what stands on it after that.
    if (!scene.words) await expect(page.locator(".empty-hint").first()).toBeVisible();
    await scene.then?.(page, stage);
    if (scene.at) await expect(page.locator("nav a[aria-current=page]")).toHaveCount(1);
    await page.mouse.move(0, 0);
    for (const size of [SMALL, USUAL]) {
      await page.setViewportSize(size);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), "nothing sticks out").toBe(false);
    }
    const sheet = page.locator("dialog[open]");
    const part = (await sheet.count()) > 0 ? sheet : undefined;
    await looksAsKept(page, "office", `${name}-zh`, part);
    expect(await faults(page, undefined, true), "dark, Chinese").toEqual([]);
    await speak(page, "en");
    await looksAsKept(page, "office", `${name}-en`, part);
    // What one theme or language breaks is seen without trying all four together.
    await page.locator("html").evaluate((root) => (root.dataset.theme = "light"));
    if (scene.light) await looksAsKept(page, "office", `${name}-light`);
    expect(await faults(page, undefined, true), "light, English").toEqual([]);
  });
}

nothingLeftOver("office", Object.entries(SCENES).flatMap(([name, { light }]) => [`${name}-zh`, `${name}-en`, ...(light ? [`${name}-light`] : [])]));
