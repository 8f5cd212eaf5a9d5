import { expect, test } from "@playwright/test";

import { board, boardCall } from "./invented";
import { Stage } from "./stage";

const events = "/api/boards/SFZX/events";

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
] as const) {
  test(`the called number can be read from afar at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const stage = new Stage(page);
    await stage.open();
    const four = [boardCall("A014", "2号机位"), boardCall("A013", "1号机位"), boardCall("A012", "Window 12 upstairs"), boardCall("A011", "4号机位")];
    stage.on("GET /api/boards/SFZX", { json: { ...board, called: four } });
    await page.goto("/board.html?studio=SFZX");

    const newest = page.getByRole("strong").filter({ hasText: "A014" });
    await expect(newest).toBeVisible();
    expect(await newest.evaluate((it) => parseFloat(getComputedStyle(it).fontSize))).toBeGreaterThanOrEqual(160);
    expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([width, height]);
    for (const name of ["2号机位", "Window 12 upstairs"]) {
      const cut = await page.getByText(name).evaluate((it) => it.scrollWidth - it.clientWidth);
      expect(cut, `${name} is not cut off`).toBeLessThanOrEqual(0);
    }
  });
}

test("a new call flashes, an old one does not", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/boards/SFZX", { json: board });
  await page.goto("/board.html?studio=SFZX");
  await expect(page.getByText("A013")).toBeVisible();
  await expect(page.locator(".flash")).toHaveCount(0);

  await stage.send(events, "board", { ...board, called: [boardCall("A014", "1号机位"), ...board.called] });
  const flash = page.locator(".flash");
  await expect(flash).toContainText("A014");
  // In either half of a flash the number stands out from its ground.
  for (const moment of [250, 750]) {
    const colours = await flash.evaluate((row, at) => {
      for (const animation of row.getAnimations()) {
        animation.pause();
        animation.currentTime = at;
      }
      const { color, backgroundColor } = getComputedStyle(row);
      return { color, backgroundColor };
    }, moment);
    expect(colours).toEqual(moment < 500 ? { color: "rgb(255, 255, 255)", backgroundColor: "rgb(15, 111, 104)" } : { color: "rgb(0, 0, 0)", backgroundColor: "rgba(0, 0, 0, 0)" });
  }
  await expect(flash).toHaveCount(0);

  await stage.send(events, "board", { ...board, called: [boardCall("A014", "1号机位", { times: 2 }), ...board.called] });
  await expect(page.locator(".flash")).toContainText("A014");
});

test("a broken line keeps the last state and says so", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/boards/SFZX", { json: board });
  await page.goto("/board.html?studio=SFZX");
  await expect(page.getByText("A013")).toBeVisible();
  await stage.cut(events);
  await expect(page.getByText("连接中断，号码以机位呼叫为准")).toBeVisible();
  await expect(page.getByText("A013")).toBeVisible();
  await expect(page.getByText("连接中断，号码以机位呼叫为准"), "opens again by itself").toBeHidden();
});

test("an unknown code says so", async ({ page }) => {
  await new Stage(page).open();
  await page.goto("/board.html?studio=NOPE");
  await expect(page.getByText("没有找到这家照相馆")).toBeVisible();
});
