/** Every state of the desk and every panel looks as it was kept, in both languages. */
import { expect, test } from "@playwright/test";

import { speak } from "../manual/picture";
import { stopClock } from "./clock";
import { framed, SHOT_SVG } from "./drawn";
import { DAY, SCENES } from "./desk-scenes";
import { LOOKS, looksAsKept, nothingLeftOver } from "./look";
import { Station } from "./station";

test.describe.configure({ mode: "parallel" });
test.use({ viewport: { width: 1280, height: 720 }, reducedMotion: "reduce" } as Parameters<typeof test.use>[0]);

const LANGUAGES = ["zh", "en"] as const;
const names = Object.entries(SCENES).flatMap(([name, { also }]) => [...LANGUAGES.map((language) => `${name}-${language}`), ...(also ? [`${name}-${also}`] : [])]);

for (const [name, { first, state, coach, keys, then, also }] of Object.entries(SCENES)) {
  test(`${name} looks as it was kept`, LOOKS, async ({ page, browser }) => {
    const frame = await framed(browser, SHOT_SVG);
    const station = new Station(page);
    station.day = DAY;
    await stopClock(page);
    await station.open(first);
    if (state) await station.push(state);
    if (state?.camera?.ready !== false) {
      await station.film(frame);
      await expect(page.locator(".live canvas")).toBeVisible();
    }
    if (coach) await station.coach(coach);
    await page.locator("html").evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const key of keys ?? []) await page.keyboard.press(key);
    await then?.(page);
    const panel = name.startsWith("panel-") || first ? page.locator(".side-panel") : undefined;
    if (panel) await expect(panel).toBeVisible();
    for (const language of LANGUAGES) {
      await speak(page, language);
      await looksAsKept(page, "desk", `${name}-${language}`, panel);
    }
    if (!also) return;
    await speak(page, "zh");
    if (also === "large") await page.setViewportSize({ width: 1920, height: 1080 });
    else await page.locator("html").evaluate((root) => (root.dataset.theme = "light"));
    await looksAsKept(page, "desk", `${name}-${also}`);
  });
}

const BY_ITSELF = ["station-lost", "closed"];

test("station-lost looks as it was kept", LOOKS, async ({ page }) => {
  const station = new Station(page);
  await stopClock(page);
  await station.open();
  await page.route("**/desk/command", (route) => route.abort("connectionrefused"));
  await page.routeWebSocket(/\/desk\/events/, (socket) => void socket.close());
  await station.cut();
  await expect(page.getByText("与本机采集程序的连接中断")).toBeVisible();
  for (const language of LANGUAGES) {
    await speak(page, language);
    await looksAsKept(page, "desk", `station-lost-${language}`);
  }
});

test("closed looks as it was kept", LOOKS, async ({ page }) => {
  await page.goto("/desk.html");
  await expect(page.getByRole("heading")).toBeVisible();
  for (const language of LANGUAGES) {
    await speak(page, language);
    await looksAsKept(page, "desk", `closed-${language}`);
  }
});

nothingLeftOver("desk", [...names, ...BY_ITSELF.flatMap((name) => LANGUAGES.map((language) => `${name}-${language}`))]);
