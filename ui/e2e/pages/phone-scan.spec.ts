import { expect, test } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import { renderSVG } from "uqr";

import { browserWithCamera } from "../film";
import type { Sight } from "../film";
import { staged, states } from "./phone-invented";
import type { Stage } from "./stage";

/** The studio's own code, scanned inside the page: live, or by a photo of it where the page may not use the camera. */
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" } as const;
test.use(PHONE);

/** A photo of a code on a wall: smaller than the picture, a little askew. */
async function photoOf(page: Page, text: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const wall = await page.context().newPage();
  await wall.setContent(`<body style="margin:0;background:#b9b4ac"><div style="width:300px;margin:140px 0 0 90px;transform:rotate(6deg);background:#fff;padding:20px">${renderSVG(text, { ecc: "M" })}</div></body>`);
  const buffer = await wall.screenshot({ type: "jpeg" });
  await wall.close();
  return { name: "code.jpg", mimeType: "image/jpeg", buffer };
}

async function scan(page: Page, text: string): Promise<void> {
  const file = await photoOf(page, text);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "拍下二维码" }).click();
  await (await chooser).setFiles(file);
}

test("m1_6_3 the studio's code is scanned, then the number is there", async ({ page }) => {
  const stage = await staged(page, states.checkIn);
  stage.on("POST /api/studios/SFZX/check-in", { json: states.wait });
  await page.goto("/phone.html");
  await page.getByRole("button", { name: "扫店里的二维码" }).click();
  await expect(page.getByText("浏览器没有打开摄像头")).toBeVisible();
  await scan(page, "INVENTED TEXT OF ANOTHER CODE");
  await expect(page.getByRole("alert")).toContainText("这不是照相馆的取号码");
  await scan(page, "https://example.invalid/phone.html?studio=SFZX");
  await expect(page.getByText("A012")).toBeVisible();
  expect(stage.asked.find(({ path }) => path.endsWith("/check-in"))?.body).toEqual({ collection: states.checkIn.id });
});

/** The way to the scanner on a phone whose camera films these. */
async function before(browser: Browser, baseURL: string | undefined, sights: readonly Sight[]): Promise<{ page: Page; stage: Stage }> {
  const filming = await browserWithCamera(browser, sights);
  const page = await filming.newPage({ ...PHONE, ...(baseURL && { baseURL }), locale: "zh-CN" });
  const stage = await staged(page, states.checkIn);
  stage.on("POST /api/studios/SFZX/check-in", { json: states.wait });
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => ask(wanted).then((stream) => (tracks.push(...stream.getTracks()), stream));
  });
  await page.goto("/phone.html");
  await page.getByRole("button", { name: "扫店里的二维码" }).click();
  return { page, stage };
}

test("m1_6_3 the camera looks on until the studio's code is whole in its sight, and is off afterwards", async ({ browser, baseURL }) => {
  const code = "https://example.invalid/phone.html?studio=SFZX";
  const { page, stage } = await before(browser, baseURL, [{ half: code }, code]);
  await expect(page.getByText("A012")).toBeVisible();
  expect(stage.asked.filter(({ path }) => path.endsWith("/check-in"))).toHaveLength(1);
  expect(await page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map(({ readyState }) => readyState))).toEqual(["ended"]);
  await page.context().browser()?.close();
});

test("m1_6_3 another code before the camera is told, and the camera looks on", async ({ browser, baseURL }) => {
  const { page } = await before(browser, baseURL, ["INVENTED TEXT OF ANOTHER CODE"]);
  await expect(page.getByRole("alert")).toContainText("这不是照相馆的取号码");
  await expect(page.locator("video")).toBeVisible();
  await page.context().browser()?.close();
});

test("who was sent to another studio than the scanned one is told, and may type another code", async ({ page }) => {
  const stage = await staged(page, states.checkIn);
  stage.on("POST /api/studios/YCZX/check-in", { status: 409, json: { code: "check_in.not_booked_here", status: 409, zh: "您预约的是另一家照相馆", en: "You booked another studio" } }).on("POST /api/studios/SFZX/check-in", { json: states.wait });
  await page.goto("/phone.html?studio=YCZX");
  await page.getByRole("button", { name: "取号排队" }).click();
  await expect(page.getByRole("alert")).toContainText("另一家照相馆");
  await page.getByLabel("取号代码").fill("sfzx");
  await page.getByRole("button", { name: "取号排队" }).click();
  await expect(page.getByText("A012")).toBeVisible();
});
