import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import jsQR from "jsqr";

import { campaign, studio } from "./invented";
import { admin, furnish, help, second } from "./office-invented";
import { Stage } from "./stage";

test.use({ viewport: { width: 1280, height: 720 } });

/** What a phone reads in a picture. */
async function read(page: Page, picture: Buffer, type: string): Promise<string | undefined> {
  const { bytes, side } = await page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const side = 400;
    const canvas = new OffscreenCanvas(side, side);
    const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
    pen.drawImage(image, 0, 0, side, side);
    const { data } = pen.getImageData(0, 0, side, side);
    let bytes = "";
    for (let at = 0; at < data.length; at += 8192) bytes += String.fromCharCode(...data.subarray(at, at + 8192));
    return { bytes: btoa(bytes), side };
  }, `data:${type};base64,${picture.toString("base64")}`);
  return jsQR(new Uint8ClampedArray(Buffer.from(bytes, "base64")), side, side)?.data;
}

async function openCampaign(page: Page): Promise<Stage> {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  // What is printed is looked at through `emulateMedia`, not through the system's dialog.
  await page.addInitScript(() => (window.print = () => void (document.title = "printed")));
  await page.goto("/office.html#/campaigns");
  await page.getByRole("cell", { name: campaign.code }).click();
  return stage;
}

test("m1_0 one code opens the campaign's start page: on the screen, as PNG and as SVG", async ({ page }) => {
  await openCampaign(page);
  const wanted = `${new URL(page.url()).origin}/phone.html?campaign=${campaign.code}`;
  const sheet = page.getByRole("dialog");
  const code = sheet.getByRole("img", { name: `${campaign.title} 的学生入口二维码` });
  expect(await read(page, await code.screenshot(), "image/png")).toBe(wanted);
  for (const [button, type, name] of [
    ["存为 PNG", "image/png", "EK43.png"],
    ["存为 SVG", "image/svg+xml", "EK43.svg"],
  ] as const) {
    const saved = page.waitForEvent("download");
    await sheet.getByRole("button", { name: button }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(name);
    expect(await read(page, await readFile(await file.path()), type)).toBe(wanted);
  }
  await expect(sheet.getByText("这是本机的地址，学生的手机打不开"), "nobody prints a code that opens nothing").toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`)).toEqual([]);
});

test("m1_0 the code becomes a poster on one A4 page, with four steps, in either language", async ({ page }) => {
  await openCampaign(page);
  const sheet = page.getByRole("dialog");
  const poster = page.locator(".qr-poster");
  await expect(poster, "on paper only").toBeHidden();
  await sheet.getByRole("button", { name: "打印海报" }).click();
  await expect(page).toHaveTitle("printed");
  await page.emulateMedia({ media: "print" });
  await expect(poster.getByRole("heading", { name: campaign.school_name })).toBeVisible();
  await expect(sheet, "nothing but the poster").toBeHidden();
  await expect(poster.getByRole("listitem")).toHaveText([/身份核验/, /拍照\s*选一家照相馆/, /照片标准化/, /照片上传学信网/]);
  await expect(poster.getByText(help.phone)).toBeVisible();
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g);
  expect(pages).toHaveLength(1);
  expect(await read(page, await poster.getByRole("img").screenshot(), "image/png")).toContain(`campaign=${campaign.code}`);
  if (process.env.GRADSHOT_OFFICE_PICTURES) await poster.screenshot({ path: `${process.env.GRADSHOT_OFFICE_PICTURES}/poster-zh.png` });

  await page.emulateMedia({ media: "screen" });
  await sheet.getByRole("button", { name: "英文", exact: true }).click();
  await page.emulateMedia({ media: "print" });
  await expect(poster.getByRole("listitem")).toHaveText([/Identity/, /Photo\s*Choose a studio/, /Standard portrait/, /To the registry/]);
  await expect(poster).toHaveAttribute("lang", "en");
  if (process.env.GRADSHOT_OFFICE_PICTURES) await poster.screenshot({ path: `${process.env.GRADSHOT_OFFICE_PICTURES}/poster-en.png` });
});

test("a campaign is opened with the phone's price and with prints, and says what is missing", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin).on("POST /api/admin/campaigns", { status: 201, json: { school: "s", campaign } });
  await page.goto("/office.html#/campaigns");
  await page.getByRole("button", { name: "新开批次" }).click();
  const sheet = page.getByRole("dialog");
  const go = sheet.getByRole("button", { name: "开批次" });
  await sheet.getByLabel("学校").fill("示范大学");
  await sheet.getByLabel("名称", { exact: true }).fill("2027 届");
  await sheet.getByLabel("手机拍照价格（元）").fill("");
  await sheet.getByRole("button", { name: "加一种" }).click();
  await sheet.getByLabel("名称，学生看到").fill("一寸 8 张");
  await go.click();
  await expect(sheet.getByText("请填写手机拍照的价格")).toBeVisible();
  await expect(sheet.getByText("请把每种加印填完整")).toBeVisible();
  await sheet.getByLabel("手机拍照价格（元）").fill("20");
  await sheet.getByLabel("每版（元）").fill("8");
  await sheet.getByLabel("快递（元）").fill("12.00");
  await expect(sheet.getByRole("region", { name: "学生会看到" })).toContainText("加印照片快递到手");
  await go.click();
  await expect(page.getByText(`代码 ${campaign.code}`)).toBeVisible();
  const sent = stage.asked.find(({ method, path }) => method === "POST" && path === "/api/admin/campaigns")?.body as { policy: object };
  expect(sent.policy).toMatchObject({ phone_price: 2000, prints: [{ id: "5in-1", title: "一寸 8 张", layout: "5in", copies: 8, price: 800, postage: 1200 }] });
  await page.getByRole("button", { name: "看学生入口" }).click();
  await expect(sheet.getByRole("region", { name: "学生入口" })).toContainText(campaign.code);
});

test("a campaign is closed for good only when it is said twice", async ({ page }) => {
  const stage = await openCampaign(page);
  stage.on(`POST /api/admin/campaigns/${campaign.id}/close`, { status: 204 });
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "结束批次" }).click();
  expect(stage.asked.filter(({ path }) => path.endsWith("/close"))).toEqual([]);
  await sheet.getByRole("button", { name: "确定结束，不能重新打开" }).click();
  await expect(page.getByText(`已结束：${campaign.title}`)).toBeVisible();
  await expect(sheet).toHaveCount(0);
});

test("what is closed says so, and nothing that would be refused is offered", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  const closed = { ...campaign, closed_at: "2026-05-17T09:00:00Z", file_naming: "{place}" };
  furnish(stage, admin).on("GET /api/campaigns", { json: { campaigns: [closed, { ...second, file_naming: "{place}" }] } });
  await page.goto("/office.html#/campaigns");
  const table = page.getByRole("region", { name: "采集批次" });
  await expect(table.getByRole("row", { name: /EK43/ })).toContainText("已关闭");
  await expect(table.getByRole("row", { name: /ZY27/ })).toContainText("进行中");
  await table.getByRole("row", { name: /EK43/ }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("2026-05-17 17:00")).toBeVisible();
  await expect(sheet.getByRole("button", { name: "结束批次" })).toHaveCount(0);
  await expect(sheet.getByRole("region", { name: "学生入口" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.goto("/office.html#/rosters");
  await expect(page.getByLabel("采集批次").getByRole("option")).toHaveText([/ZY27/]);
  await page.goto("/office.html#/requests");
  const asked = page.getByRole("region", { name: "增补申请" }).getByRole("row", { name: /林小雨/ });
  await expect(asked).toContainText("已关闭");
  await expect(asked.getByRole("button", { name: "接受", exact: true })).toHaveCount(0);
  await expect(asked.getByRole("button", { name: "不接受" })).toBeVisible();
});

test("m1_6_3 a studio's code hangs at its door: a poster with the way from the scan to the yes", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  await page.goto("/office.html#/studios");
  await page.getByRole("cell", { name: studio.name, exact: true }).click();
  const card = page.getByRole("dialog").getByRole("region", { name: "店内取号二维码" });
  await expect(card.getByRole("link")).toHaveAttribute("href", `${new URL(page.url()).origin}/phone.html?studio=${studio.code}`);
  await page.emulateMedia({ media: "print" });
  const poster = page.locator(".qr-poster");
  await expect(poster.getByRole("listitem")).toHaveText([/扫码取号/, /等候叫号/, /叫到再来/, /确认照片/]);
  expect(await read(page, await poster.getByRole("img").screenshot(), "image/png")).toContain(`studio=${studio.code}`);
  if (process.env.GRADSHOT_OFFICE_PICTURES) await poster.screenshot({ path: `${process.env.GRADSHOT_OFFICE_PICTURES}/poster-studio.png` });
});
