import { expect, test } from "@playwright/test";

import type { Collection } from "../../src/shared/api/types";
import { booked, campaign, collection, gaze, good, paid, shown, ticket } from "./invented";
import { account, events, path, school, staged, strangers } from "./phone-invented";

test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

test("somebody new signs up, finds the school and registers the image code", async ({ page }) => {
  const stage = await strangers(page);
  stage
    .on("POST /api/sign-up", { status: 201, json: { token: "t", account } })
    .on("GET /api/collections", { json: { collections: [] } })
    .on("GET /api/schools", ({ url }) => ({ json: { schools: ["示范大学", campaign.code].some((name) => name.includes(url.searchParams.get("q") ?? "")) ? [school(campaign)] : [] } }))
    .on("POST /api/collections", { status: 201, json: collection })
    .on(`GET ${path}`, { json: collection });
  await page.goto("/phone.html");

  await page.getByRole("button", { name: "立即进入" }).click();
  await page.getByRole("button", { name: /第一次使用/ }).click();
  await page.getByLabel("手机号").fill("13900000001");
  await page.getByLabel("密码", { exact: true }).fill("correct horse");
  await page.getByLabel("再输一次密码").fill("correct hors");
  await page.getByRole("button", { name: "注册并登录" }).click();
  await expect(page.getByText("两次输入的密码不一样")).toBeVisible();
  await page.getByLabel("再输一次密码").fill("correct horse");
  await page.getByRole("button", { name: "注册并登录" }).click();

  await page.getByRole("button", { name: /我是毕业生/ }).click();
  await page.getByRole("searchbox").fill("没有");
  await expect(page.getByText("没有找到")).toBeVisible();
  await page.getByRole("searchbox").fill("示范");
  await page.getByRole("button", { name: /示范大学/ }).click();
  await page.getByRole("radio", { name: "本科" }).click();
  await page.getByRole("button", { name: "下一步" }).click();

  await page.getByLabel("或粘贴采集码文字").fill("INVENTED-CODE");
  await page.getByLabel("姓名").fill("林小雨");
  await page.getByLabel("身份证号后四位").fill("12x");
  await page.getByRole("button", { name: "核验并继续" }).click();
  await expect(page.getByText("后四位是数字，最后一位可以是 X")).toBeVisible();
  await page.getByLabel("身份证号后四位").fill("012x");
  await page.getByRole("button", { name: "核验并继续" }).click();

  await expect(page.getByRole("heading", { name: "阅读并授权" })).toBeVisible();
  expect(stage.asked.find(({ method, path: at }) => method === "POST" && at === "/api/collections")?.body).toEqual({
    image_code_text: "INVENTED-CODE",
    campaign: campaign.id,
    category: "bachelor",
    id_last4: "012X",
    name: "林小雨",
  });
});

test("no consent is ticked beforehand, and two of three are needed", async ({ page }) => {
  const stage = await staged(page, collection);
  stage.on(`POST ${path}/consents`, { json: { ...collection, next_step: "choose_route" } });
  await page.goto("/phone.html");

  const go = page.getByRole("button", { name: "同意并继续" });
  const boxes = page.getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  for (const box of await boxes.all()) await expect(box).not.toBeChecked();
  await boxes.nth(0).click();
  await boxes.nth(2).click();
  await expect(go).toBeDisabled();
  await boxes.nth(2).click();
  await boxes.nth(1).click();
  await go.click();
  await expect(page.getByRole("heading", { name: "选择照相馆" })).toBeVisible();
  const given = stage.asked.filter(({ path: at }) => at.endsWith("/consents")).map(({ body }) => (body as { purpose: string }).purpose);
  expect(given.sort()).toEqual(["capture", "provide_to_registry"]);
});

test("the price stands on the button before it is pressed, and the demo payment says so", async ({ page }) => {
  const stage = await staged(page, { ...collection, next_step: "choose_route" });
  stage.on(`POST ${path}/studio`, { json: booked }).on(`POST /api/orders/${booked.order?.id}/pay`, { json: paid });
  await page.goto("/phone.html");

  await page.getByRole("radio", { name: /加印/ }).click();
  await expect(page.getByRole("button", { name: "预约 ￥50.00" })).toBeVisible();
  await page.getByRole("radio", { name: /毕业证照 ?￥35/ }).click();
  await page.getByRole("button", { name: "预约 ￥35.00" }).click();
  await expect(page.getByText("演示支付，不产生费用")).toBeVisible();
  await page.getByRole("button", { name: "付款 ￥35.00" }).click();
  await expect(page.getByRole("heading", { name: "到店取号" })).toBeVisible();
});

test("checks in by the scanned code, waits, is called, and survives a reload", async ({ page }) => {
  const stage = await staged(page, paid);
  const waiting: Collection = { ...paid, next_step: "wait", ticket };
  stage.on("POST /api/studios/SFZX/check-in", { json: waiting });
  await page.goto("/phone.html?studio=SFZX");

  await page.getByRole("button", { name: "取号排队" }).click();
  await expect(page.getByText("A012")).toBeVisible();
  await expect(page.getByText("前面 3 人")).toBeVisible();
  await expect(page.getByRole("img", { name: "排号码" })).toBeVisible();

  await stage.send(events, "collection", { ...waiting, ticket: { ...ticket, ahead: 0 } });
  await expect(page.getByText("下一位就是你")).toBeVisible();
  const come: Collection = { ...waiting, next_step: "come", ticket: { ...ticket, state: "called", station_name: "1号机位" } };
  await stage.send(events, "collection", come);
  await expect(page.getByText("请到 1号机位")).toBeVisible();
  await expect(page.getByRole("img", { name: "排号码" })).toBeVisible();

  stage.on(`GET ${path}`, { json: come });
  await page.reload();
  await expect(page.getByText("请到 1号机位")).toBeVisible();

  await stage.cut(events);
  await expect(page.getByText("网络中断，显示的可能不是最新状态")).toBeVisible();
  await expect(page.getByText("网络中断，显示的可能不是最新状态")).toBeHidden();
});

test("looks at the portrait, thinks again, then says yes", async ({ page }) => {
  const stage = await staged(page, shown);
  stage.on(`POST /api/portraits/${shown.portrait?.id}/confirm`, { json: { ...shown, next_step: "wait_for_review" } });
  await page.goto("/phone.html");

  await expect(page.getByText("头歪了，请摆正再拍").first()).toBeVisible();
  const [retake, yes] = await Promise.all([page.getByRole("button", { name: "重拍" }).boundingBox(), page.getByRole("button", { name: "确认提交" }).boundingBox()]);
  expect(Math.abs((retake?.width ?? 0) - (yes?.width ?? 0))).toBeLessThanOrEqual(1);
  expect(retake?.y).toBe(yes?.y);

  await page.getByRole("button", { name: "确认提交" }).click();
  await page.getByRole("button", { name: "再看看" }).click();
  expect(stage.asked.some(({ path: at }) => at.endsWith("/confirm"))).toBe(false);
  await page.getByRole("button", { name: "确认提交" }).click();
  await page.getByRole("button", { name: "确定提交" }).click();
  await expect(page.getByRole("heading", { name: "审核中" })).toBeVisible();
});

test("the student reads what to do about it, not the operator's words", async ({ page }) => {
  const stage = await staged(page, shown);
  await page.goto("/phone.html");

  const all = page.getByRole("list", { name: "检查结果" });
  await expect(all.getByRole("listitem")).toHaveText([/头歪了，请摆正再拍/, /请看镜头，不要看屏幕或按键/, /眼镜反光，请微微低头或调整眼镜/, /双耳：未能自动测量/]);
  await expect(page.getByText("头向画面右侧歪了")).toHaveCount(0);
  await page.getByRole("button", { name: "切换到英文" }).click();
  await expect(page.getByText("Your glasses reflect")).toBeVisible();

  const older: Collection = { ...shown, portrait: shown.portrait && { ...shown.portrait, verdict: { outcome: "review", findings: [gaze, ...good] } } };
  await stage.send(events, "collection", older);
  await expect(page.getByText("The eyes look slightly past the lens").first(), "an older station says what it found").toBeVisible();
});

test("a refusal says what happened in the server's own words, in the language chosen", async ({ page }) => {
  const stage = await staged(page, paid);
  stage.on("POST /api/studios/NOPE/check-in", { status: 404, json: { code: "studio.not_found", status: 404, zh: "没有这个取号代码，请核对", en: "No studio has this code: check it" } });
  await page.goto("/phone.html");

  await page.getByLabel("取号代码").fill("NOPE");
  await page.getByRole("button", { name: "取号排队" }).click();
  await expect(page.getByRole("alert")).toContainText("没有这个取号代码");
  await page.getByRole("button", { name: "切换到英文" }).click();
  await expect(page.getByRole("alert")).toContainText("No studio has this code");
});

test("nothing is wider than a small phone", async ({ page }) => {
  for (const now of [collection, { ...collection, next_step: "choose_route" as const }, booked, paid, { ...paid, next_step: "wait" as const, ticket }, shown, { ...shown, next_step: "done" as const }]) {
    await staged(page, now);
    await page.goto("/phone.html?lang=en");
    await expect(page.locator("main > *")).not.toHaveText("One moment");
    expect(await page.evaluate(() => document.documentElement.scrollWidth), now.next_step).toBeLessThanOrEqual(360);
    await page.unrouteAll();
  }
});
