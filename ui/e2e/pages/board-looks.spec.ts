/** Every state of the board looks as it was kept and is cut off on no screen, and axe finds nothing grave. */
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import type { Board } from "../../src/shared/api/types";
import { faults } from "./axe";
import { stopClock } from "./clock";
import { framed, SHOT_SVG } from "./drawn";
import { board, boardCall } from "./invented";
import { LOOKS, looksAsKept, nothingLeftOver } from "./look";
import { Stage } from "./stage";

const events = "/api/boards/SFZX/events";
const called = [boardCall("A014", "2号机位"), boardCall("A013", "1号机位"), boardCall("A012", "3号机位", { arrived: true }), boardCall("A011", "4号机位", { arrived: true })];
const full: Board = {
  ...board,
  called,
  next: ["A015", "A016", "A017", "A018", "A019", "A020", "A021", "A022"],
  last_called: ["A010", "A009", "A008", "A007", "A006", "A005"],
  waiting: 123,
  expected_wait_minutes: 96,
};
const idle: Board = { ...full, called: [], next: [], last_called: [], waiting: 0, expected_wait_minutes: 0 };
const paused = (names: string[]) => ["1号机位", "2号机位", "3号机位"].map((name) => ({ name, paused: names.includes(name) }));
const LINE = encodeURIComponent("请脱帽，整理衣领；照片当天可在手机上查看并确认，满意后再提交");

type Look = { query?: string; shown: Board; after?: (page: Page, stage: Stage) => Promise<void> };
const BOARDS: Record<string, Look> = {
  "nobody-zh": { shown: idle },
  "nobody-en": { query: "&lang=en", shown: idle },
  "nobody-dark": { query: "&theme=dark", shown: idle },
  "one-zh": { shown: { ...full, called: called.slice(0, 1) } },
  "one-en": { query: "&lang=en", shown: { ...full, called: called.slice(0, 1) } },
  "two-zh": { shown: board },
  "two-dark": { query: "&theme=dark", shown: board },
  "four-zh": { shown: full },
  "four-en": { query: "&lang=en", shown: full },
  "four-dark": { query: "&theme=dark", shown: full },
  "four-en-dark": { query: "&lang=en&theme=dark", shown: { ...full, stations: paused(["1号机位", "2号机位"]) } },
  "no-names": { query: "&names=0", shown: full },
  "paused-zh": { shown: { ...full, called: [], stations: paused(["1号机位", "2号机位", "3号机位"]) } },
  "paused-en": { query: "&lang=en", shown: { ...full, called: [], stations: paused(["1号机位", "2号机位", "3号机位"]) } },
  "paused-while-called-en": { query: "&lang=en", shown: { ...full, stations: paused(["1号机位", "2号机位", "3号机位"]) } },
  "offline-zh": { query: `&text=${LINE}`, shown: full, after: takePictureAndCut },
  "offline-en": { query: "&lang=en", shown: full, after: (page, stage) => stage.lose(events).then(() => page.locator(".offline").waitFor()) },
};

test.describe.configure({ mode: "parallel" });

for (const [name, { query = "", shown, after }] of Object.entries(BOARDS)) {
  test(`${name}: looks as it was kept, and nothing is cut off on any screen`, LOOKS, async ({ page }) => {
    await stopClock(page);
    const stage = new Stage(page);
    await stage.open();
    stage.on("GET /api/boards/SFZX", { json: shown });
    await page.goto(`/board.html?studio=SFZX&voice=desk${query}`);
    await expect(page.getByText("示范照相馆").last()).toBeVisible();
    await stage.send(events, "board", shown);
    await after?.(page, stage);
    for (const [width, height] of [
      [3840, 2160],
      [1280, 720],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate(cutOff), `${width}×${height}`).toEqual([]);
      expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([width, height]);
    }
    expect(await faults(page, undefined, true)).toEqual([]);
    await looksAsKept(page, "board", name);
  });
}

const SWITCHES = ["zh", "en"] as const;
for (const lang of SWITCHES) {
  test(`settings-${lang}: look as they were kept`, LOOKS, async ({ page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await stopClock(page);
    const stage = new Stage(page);
    await stage.open();
    stage.on("GET /api/boards/SFZX", { json: full });
    await page.goto(`/board.html?studio=SFZX&lang=${lang}`);
    await openSettings(page);
    await looksAsKept(page, "board", `settings-${lang}`);
  });
  test(`unknown-${lang}: looks as it was kept`, LOOKS, async ({ page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await new Stage(page).open();
    await page.goto(`/board.html?studio=NOPE&lang=${lang}`);
    await expect(page.locator(".alone")).toBeVisible();
    await looksAsKept(page, "board", `unknown-${lang}`);
  });
}

nothingLeftOver("board", [...Object.keys(BOARDS), ...SWITCHES.flatMap((lang) => [`settings-${lang}`, `unknown-${lang}`])]);

/** The switches come when somebody moves the pointer. */
async function openSettings(page: Page): Promise<void> {
  await page.mouse.move(200, 200);
  await page.mouse.move(240, 240);
  await page.getByRole("button", { name: /屏幕设置|settings/i }).click();
}

async function takePictureAndCut(page: Page, stage: Stage): Promise<void> {
  await openSettings(page);
  await page.getByLabel("选择图片").setInputFiles({ name: "shop.png", mimeType: "image/png", buffer: await framed(page.context().browser() as Browser, SHOT_SVG) });
  await expect(page.getByText("去掉图片")).toBeVisible();
  expect(await faults(page, undefined, true)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await stage.lose(events);
  await expect(page.getByText("最后更新")).toBeVisible();
}

/** The parts of the page whose content is larger than themselves; a letter's own room may be a little. Runs in the page. */
function cutOff(): string[] {
  const parts = [...document.querySelectorAll<HTMLElement>(".numbers, .corner, .rows, .row, .where b, footer, .notice, .paused")];
  return parts.filter((part) => part.scrollHeight > part.clientHeight * 1.02 + 2 || part.scrollWidth > part.clientWidth + 2).map((part) => `${part.className || part.tagName} ${part.textContent} ${part.scrollWidth}×${part.scrollHeight} in ${part.clientWidth}×${part.clientHeight}`);
}
