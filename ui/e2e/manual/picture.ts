import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

import { MOST_BYTES } from "./limits";
import type { Language } from "./step";

/** Tried from the first on, until the picture is small enough. */
const QUALITIES = [82, 70, 58, 46];

/** Turns the page to a language as its own switch does, from within: a dialogue or a sheet may lie over the switch. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(async (wanted) => {
    const app = (document.querySelector("#app") as unknown as { __vue_app__?: { config: { globalProperties: { $i18n: { locale: string } } } } } | null)?.__vue_app__;
    if (app) app.config.globalProperties.$i18n.locale = wanted;
    document.documentElement.lang = wanted === "zh" ? "zh-CN" : "en";
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  }, language);
}

/** The screen as WebP, which Playwright's own pictures cannot be. */
export async function photograph(page: Page, file: string, scale: number): Promise<void> {
  await expect.poll(() => page.evaluate(() => [...document.images].every(({ complete }) => complete)), "every picture has come").toBe(true);
  const clip = await page.evaluate((drawn) => ({ x: scrollX, y: scrollY, width: innerWidth, height: innerHeight, scale: drawn }), scale);
  const camera = await page.context().newCDPSession(page);
  let picture = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    const { data } = await camera.send("Page.captureScreenshot", { format: "webp", quality, clip });
    picture = Buffer.from(data, "base64");
    if (picture.length <= MOST_BYTES) break;
  }
  await camera.detach();
  expect(picture.length, file).toBeLessThanOrEqual(MOST_BYTES);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, picture);
}
