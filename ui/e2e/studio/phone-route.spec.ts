import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { PAID_AFTERWARDS, openFor } from "../people/campaigns";
import { staff } from "../people/staff";
import { CROWDED_PHOTO, GOOD_PHOTO, PORTRAIT_MS, enter, portraitCame, press, readRules, shoot } from "../people/student";
import { DEMO, RunningStudio } from "./running-studio";

/**
 * The phone route of both manuals against a real server with the real imaging: nothing is played. Photos are the
 * repository's own samples.
 */
test.describe.configure({ mode: "serial", timeout: 180_000 });

let studio: RunningStudio;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  studio = await RunningStudio.start();
});
test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await studio?.stop();
});

async function take(page: Page, file: string): Promise<void> {
  await shoot(page, file);
  await press(page, "上传");
}

async function phoneOf(test: { newContext(options: object): Promise<BrowserContext> }): Promise<Page> {
  const context = await test.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: "zh-CN" });
  contexts.push(context);
  return context.newPage();
}

test("m1 pays first, reads the rules, shoots, shoots again, submits, is rejected with reasons and shoots again free of charge", async ({ browser, request }) => {
  const page = await phoneOf(browser);
  await page.goto(studio.addresses.phone);
  await enter(page, "13900000001", DEMO.student, DEMO.campaignCode);
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await page.getByRole("button", { name: "立即支付 ￥15.00" }).click();
  await page.getByRole("button", { name: "付款 ￥15.00" }).click();
  await readRules(page);
  await press(page, "我已看完，去拍照");

  await take(page, CROWDED_PHOTO);
  await expect(page.getByRole("alert").first(), "two people make no portrait").toContainText("画面里要正好有一个人", { timeout: PORTRAIT_MS });
  await take(page, GOOD_PHOTO);
  await portraitCame(page);
  await page.reload();
  await portraitCame(page);
  await page.getByRole("button", { name: "重拍" }).click();
  await page.getByRole("button", { name: "确定重拍" }).click();
  await expect(page.getByRole("button", { name: "拍照", exact: true })).toBeVisible();
  await page.context().setOffline(true);
  await take(page, GOOD_PHOTO);
  await expect(page.getByText("网络中断，已传的部分都在")).toBeVisible();
  await page.context().setOffline(false);
  await portraitCame(page);
  const submit = page.getByRole("button", { name: "确认提交" });
  await expect(submit, "the sample meets the standard").toBeVisible();
  await submit.click();
  await page.getByRole("button", { name: "确定提交" }).click();
  await expect(page.getByText(/预计 \d{4}-\d{2}-\d{2} 前有结果/)).toBeVisible();

  const reviewer = await staff(request, studio.addresses.server, DEMO.reviewer);
  const desk = (await reviewer("/api/review/next", {})) as { item: { portrait: string } };
  await reviewer(`/api/portraits/${desk.item.portrait}/picture.jpg`);
  await reviewer(`/api/review/portraits/${desk.item.portrait}`, { decision: "reject", reasons: ["light"], note: "请面向窗户" });
  await expect(page.getByRole("alert")).toContainText("上次的照片没有通过审核：光线不均或过曝。", { timeout: 15_000 });
  await take(page, GOOD_PHOTO);
  await portraitCame(page);
  await page.getByRole("button", { name: "确认提交" }).click();
  await page.getByRole("button", { name: "确定提交" }).click();
  await expect(page.getByRole("heading", { name: "审核中" })).toBeVisible();
  await page.getByRole("button", { name: "撤回重拍" }).click();
  await page.getByRole("button", { name: "确定撤回" }).click();
  await expect(page.getByText("已撤回上次提交的照片")).toBeVisible();

  await page.getByRole("link", { name: "我的" }).click();
  await page.getByRole("link", { name: /我的数据/ }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "审核员" }).first(), "each look is told").toContainText("标准照 · 人工审核");
});

test("m2 sees the portrait first, pays afterwards, orders prints and gives them up, is paid back when the wall was bad", async ({ browser, request }) => {
  const admin = await staff(request, studio.addresses.server, DEMO.admin);
  const student = { name: "陈思远", last4: "0490" };
  await openFor(admin, PAID_AFTERWARDS, student);

  const page = await phoneOf(browser);
  await page.goto(studio.addresses.phone);
  await enter(page, "13900000002", student, PAID_AFTERWARDS.code);
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await expect(page.getByText("付款后不能再用手机重拍，只能到照相馆补拍。")).toBeVisible();
  await page.getByRole("button", { name: "开始拍照" }).click();
  await readRules(page);
  await press(page, "我已看完，去拍照");
  await expect(page.getByText("本批次只能现场拍摄，不能从相册选取")).toBeVisible();
  await take(page, GOOD_PHOTO);
  await portraitCame(page);
  const submit = page.getByRole("button", { name: "提交并付款" });
  await expect(submit, "the sample meets the standard").toBeVisible();
  await submit.click();
  await page.getByRole("button", { name: "确定提交" }).click();
  await page.getByRole("button", { name: "付款 ￥20.00" }).click();
  await expect(page.getByRole("heading", { name: "审核中" })).toBeVisible();

  await page.getByRole("button", { name: /加印照片/ }).click();
  await page.getByLabel("收件人", { exact: true }).fill("陈思远");
  await page.getByLabel("收件人手机号").fill("13900000002");
  await page.getByLabel("收件地址").fill("示范省示范市示范路 1 号 3 号楼");
  await page.getByRole("checkbox").click();
  await page.getByRole("button", { name: "下单 ￥20.00" }).click();
  await page.getByRole("button", { name: "付款 ￥20.00" }).click();
  await expect(page.getByText("已付款，待冲印")).toBeVisible();
  await page.getByRole("button", { name: "取消加印" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取消加印" }).click();
  await expect(page.getByText("已退款")).toBeVisible();
  await page.getByRole("link", { name: "我的" }).click();
  await page.getByRole("link", { name: /订单与退款/ }).click();
  await expect(page.getByText(/退款 ￥20\.00，已原路退回/)).toBeVisible();
  await expect(page.getByText("已付款", { exact: true })).toBeVisible();

  const reviewer = await staff(request, studio.addresses.server, DEMO.reviewer);
  const desk = (await reviewer("/api/review/next", {})) as { item: { portrait: string } };
  await reviewer(`/api/review/portraits/${desk.item.portrait}`, { decision: "reject", reasons: ["background"], note: "" });
  await page.getByRole("link", { name: "采集" }).click();
  await expect(page.getByRole("alert"), "this campaign pays back and collects again").toContainText("上次的照片没有通过审核：背景不合格。", { timeout: 15_000 });
  await expect(page.getByRole("alert")).toContainText("费用已原路退回");
});
