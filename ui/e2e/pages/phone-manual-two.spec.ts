import { expect, test } from "@playwright/test";

import type { Collection } from "../../src/shared/api/types";
import { collection } from "./invented";
import { account, events, manualTwo, path, phone, printOrder, staged, states, strangers } from "./phone-invented";
import { invoiceless } from "./phone-mine";
import type { Stage } from "./stage";

/** The second manual on a phone of 360 pixels: a photo company's campaign, seen first, then paid, camera only. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

const posted = (stage: Stage, end: string) => stage.asked.filter(({ method, path: at }) => method === "POST" && at.endsWith(end));

test("m2_1_1 to m2_1_3 three ways to the image code, each with its screens", async ({ page }) => {
  await staged(page, undefined);
  await page.goto("/phone.html#/code");
  for (const [way, screens] of [
    ["学信档案", 4],
    ["学信网微信公众号", 4],
    ["学信网手机应用", 3],
  ] as const) {
    await expect(page.getByRole("heading", { name: way })).toBeVisible();
    await expect(page.getByRole("list", { name: way, exact: true }).locator(".sketch")).toHaveCount(screens);
  }
  await expect(page.getByText("依次点“学信账号”“登录学信档案”“进入学信档案”“学籍学历学位”")).toBeVisible();
});

test("m2_2_1 who am I: 第一次使用 for somebody new, the sign-in for somebody known", async ({ page }) => {
  await strangers(page);
  await page.goto("/phone.html#/sign");
  await expect(page.getByRole("heading", { name: "请选择身份" })).toBeVisible();
  await page.getByRole("button", { name: /第一次使用/ }).click();
  await expect(page.getByRole("heading", { name: "注册" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: /已有账号/ }).click();
  await expect(page.getByRole("heading", { name: "登录" })).toBeVisible();
});

test("m2_2_2 a bad number and unequal passwords are said beside their fields", async ({ page }) => {
  const stage = await strangers(page);
  await page.goto("/phone.html#/sign");
  await page.getByRole("button", { name: /第一次使用/ }).click();
  await page.getByLabel("手机号").fill("1390000");
  await page.getByLabel("密码", { exact: true }).fill("correct horse");
  await page.getByLabel("再输一次密码").fill("another horse");
  await page.getByRole("button", { name: "注册并登录" }).click();
  await expect(page.getByText("手机号是 11 位数字，请核对")).toBeVisible();
  await expect(page.getByText("两次输入的密码不一样")).toBeVisible();
  expect(stage.asked.some(({ path: at }) => at === "/api/sign-up")).toBe(false);
});

test("m2_3_1 开始线上采集, then 我是毕业生", async ({ page }) => {
  const stage = await strangers(page);
  stage.on("POST /api/sign-in", { json: { token: "t", account } });
  await page.goto("/phone.html#/sign");
  await page.getByRole("button", { name: /已有账号/ }).click();
  await page.getByLabel("手机号").fill("13900000001");
  await page.getByLabel("密码", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("heading", { name: "开始线上采集" })).toBeVisible();
  await expect(page.getByRole("link", { name: /工作人员/ })).toHaveAttribute("href", /office\.html$/);
  await page.getByRole("button", { name: /我是毕业生/ }).click();
  await expect(page.getByRole("heading", { name: "选择学校" })).toBeVisible();
});

test("m2_4_1 and m2_4_2 what violates the standard is shown with its sentences and cannot be submitted", async ({ page }) => {
  const stage = await staged(page, states.violates, manualTwo);
  stage.on(`POST /api/portraits/${states.violates.portrait.id}/object`, { json: states.cameraOnly });
  await page.goto("/phone.html");
  await expect(page.getByRole("heading", { name: "这张还不行" })).toBeVisible();
  await expect(page.getByText("头歪了，请摆正再拍").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /提交/ })).toHaveCount(0);
  await page.getByRole("button", { name: "重拍" }).click();
  await page.getByRole("button", { name: "确定重拍" }).click();
  await expect(page.getByText("本批次只能现场拍摄，不能从相册选取")).toBeVisible();
});

test("m2_4_3 a picture without exactly one person is said at once, free of charge", async ({ page }) => {
  await staged(page, states.unfit, manualTwo);
  await page.goto("/phone.html");
  await expect(page.getByRole("alert")).toContainText("画面里要正好有一个人");
  await expect(page.getByRole("alert")).toContainText("不另收费");
});

test("m2_4_4 to m2_4_6 the portrait first, retakes, what a payment ends said before it, then paid", async ({ page }) => {
  const stage = await staged(page, { ...states.chooseRoute, phone: { ...phone, no_retake_once_paid: true, album_allowed: false } }, manualTwo);
  stage
    .on(`POST ${path}/phone`, { json: { ...states.readRules, order: null } })
    .on(`POST /api/portraits/${states.decideUnpaid.portrait.id}/confirm`, { json: states.payAfter })
    .on(`POST /api/orders/${states.payAfter.order.id}/pay`, { json: { ...states.review, policy: manualTwo.policy } });
  await page.goto("/phone.html");
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await expect(page.getByText("看到标准照、满意后再付款")).toBeVisible();
  await expect(page.getByText("付款后不能再用手机重拍，只能到照相馆补拍。")).toBeVisible();
  await page.getByRole("button", { name: "开始拍照" }).click();
  await expect(page.getByRole("heading", { name: "拍照前请看完七条要求" })).toBeVisible();

  await stage.send(events, "collection", states.decideUnpaid);
  await expect(page.getByText("满意再提交，提交后付款 ￥15.00。")).toBeVisible();
  await expect(page.getByText("付款后不能再用手机重拍，只能到照相馆补拍。")).toBeVisible();
  await page.getByRole("button", { name: "提交并付款" }).click();
  await page.getByRole("button", { name: "确定提交" }).click();
  await expect(page.getByText("还想重拍的，先不要付款")).toBeVisible();
  await page.getByRole("button", { name: "付款 ￥15.00" }).click();
  await expect(page.getByRole("heading", { name: "审核中" })).toBeVisible();
  await expect(page.getByRole("button", { name: /撤回/ }), "support, not a button").toHaveCount(0);
  await expect(page.getByRole("link", { name: "联系客服" })).toBeVisible();
});

test("what the server's stream says first leads on as the answer would, and the foot stays at 采集", async ({ page }) => {
  const stage = await staged(page, { ...states.chooseRoute, phone: { ...phone, no_retake_once_paid: true, album_allowed: false } }, manualTwo);
  stage.on(`POST ${path}/phone`, () => "cut");
  await page.goto("/phone.html");
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await page.getByRole("button", { name: "开始拍照" }).click();
  await stage.send(events, "collection", { ...states.readRules, order: null });
  await expect(page.getByRole("heading", { name: "拍照前请看完七条要求" })).toBeVisible();
  await expect(page.getByRole("link", { name: "采集" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("button", { name: "返回" })).toHaveCount(0);
});

test("m2_4_5 an order that closed by itself: pay anew, or take another one", async ({ page }) => {
  const stage = await staged(page, states.orderClosed, manualTwo);
  stage.on(`POST /api/portraits/${states.orderClosed.portrait.id}/withdraw`, { json: states.cameraOnly });
  await page.goto("/phone.html");
  await expect(page.getByRole("heading", { name: "订单已自动关闭" })).toBeVisible();
  await page.getByRole("button", { name: "用这张，去付款" }).click();
  await expect(page.getByRole("button", { name: "立即支付 ￥15.00" })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "重拍" }).click();
  await expect(page.getByRole("heading", { name: "请别人帮你拍照" })).toBeVisible();
});

test("m2_4_6 once paid, another photo is taken at a studio only", async ({ page }) => {
  await staged(page, states.studioOnly, manualTwo);
  await page.goto("/phone.html");
  await expect(page.getByText("付款后不能再用手机重拍。请选一家照相馆补拍。")).toBeVisible();
  await expect(page.getByRole("button", { name: /手机拍照/ })).toHaveCount(0);
  await page.getByRole("button", { name: /照相馆拍摄/ }).click();
  await expect(page.getByRole("heading", { name: "选择照相馆" })).toBeVisible();
});

test("m2_4_7 advice before the photo: light, posture, the figure's outline, a sample in the corner", async ({ page }) => {
  await staged(page, states.cameraOnly, manualTwo);
  await page.goto("/phone.html");
  await expect(page.getByRole("list", { name: "拍得更好" }).getByRole("listitem")).toHaveText([/不要侧光/, /肩膀打开/, /看镜头，可以微笑/, /离墙约一米/]);
  const [finder, sample] = await Promise.all([page.getByRole("img", { name: /取景示意/ }).boundingBox(), page.locator(".sample").boundingBox()]);
  expect(Math.abs((sample?.x ?? 0) + (sample?.width ?? 0) - (finder?.x ?? 0) - (finder?.width ?? 0)), "the sample stands in the upper right corner").toBeLessThan(2);
  expect(sample?.y).toBeCloseTo(finder?.y ?? -1, 0);
  await expect(page.locator(".finder .outline")).toBeVisible();
});

test("m2_5_1 the hints in seven steps are swiped with a finger", async ({ page }) => {
  const stage = await staged(page, states.readRules, manualTwo);
  stage.on(`POST ${path}/photo-rules`, { json: states.cameraOnly });
  await page.goto("/phone.html");
  const cards = page.locator(".cards");
  await expect(page.getByText("第 1 条，共 7 条")).toBeVisible();
  for (let at = 2; at <= 7; at += 1) {
    // A finger moves the row by one card; it snaps.
    await cards.evaluate((row, to) => row.scrollTo({ left: row.clientWidth * to, behavior: "instant" }), at - 1);
    await expect(page.getByText(`第 ${at} 条，共 7 条`)).toBeVisible();
  }
  await page.getByRole("button", { name: "我已看完，去拍照" }).click();
  await expect(page.getByRole("heading", { name: "请别人帮你拍照" })).toBeVisible();
});

test("m2_5_2 only 已付款 means done", async ({ page }) => {
  const stage = await staged(page, states.payAfter, manualTwo);
  stage.on(`GET ${path}/prints`, { json: { may_order: false, products: [], orders: [] } }).on(`GET /api/orders/${states.payAfter.order.id}/refunds`, { json: { refunds: [] } });
  await page.goto(`/phone.html#/c/${collection.id}/orders`);
  await expect(page.getByText("待付款")).toBeVisible();
  await expect(page.getByText("显示“已付款”，才算付款完成。")).toBeVisible();
  stage.on(`GET ${path}`, { json: states.review });
  await page.reload();
  await expect(page.getByText("已付款", { exact: true })).toBeVisible();
});

test("m2_5_3 prints: sizes, address, whole price before the button, one order however often it is pressed, the parcel's number", async ({ page }) => {
  const stage = await staged(page, states.review);
  let cut = true;
  invoiceless(stage, [])
    .on(`GET ${path}/consents`, { json: { records: [] } })
    .on(`POST ${path}/consents`, { json: states.review })
    .on(`POST ${path}/prints`, () => {
      // The server has made it; only its answer is lost.
      const answer = cut ? ("cut" as const) : { status: 201, json: printOrder };
      if (!cut) invoiceless(stage, [printOrder]);
      cut = false;
      return answer;
    })
    .on(`POST /api/orders/${printOrder.order}/pay`, { json: states.review as Collection });
  await page.goto("/phone.html");
  await page.getByRole("button", { name: /加印照片/ }).click();
  await page.getByRole("button", { name: "多一版" }).click();
  await page.getByLabel("收件人", { exact: true }).fill("林小雨");
  await page.getByLabel("收件人手机号").fill("13900000001");
  await page.getByLabel("收件地址").fill("示范省示范市示范路 1 号 3 号楼");
  await page.getByRole("button", { name: "下单 ￥28.00" }).click();
  await expect(page.getByText("加印需要这一项授权")).toBeVisible();
  await page.getByRole("checkbox").click();
  await page.getByRole("button", { name: "下单 ￥28.00" }).click();
  await expect(page.getByRole("alert").last()).toContainText("连接不上");
  await page.reload();
  await expect(page.getByLabel("收件地址"), "what was written is still there").toHaveValue(/示范路/);
  await page.getByRole("checkbox").click();
  await page.getByRole("button", { name: "下单 ￥28.00" }).click();
  await expect(page.getByText("待付款")).toBeVisible();
  const keys = posted(stage, "/prints").map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size, "the same order, not another one").toBe(1);
  invoiceless(stage, [{ ...printOrder, state: "sent", courier: "示范快递", courier_number: "SF0000000001" }]);
  await page.getByRole("button", { name: "付款 ￥28.00" }).click();
  await page.reload();
  await expect(page.getByText("SF0000000001")).toBeVisible();
});
