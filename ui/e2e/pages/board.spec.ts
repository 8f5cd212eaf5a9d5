import type { Page } from "@playwright/test";
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

test("a page that was opened anew without a server shows what it showed last, and says of when", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/boards/SFZX", { json: board });
  await page.goto("/board.html?studio=SFZX");
  await expect(page.getByText("A013")).toBeVisible();

  stage.on("GET /api/boards/SFZX", { status: 503, json: { code: "broken", status: 503, zh: "", en: "" } });
  await page.reload();
  await stage.cut(events);
  await expect(page.getByText(/连接中断，号码以机位呼叫为准 · 最后更新 \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText("A013")).toBeVisible();
  await expect(page.locator(".flash"), "what is old does not flash").toHaveCount(0);

  // The page opens the line again by itself, in its own time.
  await expect(async () => {
    await stage.send(events, "board", { ...board, called: [boardCall("A020", "1号机位")] });
    await expect(page.getByText("A020")).toBeVisible({ timeout: 300 });
  }).toPass();
  await expect(page.getByText("连接中断"), "the line is there again").toBeHidden();
});

test("a board shows only the stations it is for, and goes on doing so after a reload", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  const many = ["A020", "A019", "A018", "A017", "A016"].map((number) => boardCall(number, "1号机位"));
  stage.on("GET /api/boards/SFZX", { json: { ...board, called: [...many, boardCall("A013", "2号机位")] } });
  await page.goto("/board.html?studio=SFZX");
  const numbers = page.locator(".called strong");
  await expect(numbers).toHaveText(["A020", "A019", "A018", "A017"]);

  await openSettings(page);
  await page.getByRole("button", { name: "2号机位" }).click();
  await page.getByLabel("显示打码的姓名").uncheck();
  await page.keyboard.press("Escape");
  await expect(numbers).toHaveText(["A013"]);
  await expect(page.getByText("林**")).toBeHidden();
  await page.reload();
  await expect(numbers).toHaveText(["A013"]);

  await page.goto(`/board.html?studio=SFZX&board=2&stations=${encodeURIComponent("1号机位")}`);
  await expect(numbers, "another board in the same browser has choices of its own").toHaveText(["A020", "A019", "A018", "A017"]);
});

test("a pause is said: of one station at the foot, of all of them in place of the calls", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  const paused = (names: string[]) => ["1号机位", "2号机位"].map((name) => ({ name, paused: names.includes(name) }));
  stage.on("GET /api/boards/SFZX", { json: { ...board, called: [], stations: paused(["2号机位"]) } });
  await page.goto("/board.html?studio=SFZX");
  await expect(page.getByText("2号机位暂停")).toBeVisible();
  await expect(page.getByText("暂停叫号，请在附近稍候")).toBeHidden();
  await stage.send(events, "board", { ...board, called: [], stations: paused(["1号机位", "2号机位"]) });
  await expect(page.getByText("暂停叫号，请在附近稍候")).toBeVisible();
});

test("the studio's own line and picture are shown and kept", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/boards/SFZX", { json: board });
  await page.goto("/board.html?studio=SFZX");
  await openSettings(page);
  await page.getByLabel("底部文字").fill("请脱帽，整理衣领，照片当天可取");
  await page.getByLabel("选择图片").setInputFiles({ name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByText("这个文件不是图片，请换一个")).toBeVisible();
  await page.getByLabel("选择图片").setInputFiles({ name: "shop.png", mimeType: "image/png", buffer: await page.screenshot() });
  await expect(page.getByText("去掉图片")).toBeVisible();
  await page.getByRole("button", { name: "黑底白字" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByText("请脱帽，整理衣领，照片当天可取")).toBeVisible();
  await expect(page.getByAltText("The studio's picture")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test.describe("voice", () => {
  /** The clips that were fetched, in their order. */
  function heard(page: Page): string[] {
    const clips: string[] = [];
    page.on("request", (request) => {
      const found = /\/voice-\w+\/(.+)\.ogg$/.exec(request.url());
      if (found?.[1]) clips.push(found[1]);
    });
    return clips;
  }

  test("after one touch the board speaks; of two calls at once the earlier is said first, and both", async ({ page }) => {
    const stage = new Stage(page);
    await stage.open();
    const clips = heard(page);
    stage.on("GET /api/boards/SFZX", { json: { ...board, called: [], next: [] } });
    await page.goto("/board.html?studio=SFZX&voice=zh");
    await page.getByRole("button", { name: "点一下屏幕继续播报" }).click();
    await expect(page.getByRole("button", { name: "点一下屏幕继续播报" })).toBeHidden();
    await expect(page.getByRole("button", { name: "关闭声音" })).toBeAttached();

    const called = [boardCall("B207", "12号机位", { at: "2026-05-18T06:06:01Z" }), boardCall("A013", "1号机位", { at: "2026-05-18T06:06:00Z" })];
    await stage.send(events, "board", { ...board, next: [], called });
    await expect(page.getByText("正在播报 A013")).toBeAttached();
    await expect(page.getByText("正在播报 B207")).toBeAttached({ timeout: 15_000 });
    expect(clips).toEqual(["chime", "zh/head-A0", "zh/pair-13", "zh/to-1", "zh/head-B2", "zh/pair-07", "zh/to-12"]);

    await stage.send(events, "board", { ...board, next: [], called: called.map((call) => ({ ...call, arrived: true })) });
    await expect(page.getByText("正在播报"), "nobody who has come is called again").toHaveCount(0, { timeout: 15_000 });
  });

  test("a board for one station says its calls only, in both languages", async ({ page }) => {
    const stage = new Stage(page);
    await stage.open();
    const clips = heard(page);
    stage.on("GET /api/boards/SFZX", { json: { ...board, called: [], next: [] } });
    await page.goto(`/board.html?studio=SFZX&voice=zh,en&stations=${encodeURIComponent("2号机位")}`);
    await page.getByRole("button", { name: "点一下屏幕继续播报" }).click();
    await expect(page.getByRole("button", { name: "关闭声音" })).toBeAttached();
    await stage.send(events, "board", { ...board, next: [], called: [boardCall("A014", "1号机位"), boardCall("A015", "2号机位")] });
    await expect(page.getByText("正在播报 A015")).toBeAttached();
    expect(clips).toEqual(["chime", "zh/head-A0", "zh/pair-15", "zh/to-2", "en/head-A0", "en/pair-15", "en/to-2"]);
  });

  test("what cannot be fetched is said so on the board, which goes on", async ({ page }) => {
    const stage = new Stage(page);
    await stage.open();
    await page.route(/\/zh\/to-\d+\.ogg$/, (route) => route.abort());
    stage.on("GET /api/boards/SFZX", { json: { ...board, called: [], next: [] } });
    await page.goto("/board.html?studio=SFZX&voice=zh");
    await page.getByRole("button", { name: "点一下屏幕继续播报" }).click();
    await expect(page.getByRole("button", { name: "关闭声音" })).toBeAttached();
    await stage.send(events, "board", { ...board, next: [], called: [boardCall("A014", "1号机位")] });
    await expect(page.getByText("声音放不出来，请检查网络和音箱")).toBeVisible();
    await expect(page.locator(".called strong")).toHaveText(["A014"]);
  });

  test("the desk's own second window offers no voice, since the desk speaks", async ({ page }) => {
    const stage = new Stage(page);
    await stage.open();
    stage.on("GET /api/boards/SFZX", { json: board });
    await page.goto("/board.html?studio=SFZX&voice=desk");
    await openSettings(page);
    await expect(page.getByText("这台电脑由操作台播报，本页不出声")).toBeVisible();
    await expect(page.getByText("开启声音")).toHaveCount(0);
  });
});

/** The switches come when somebody moves the pointer. */
async function openSettings(page: Page): Promise<void> {
  await page.mouse.move(200, 200);
  await page.mouse.move(240, 240);
  await page.getByRole("button", { name: "屏幕设置" }).click();
}

test("an unknown code says so", async ({ page }) => {
  await new Stage(page).open();
  await page.goto("/board.html?studio=NOPE");
  await expect(page.getByText("没有找到这家照相馆")).toBeVisible();
});
