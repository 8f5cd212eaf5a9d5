import type { APIRequestContext, BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { fileURLToPath } from "node:url";

import { DEMO, RunningStudio } from "./running-studio";

/**
 * The phone route of both manuals against a real server with the real imaging: nothing is played. Photos are the
 * repository's own samples.
 */
test.describe.configure({ mode: "serial", timeout: 180_000 });

/** The imaging runs for real, on whatever machine this is. */
const PORTRAIT_MS = 60_000;
const photo = (name: string) => fileURLToPath(new URL(`../../../assets/photos/${name}`, import.meta.url));
const GOOD = photo("hopper_plain_wall.jpg");
const CROWDED = photo("refused/two_people.jpg");

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

async function staff(request: APIRequestContext, who: { login: string; password: string }) {
  const session = (await (await request.post(`${studio.addresses.server}/api/sign-in`, { data: who })).json()) as { token: string };
  return async (path: string, body?: object | string): Promise<Record<string, unknown>> => {
    if (body === undefined) return { status: (await request.get(studio.addresses.server + path, { headers: { Authorization: `Bearer ${session.token}` } })).status() };
    const headers = { Authorization: `Bearer ${session.token}`, ...(typeof body === "string" && { "Content-Type": "text/csv; charset=utf-8" }) };
    const answer = await request.post(studio.addresses.server + path, { headers, data: body });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  };
}

/** From the scanned code to the choice of a route. */
async function enter(page: Page, phone: string, student: { name: string; last4: string }, campaign: string): Promise<void> {
  await page.goto(studio.addresses.phone);
  await page.getByRole("button", { name: "立即进入" }).click();
  await page.getByRole("button", { name: /第一次使用/ }).click();
  await page.getByLabel("手机号").fill(phone);
  await page.getByLabel("密码", { exact: true }).fill("invented password");
  await page.getByLabel("再输一次密码").fill("invented password");
  await page.getByRole("button", { name: "注册并登录" }).click();
  await page.getByRole("button", { name: /我是毕业生/ }).click();
  await page.getByRole("searchbox").fill(campaign);
  await page.getByText(`批次代码 ${campaign}`).click();
  await page.getByRole("radio", { name: "本科" }).click();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByLabel("或粘贴采集码文字").fill(`INVENTED-IMAGE-CODE-${phone}`);
  await page.getByLabel("姓名").fill(student.name);
  await page.getByLabel("身份证号后四位").fill(student.last4);
  await page.getByRole("button", { name: "核验并继续" }).click();
  const boxes = page.getByRole("checkbox");
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  await page.getByRole("button", { name: "同意并继续" }).click();
}

async function readRules(page: Page): Promise<void> {
  await expect(page.getByText("第 1 条，共 7 条")).toBeVisible();
  for (let at = 2; at <= 7; at += 1) {
    await page.getByRole("button", { name: "下一条" }).click();
    await expect(page.getByText(`第 ${at} 条，共 7 条`)).toBeVisible();
  }
  await page.getByRole("button", { name: "我已看完，去拍照" }).click();
}

async function take(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "拍照", exact: true }).click();
  await (await chooser).setFiles(file);
  await page.getByRole("button", { name: "上传" }).click();
}

/** The portrait is there, whatever is thought of it. */
async function portrait(page: Page): Promise<void> {
  const picture = page.getByRole("img", { name: "你的标准照" });
  await expect(picture).toBeVisible({ timeout: PORTRAIT_MS });
  await expect.poll(() => picture.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight])).toEqual([480, 640]);
}

async function phoneOf(test: { newContext(options: object): Promise<BrowserContext> }): Promise<Page> {
  const context = await test.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: "zh-CN" });
  contexts.push(context);
  return context.newPage();
}

test("m1 pays first, reads the rules, shoots, shoots again, submits, is rejected with reasons and shoots again free of charge", async ({ browser, request }) => {
  const page = await phoneOf(browser);
  await enter(page, "13900000001", DEMO.student, DEMO.campaignCode);
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await page.getByRole("button", { name: "立即支付 ￥15.00" }).click();
  await page.getByRole("button", { name: "付款 ￥15.00" }).click();
  await readRules(page);

  await take(page, CROWDED);
  await expect(page.getByRole("alert").first(), "two people make no portrait").toContainText("画面里要正好有一个人", { timeout: PORTRAIT_MS });
  await take(page, GOOD);
  await portrait(page);
  await page.reload();
  await portrait(page);
  await page.getByRole("button", { name: "重拍" }).click();
  await page.getByRole("button", { name: "确定重拍" }).click();
  await expect(page.getByRole("button", { name: "拍照", exact: true })).toBeVisible();
  await page.context().setOffline(true);
  await take(page, GOOD);
  await expect(page.getByText("网络中断，已传的部分都在")).toBeVisible();
  await page.context().setOffline(false);
  await portrait(page);
  const submit = page.getByRole("button", { name: "确认提交" });
  await expect(submit, "the sample meets the standard").toBeVisible();
  await submit.click();
  await page.getByRole("button", { name: "确定提交" }).click();
  await expect(page.getByText(/预计 \d{4}-\d{2}-\d{2} 前有结果/)).toBeVisible();

  const reviewer = await staff(request, DEMO.reviewer);
  const desk = (await reviewer("/api/review/next", {})) as { item: { portrait: string } };
  await reviewer(`/api/portraits/${desk.item.portrait}/picture.jpg`);
  await reviewer(`/api/review/portraits/${desk.item.portrait}`, { decision: "reject", reasons: ["light"], note: "请面向窗户" });
  await expect(page.getByRole("alert")).toContainText("上次的照片没有通过审核：光线不均或过曝。", { timeout: 15_000 });
  await take(page, GOOD);
  await portrait(page);
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
  const admin = await staff(request, DEMO.admin);
  const policy = { payment: "after_preview", retakes: "until_paid", routes: ["phone", "studio"], album_allowed: false, withdraw_in_review: false, review_promise_days: 2, unpaid_order_minutes: 30, payers: ["student"], spec: "chsi", rejection: "refund", prints: [{ id: "one-inch-8", title: "一寸 8 张", layout: "one-inch-8", copies: 8, price: 800, postage: 1200 }], phone_price: 2000 };
  const opened = (await admin("/api/admin/campaigns", { school_name: "虚构职业技术学院", title: "2027 届线上采集", code: "XGZY28", categories: ["bachelor"], policy })) as { campaign: { id: string } };
  await admin(`/api/admin/campaigns/${opened.campaign.id}/roster`, "姓名,学号,身份证后四位,学历类别\r\n陈思远,2023900001,0490,本科\r\n");

  const page = await phoneOf(browser);
  await enter(page, "13900000002", { name: "陈思远", last4: "0490" }, "XGZY28");
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await expect(page.getByText("付款后不能再用手机重拍，只能到照相馆补拍。")).toBeVisible();
  await page.getByRole("button", { name: "开始拍照" }).click();
  await readRules(page);
  await expect(page.getByText("本批次只能现场拍摄，不能从相册选取")).toBeVisible();
  await take(page, GOOD);
  await portrait(page);
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

  const reviewer = await staff(request, DEMO.reviewer);
  const desk = (await reviewer("/api/review/next", {})) as { item: { portrait: string } };
  await reviewer(`/api/review/portraits/${desk.item.portrait}`, { decision: "reject", reasons: ["background"], note: "" });
  await page.getByRole("link", { name: "采集" }).click();
  await expect(page.getByRole("alert"), "this campaign pays back and collects again").toContainText("上次的照片没有通过审核：背景不合格。", { timeout: 15_000 });
  await expect(page.getByRole("alert")).toContainText("费用已原路退回");
});
