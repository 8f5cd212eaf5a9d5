import { expect, test } from "@playwright/test";

import { inMinutes } from "./clock";
import { collection } from "./invented";
import { events, staged, states, strangers } from "./phone-invented";
import type { Stage } from "./stage";

/** The first manual's studio route and its help, on a phone of 360 pixels. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

const posted = (stage: Stage, end: string) => stage.asked.filter(({ method, path: at }) => method === "POST" && at.endsWith(end));

test("m1_6_1 studios by name or distance, with phone, place and map", async ({ page, context }) => {
  const stage = await staged(page, states.chooseRoute);
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 24.4433, longitude: 118.0653 });
  const far = { id: "f", name: "远处照相馆", code: "YCZX", address: "示范路 99 号", phone: "010-55550199", hours: "9:00–18:00", distance_m: 2310, map_url: "https://uri.amap.com/marker?position=118.06,24.44", packages: [{ id: "p", name: "毕业证照", price: 3000 }] };
  stage.on("GET /api/studios", ({ url }) => ({ json: { studios: url.searchParams.has("latitude") ? [{ ...far, id: "n", name: "近处照相馆", distance_m: 320 }, far] : [{ ...far, distance_m: null }] } }));
  await page.goto(`/phone.html#/c/${collection.id}/studio`);
  await page.getByRole("button", { name: "按距离排序" }).click();
  await expect(page.getByText("320 米")).toBeVisible();
  await expect(page.getByText("2.3 公里")).toBeVisible();
  await page.getByRole("button", { name: /远处照相馆/ }).click();
  await expect(page.getByRole("link", { name: /打电话/ })).toHaveAttribute("href", "tel:010-55550199");
  await expect(page.getByRole("link", { name: "看地图" })).toHaveAttribute("href", /^https:\/\/uri\.amap\.com/);
});

test("m1_6_2 a friend pays by a link, who sees an amount and a masked name", async ({ page, browser }) => {
  const stage = await staged(page, states.pay);
  stage.on(`POST /api/orders/${states.pay.order?.id}/pay-link`, { status: 201, json: { token: "invented-token", url: "https://example.invalid/phone/#/pay/invented-token" } });
  await page.goto("/phone.html");
  await page.getByRole("button", { name: "找好友代付" }).click();
  const link = await page.getByLabel("代付链接").inputValue();
  expect(link).toMatch(/\/phone\.html#\/pay\/invented-token$/);
  await page.reload();
  await expect(page.getByLabel("代付链接"), "another link would end the one that was sent").toHaveValue(link);

  const friend = await (await browser.newContext({ viewport: { width: 360, height: 640 }, locale: "zh-CN", serviceWorkers: "block" })).newPage();
  const theirs = await strangers(friend);
  const order = { masked_name: "林**", total: 3500, state: "unpaid", closes_at: inMinutes(10), sandbox: true };
  theirs.on("GET /api/pay-links/invented-token", { json: order }).on("POST /api/pay-links/invented-token/pay", { json: { ...order, state: "paid" } });
  await friend.goto(link);
  await expect(friend.getByText("林** 请你代付毕业证照的费用。")).toBeVisible();
  await friend.getByRole("button", { name: "付款 ￥35.00" }).click();
  await expect(friend.getByText("已付款，谢谢")).toBeVisible();
  await friend.context().close();
  await stage.send(events, "collection", states.checkIn);
  await expect(page.getByRole("heading", { name: "到店取号" })).toBeVisible();
});

test("m1_6_2 a class leader makes a group, tells its code and pays once for all", async ({ page }) => {
  const stage = await staged(page, states.pay);
  const group = { code: "K7M2QX", title: "软件工程 2 班", orders: [{ order: "a", masked_name: "陈**", total: 3500, state: "unpaid" }, { order: "b", masked_name: "王*", total: 3500, state: "unpaid" }], unpaid_total: 7000 };
  stage
    .on("POST /api/pay-groups", { status: 201, json: { ...group, orders: [], unpaid_total: 0 } })
    .on("GET /api/pay-groups/K7M2QX", { json: group })
    .on("POST /api/pay-groups/K7M2QX/pay", { json: { ...group, orders: group.orders.map((one) => ({ ...one, state: "paid" })), unpaid_total: 0 } })
    .on("POST /api/pay-groups/K7M2QX/join", { status: 204 });
  await page.goto("/phone.html");
  await page.getByRole("button", { name: "我是班长，建一个组" }).click();
  await page.getByLabel("组名").fill("软件工程 2 班");
  await page.getByRole("button", { name: "建组" }).click();
  await expect(page.getByText("K7M2QX")).toBeVisible();
  await page.getByRole("button", { name: "为 2 人付款 ￥70.00" }).click();
  await expect(page.getByText("已付款")).toHaveCount(2);
  // The server knows the group, so it is found again on any phone.
  stage.on("GET /api/pay-groups", { json: { groups: [group] } });
  await page.getByRole("button", { name: "返回" }).click();
  await expect(page.getByRole("button", { name: "查看“软件工程 2 班”" })).toBeVisible();
  await page.getByRole("button", { name: "由班长统一付款" }).click();
  await page.getByLabel("组号").fill("K7M2QX");
  await page.getByRole("button", { name: "加入" }).click();
  await expect(page.getByText("已加入。班长付款后，这里会自动更新。")).toBeVisible();
  expect(posted(stage, "/join")[0]?.body).toEqual({ order: states.pay.order?.id });
});

test("m1_6_4 the number is live: people ahead, next, called with colour, shaking and voice", async ({ page }) => {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    Object.defineProperty(navigator, "vibrate", { value: () => heard.push("shaken") });
    speechSynthesis.speak = (sentence) => void heard.push(sentence.text);
  });
  const stage = await staged(page, states.wait);
  await page.goto("/phone.html");
  await expect(page.getByText("前面 3 人")).toBeVisible();
  await stage.send(events, "collection", states.next);
  await expect(page.getByText("下一位就是你")).toBeVisible();
  await stage.send(events, "collection", states.come);
  await expect(page.getByText("请到 1号机位")).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(["shaken", "请 A 0 1 2 号，到 1号机位"]);
  await expect(page).toHaveTitle(/^A012/);
  const size = await page.locator(".number").evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
  expect(size).toBeGreaterThan(90);
});

test("m1_7_1 support from the foot of every page: phone, hours, common questions, conversation with a picture", async ({ page }) => {
  const stage = await staged(page, states.checkIn);
  const line = { id: "l", from_staff: false, said_at: "2026-05-18T06:05:00Z", text: "采集码打不开", attachment_url: null, attachment_type: null };
  const talk = { id: "k", masked_student: "139****0001", state: "waits_for_staff", lines: [line] };
  stage.on("POST /api/conversation", { json: talk }).on("POST /api/conversation/attachments", { json: { ...talk, lines: [line, { ...line, id: "m", text: "", attachment_url: "/api/conversation-lines/m/attachment", attachment_type: "application/pdf" }] } });
  await page.goto("/phone.html");
  await page.getByRole("link", { name: "客服" }).click();
  await expect(page.getByRole("link", { name: /400-000-0000/ })).toHaveAttribute("href", "tel:400-000-0000");
  await expect(page.getByText("工作日 9:00–12:00")).toBeVisible();
  await page.getByText("审核需要多久").click();
  await expect(page.getByText("一般为两个工作日。")).toBeVisible();
  await page.getByRole("button", { name: "在线客服" }).click();
  await page.getByLabel("写下你的问题").fill("采集码打不开");
  await page.getByRole("button", { name: "发送" }).click();
  await expect(page.getByRole("list", { name: "在线客服" })).toContainText("采集码打不开");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "附上图片或文件" }).click();
  await (await chooser).setFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 invented") });
  await expect(page.getByText("附上的文件")).toBeVisible();
  expect(posted(stage, "/attachments")[0]?.body).toContain("%PDF-1.4");
  await page.getByRole("link", { name: "采集" }).click();
  await expect(page.getByRole("heading", { name: "到店取号" })).toBeVisible();
});

test("m1_7_2 not approved: why, in plain words, and a retake without paying again", async ({ page }) => {
  await staged(page, states.rejected);
  await page.goto("/phone.html");
  await expect(page.getByRole("alert")).toContainText("上次的照片没有通过审核：光线不均或过曝、头发遮挡眉眼耳。");
  await expect(page.getByRole("alert")).toContainText("右侧脸偏暗");
  await expect(page.getByRole("alert")).toContainText("重拍不再收费");
  await expect(page.getByRole("button", { name: "拍照", exact: true })).toBeVisible();
});
