import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";
import { renderSVG } from "uqr";

import { staged, states } from "./phone-invented";

/** The studio's own code, scanned inside the page: by a photo of it where the page may not use the camera. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

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
