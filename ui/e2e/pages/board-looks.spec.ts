/**
 * Every state of the board on small and large screens: nothing is cut off, and axe finds nothing grave. With
 * `GRADSHOT_PICTURES=../tests/pictures` each is also kept as a picture at 1920×1080, to be looked at.
 */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import type { Board } from "../../src/shared/api/types";
import { board, boardCall } from "./invented";
import { Stage } from "./stage";

const events = "/api/boards/SFZX/events";
const pictures = process.env.GRADSHOT_PICTURES;

const called = [boardCall("A014", "2号机位"), boardCall("A013", "1号机位"), boardCall("A012", "3号机位", { arrived: true }), boardCall("A011", "4号机位", { arrived: true })];
const full: Board = {
  ...board,
  called,
  next: ["A015", "A016", "A017", "A018", "A019", "A020", "A021", "A022"],
  last_called: ["A010", "A009", "A008", "A007", "A006", "A005"],
  waiting: 123,
  expected_wait_minutes: 96,
};
const paused = (names: string[]) => ["1号机位", "2号机位", "3号机位"].map((name) => ({ name, paused: names.includes(name) }));

const LOOKS: { name: string; query: string; shown: Board; after?: (page: Page, stage: Stage) => Promise<void> }[] = [
  { name: "called-zh", query: "", shown: full },
  { name: "called-en-dark", query: "&lang=en&theme=dark", shown: { ...full, stations: paused(["1号机位", "2号机位"]) } },
  { name: "offline-with-picture", query: `&text=${encodeURIComponent("请脱帽，整理衣领；照片当天可在手机上查看并确认，满意后再提交")}`, shown: full, after: takePictureAndCut },
  { name: "nobody-called", query: "", shown: { ...full, called: [], next: [], last_called: [], waiting: 0, expected_wait_minutes: 0 } },
  { name: "paused", query: "", shown: { ...full, called: [], stations: paused(["1号机位", "2号机位", "3号机位"]) } },
  { name: "paused-while-called-en", query: "&lang=en", shown: { ...full, stations: paused(["1号机位", "2号机位", "3号机位"]) } },
];

for (const { name, query, shown, after } of LOOKS) {
  test(`${name}: nothing is cut off on any screen`, async ({ page }) => {
    const stage = new Stage(page);
    await stage.open();
    stage.on("GET /api/boards/SFZX", { json: shown });
    await page.goto(`/board.html?studio=SFZX${query}`);
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
    expect(await graveFaults(page)).toEqual([]);
    if (pictures) await page.screenshot({ path: `${pictures}/board-${name}.png` });
  });
}

async function takePictureAndCut(page: Page, stage: Stage): Promise<void> {
  await page.mouse.move(200, 200);
  await page.mouse.move(240, 240);
  await page.getByRole("button", { name: "屏幕设置" }).click();
  await page.getByLabel("选择图片").setInputFiles({ name: "shop.png", mimeType: "image/png", buffer: await page.screenshot() });
  await expect(page.getByText("去掉图片")).toBeVisible();
  if (pictures) {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.screenshot({ path: `${pictures}/board-settings.png` });
  }
  expect(await graveFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await stage.cut(events);
  await expect(page.getByText("最后更新")).toBeVisible();
}

/** What axe finds grave, each with its places. */
async function graveFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === "critical" || impact === "serious");
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
}

/** The parts of the page whose content is larger than themselves; a letter's own room may be a little. Runs in the page. */
function cutOff(): string[] {
  const parts = [...document.querySelectorAll<HTMLElement>(".numbers, .corner, .rows, .row, .where b, footer, .notice, .paused")];
  return parts.filter((part) => part.scrollHeight > part.clientHeight * 1.02 + 2 || part.scrollWidth > part.clientWidth + 2).map((part) => `${part.className || part.tagName} ${part.textContent} ${part.scrollWidth}×${part.scrollHeight} in ${part.clientWidth}×${part.clientHeight}`);
}
