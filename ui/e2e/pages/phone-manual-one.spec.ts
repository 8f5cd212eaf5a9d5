import { expect, test } from "@playwright/test";

import { inMinutes } from "./clock";
import { portraitUrl } from "./invented";
import { account, events, manualOne, path, PICTURE, school, shotPath, staged, states, strangers } from "./phone-invented";
import type { Stage } from "./stage";

/** The first manual on a phone of 360 pixels up to the review: a college's campaign, paid first, album allowed. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

const posted = (stage: Stage, end: string) => stage.asked.filter(({ method, path: at }) => method === "POST" && at.endsWith(end));

test("m1_0 the campaign's own code opens its start page, and its school need not be looked for", async ({ page }) => {
  const stage = await strangers(page);
  stage.on("POST /api/sign-in", { json: { token: "t", account } });
  await page.goto("/phone.html?campaign=EK43");
  await expect(page.getByRole("heading", { name: "示范大学" })).toBeVisible();
  await expect(page.getByText("2027 届毕业生图像采集")).toBeVisible();
  await expect(page.getByRole("listitem")).toHaveCount(4);
  await page.getByRole("button", { name: "立即进入" }).click();
  await page.getByRole("button", { name: /已有账号/ }).click();
  await page.getByLabel("手机号").fill("13900000001");
  await page.getByLabel("密码", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("button", { name: /我是毕业生/ }).click();
  await page.getByRole("radio", { name: "本科" }).click();
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(page.getByRole("heading", { name: "登记图像采集码" })).toBeVisible();
});

test("m1_1_1 the start page shows the four steps, and 立即进入 leads to the sign-in", async ({ page }) => {
  await strangers(page);
  await page.goto("/phone.html");
  await expect(page.getByRole("listitem")).toHaveText([/身份核验/, /拍照/, /照片标准化/, /照片上传学信网/]);
  await page.getByRole("button", { name: "立即进入" }).click();
  await page.getByRole("button", { name: /已有账号/ }).click();
  await expect(page.getByRole("heading", { name: "登录" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: "立即进入" }), "the back button does what people expect").toBeVisible();
});

test("m1_1_2 in by a code that comes by SMS", async ({ page }) => {
  const stage = await strangers(page);
  stage.on("POST /api/sms-codes", { status: 202, json: { expires_at: "2026-05-18T06:10:00Z", next_at: inMinutes(1) } }).on("POST /api/sign-in/code", { json: { token: "t", account } });
  await page.goto("/phone.html#/sign");
  await page.getByRole("button", { name: /已有账号/ }).click();
  await page.getByRole("button", { name: "用验证码登录" }).click();
  await page.getByLabel("手机号").fill("13900000001");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await expect(page.getByRole("button", { name: /秒后可重发/ })).toBeDisabled();
  await page.getByLabel("短信验证码").fill("123456");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("heading", { name: "开始线上采集" })).toBeVisible();
});

test("m1_1_2 in by WeChat and the phone number that it authorizes, pretended and called so", async ({ page }) => {
  const stage = await strangers(page);
  const asked: unknown[] = [];
  stage
    .on("GET /api/ways-in", { json: { wechat: { sandbox: true } } })
    .on("POST /api/sign-in/wechat", { json: { outcome: "phone_needed", content: { slip: "00ff" } } })
    .on("POST /api/sign-in/wechat/phone", ({ body }) => {
      asked.push(body);
      return { status: 201, json: { token: "t", account } };
    });
  await page.goto("/phone.html#/sign");
  await page.getByRole("button", { name: "微信快速登录（演示）" }).click();
  await expect(page.getByText("这是演示")).toBeVisible();
  await page.getByRole("button", { name: /微信手机号授权登录/ }).click();
  await expect(page.getByText("手机号是 11 位数字，请核对"), "a number is asked for first").toBeVisible();
  await page.getByLabel("手机号").fill("13900000001");
  await page.getByRole("button", { name: /微信手机号授权登录/ }).click();
  await expect(page.getByRole("heading", { name: "开始线上采集" })).toBeVisible();
  expect(asked).toEqual([{ slip: "00ff", proof: { by: "wechat", phone_code: "sandbox-13900000001" } }]);
});

test("m1_2_1 and m1_2_2 the school by its name, the kind of studies, and a refresh that loses neither", async ({ page }) => {
  const stage = await staged(page, undefined);
  stage.on("GET /api/schools", ({ url }) => ({ json: { schools: ["示范大学", "sfdx", "EK43"].some((it) => it.includes(url.searchParams.get("q") ?? "")) ? [school(manualOne)] : [] } }));
  await page.goto("/phone.html#/new");
  await page.getByRole("searchbox").fill("无此学校");
  await expect(page.getByText("没有找到")).toBeVisible();
  await page.getByRole("searchbox").fill("sfdx");
  await page.getByRole("button", { name: /示范大学/ }).click();
  await page.getByRole("radio", { name: "本科" }).click();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByLabel("姓名").fill("林小雨");
  await page.reload();
  await expect(page.getByRole("heading", { name: "登记图像采集码" })).toBeVisible();
  await expect(page.getByLabel("姓名")).toHaveValue("林小雨");
});

test("m1_3_2 who has no code yet is shown how to get it, and comes back to what was written", async ({ page }) => {
  await staged(page, undefined);
  await page.goto("/phone.html#/new/EK43/bachelor");
  await page.getByLabel("姓名").fill("林小雨");
  await page.getByRole("link", { name: "怎样得到采集码" }).click();
  await expect(page.getByRole("heading", { name: "怎样得到图像采集码" })).toBeVisible();
  await page.getByRole("button", { name: "知道了，去登记" }).click();
  await expect(page.getByLabel("姓名")).toHaveValue("林小雨");
});

test("m1_4_2 nobody of this name on the roster: the tries left, then the school is asked", async ({ page }) => {
  const stage = await staged(page, undefined);
  stage
    .on("POST /api/collections", { status: 422, json: { code: "roster.no_match", status: 422, zh: "姓名与身份证后四位未在学校名单中匹配到，请核对", en: "No match" } })
    .on("GET /api/account/verification", { json: { left: 4, locked_until: null } })
    .on("POST /api/roster-requests", { status: 201, json: { id: "r", campaign: manualOne.id, school_name: "示范大学", category: "bachelor", state: "open", created_at: "2026-05-18T06:05:00Z", reason: null } });
  await page.goto("/phone.html#/new/EK43/bachelor");
  await page.getByLabel("或粘贴采集码文字").fill("INVENTED-CODE");
  await page.getByLabel("姓名").fill("林小雨");
  await page.getByLabel("身份证号后四位").fill("0120");
  await page.getByRole("button", { name: "核验并继续" }).click();
  await expect(page.getByRole("alert")).toContainText("未在学校名单中匹配到");
  await expect(page.getByText("还可以试 4 次")).toBeVisible();
  await page.getByRole("button", { name: /请学校增补名单/ }).click();
  await expect(page.getByLabel("姓名")).toHaveValue("林小雨");
  await page.getByLabel("学号").fill("2023000001");
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByText(/示范大学处理后会发短信告诉你/)).toBeVisible();
  expect(posted(stage, "/roster-requests")[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f]{32}$/);
});

test("m1_4_3 and m1_5_1 both ways are offered; by phone the price shown is the price", async ({ page }) => {
  const stage = await staged(page, states.chooseRoute);
  stage.on(`POST ${path}/phone`, { json: states.payPhone }).on(`POST /api/orders/${states.payPhone.order.id}/pay`, { json: states.readRules });
  await page.goto("/phone.html");
  await expect(page.getByRole("button", { name: /照相馆拍摄/ })).toBeVisible();
  await page.getByRole("button", { name: /手机拍照.*￥15\.00/ }).click();
  await expect(page.getByText("提交之前，不限次数重拍")).toBeVisible();
  await expect(page.getByText("不可上传自拍照，必须请别人拿手机为你拍。")).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: /手机拍照/ }).click();
  await page.getByRole("button", { name: "立即支付 ￥15.00" }).click();
  await page.getByRole("button", { name: "付款 ￥15.00" }).click();
  await expect(page.getByRole("heading", { name: "拍照前请看完七条要求" })).toBeVisible();
  expect(posted(stage, "/pay")[0]?.headers["idempotency-key"]).toBeTruthy();
});

test("m1_5_2 and m1_8 seven drawn rules are swiped through before a photo may be taken", async ({ page }) => {
  const stage = await staged(page, states.readRules);
  stage.on(`POST ${path}/photo-rules`, { json: states.takePhoto });
  await page.goto("/phone.html");
  const go = page.getByRole("button", { name: /向左滑，看完七条|我已看完，去拍照/ });
  const cards = page.locator(".cards > li");
  await expect(cards).toHaveCount(7);
  for (let at = 1; at <= 7; at += 1) {
    await expect(page.getByText(`第 ${at} 条，共 7 条`)).toBeVisible();
    await expect(cards.nth(at - 1).locator("figure[data-good] svg").first()).toBeVisible();
    await expect(cards.nth(at - 1).locator("figure[data-bad] svg").first()).toBeVisible();
    if (at < 7) {
      await expect(go).toBeDisabled();
      await page.getByRole("button", { name: "下一条" }).click();
    }
  }
  await go.click();
  expect(posted(stage, "/photo-rules")[0]?.body).toEqual({ version: "2026-11-1" });
  await expect(page.getByRole("heading", { name: "请别人帮你拍照" })).toBeVisible();
  await page.getByRole("button", { name: "再看一遍拍照要求" }).click();
  await expect(page.getByText("第 1 条，共 7 条")).toBeVisible();
});

test("m1_5_3 to m1_5_6 sent, made, taken again, submitted once asked, reviewed by a day, taken back", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  stage
    .on(`POST ${path}/shots`, { status: 201, headers: { Location: shotPath } })
    .on(`HEAD ${shotPath}`, { status: 200, json: {}, headers: { "Upload-Offset": "0" } })
    .on(`PATCH ${shotPath}`, { status: 204 })
    .on(`POST /api/portraits/${states.decide.portrait.id}/object`, { json: states.takePhoto })
    .on(`POST /api/portraits/${states.decide.portrait.id}/confirm`, { json: states.review })
    .on(`POST /api/portraits/${states.decide.portrait.id}/withdraw`, { json: { ...states.takePhoto, portrait: { ...states.decide.portrait, state: "withdrawn" } } });
  await page.goto("/phone.html");
  for (let round = 0; round < 2; round += 1) {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: round === 0 ? "拍照" : "从相册选取", exact: true }).click();
    await (await chooser).setFiles(PICTURE);
    await page.getByRole("button", { name: "上传" }).click();
    await expect(page.getByText("已传完，正在排队")).toBeVisible();
    await stage.send(events, "collection", states.making);
    await expect(page.getByRole("heading", { name: "正在制作标准照" })).toBeVisible();
    await stage.send(events, "collection", states.decide);
    if (round > 0) break;
    await page.getByRole("button", { name: "重拍" }).click();
    await page.getByRole("button", { name: "确定重拍" }).click();
  }
  await expect(page.getByRole("img", { name: "你的标准照" })).toHaveAttribute("src", portraitUrl);
  await page.getByRole("button", { name: "放大看" }).click();
  await expect(page.getByRole("button", { name: "放大看" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "确认提交" }).click();
  await expect(page.getByText("提交后不能更改，确定用这张吗")).toBeVisible();
  await page.getByRole("button", { name: "确定提交" }).click();
  await expect(page.getByText("预计 2026-05-20 前有结果")).toBeVisible();
  await page.getByRole("button", { name: "撤回重拍" }).click();
  await page.getByRole("button", { name: "确定撤回" }).click();
  await expect(page.getByText("已撤回上次提交的照片")).toBeVisible();
});

test("m1_5_7 after the approval nothing can be changed", async ({ page }) => {
  await staged(page, states.registry);
  await page.goto("/phone.html");
  await expect(page.getByText("审核通过后不能再修改信息或更换照片。")).toBeVisible();
  await expect(page.getByRole("button", { name: /撤回|重拍/ })).toHaveCount(0);
});
