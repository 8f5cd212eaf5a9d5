import { expect, test } from "@playwright/test";

import { account, events, path, PICTURE, staged, states } from "./phone-invented";

/** What a student can count on without a network, in a second tab, and with the back button. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

test.describe("without a network", () => {
  test.use({ serviceWorkers: "block" });

  test("the last ticket with its code is shown, and is live again when the network is", async ({ page }) => {
    const stage = await staged(page, states.wait);
    await page.goto("/phone.html");
    await expect(page.getByText("前面 3 人")).toBeVisible();
    for (const asked of ["GET /api/account", "GET /api/collections", `GET ${path}`]) stage.on(asked, () => "cut");
    await page.reload();
    await expect(page.getByText("网络中断，这是最后一次收到的号码")).toBeVisible();
    await expect(page.getByText("A012")).toBeVisible();
    await expect(page.getByRole("img", { name: "排号码" })).toBeVisible();
    await expect(page.getByRole("button", { name: "放弃排队" }), "nothing that needs the server").toHaveCount(0);
    stage.on("GET /api/account", { json: account }).on("GET /api/collections", { json: { collections: [states.come] } }).on(`GET ${path}`, { json: states.come });
    await page.getByRole("button", { name: "重试" }).click();
    await expect(page.getByText("请到 1号机位")).toBeVisible();
  });

  test("a ticket that is over is not shown any more, nor another person's", async ({ page }) => {
    const stage = await staged(page, states.wait);
    await page.goto("/phone.html");
    await expect(page.getByText("A012")).toBeVisible();
    await stage.send(events, "collection", states.review);
    await expect(page.getByRole("heading", { name: "审核中" })).toBeVisible();
    stage.on("GET /api/account", () => "cut");
    await page.reload();
    await expect(page.getByRole("alert")).toContainText("连接不上");
    await expect(page.getByText("A012")).toHaveCount(0);
  });
});

test("the page itself opens without a network once it was here", async ({ page, context }) => {
  await page.goto("/phone.html");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const wanted = () => caches.open("gradshot-phone-1").then((shelf) => shelf.keys());
    while ((await wanted()).filter(({ url }) => url.endsWith(".js")).length < 2) await new Promise((done) => setTimeout(done, 50));
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "立即进入" }).click();
  await expect(page.getByRole("alert")).toContainText("连接不上");
  expect(await page.evaluate(() => caches.open("gradshot-phone-1").then(async (shelf) => (await shelf.keys()).map(({ url }) => new URL(url).pathname))), "nothing that the server said").not.toContainEqual(expect.stringContaining("/api/"));
});

test.describe("two tabs and the back button", () => {
  test.use({ serviceWorkers: "block" });

  test("pressed in both tabs at once, an order is paid under one key", async ({ context }) => {
    const keys: (string | undefined)[] = [];
    const tabs = await Promise.all([context.newPage(), context.newPage()]);
    for (const page of tabs) {
      const stage = await staged(page, states.pay);
      stage.on(`POST /api/orders/${states.pay.order?.id}/pay`, ({ headers }) => {
        keys.push(headers["idempotency-key"]);
        // The first answer is lost, and both press again.
        return keys.length <= 2 ? "cut" : { json: states.checkIn };
      });
      await page.goto("/phone.html");
    }
    for (let round = 0; round < 2; round += 1) {
      for (const page of tabs) {
        await page.bringToFront();
        await page.getByRole("button", { name: "付款 ￥35.00" }).click();
        await expect(page.getByRole("alert").or(page.getByRole("heading", { name: "到店取号" }))).toBeVisible();
      }
    }
    expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  test("back leads from the data to the menu, from the menu to the step, and never out of the way", async ({ page }) => {
    await staged(page, states.takePhoto);
    await page.goto("/phone.html");
    await expect(page.getByRole("heading", { name: "请别人帮你拍照" })).toBeVisible();
    await page.getByRole("link", { name: "我的" }).click();
    await page.getByRole("link", { name: /登录设备/ }).click();
    await page.getByRole("button", { name: "返回" }).click();
    await expect(page.getByRole("heading", { name: "我的" })).toBeVisible();
    await page.getByRole("link", { name: "采集" }).click();
    await expect(page.getByRole("heading", { name: "请别人帮你拍照" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "我的" })).toBeVisible();
  });

  test("large type and the language stay after a refresh", async ({ page }) => {
    await staged(page, states.checkIn);
    await page.goto("/phone.html#/me");
    await page.getByRole("switch", { name: "大字版" }).check();
    await page.getByRole("button", { name: "切换到英文" }).click();
    await page.reload();
    await expect(page.getByRole("switch", { name: "Large type" })).toBeChecked();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("20px");
    for (const place of ["#/", "#/help", "#/me/data"]) {
      await page.goto(`/phone.html${place}`);
      await expect(page.getByRole("heading").first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(360);
    }
  });
});

test.describe("a phone that somebody else uses next", () => {
  test.use({ serviceWorkers: "block" });

  test("after signing out nothing of a person is left, and a session that ended leads to the sign-in", async ({ page }) => {
    const stage = await staged(page, states.takePhoto);
    stage.on("POST /api/sign-out", { status: 204 });
    await page.goto("/phone.html");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "拍照", exact: true }).click();
    await (await chooser).setFiles(PICTURE);
    await expect(page.getByRole("heading", { name: "先看看这张" })).toBeVisible();
    await page.goto("/phone.html#/help/talk");
    await page.getByLabel("写下你的问题").fill("我叫林小雨");
    await page.getByRole("link", { name: "我的" }).click();
    await page.getByRole("button", { name: "退出登录" }).click();
    await expect(page.getByRole("button", { name: "立即进入" })).toBeVisible();
    const left = () =>
      page.evaluate(async () => {
        const shots = await new Promise<number>((done) => {
          const opening = indexedDB.open("gradshot", 1);
          opening.onsuccess = () => {
            const counting = opening.result.transaction("shots").objectStore("shots").count();
            counting.onsuccess = () => done(counting.result);
          };
        });
        return { shots, words: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) };
      });
    await expect.poll(async () => (await left()).shots).toBe(0);
    expect((await left()).words).not.toContain("林小雨");

    stage.on("GET /api/account/sessions", { status: 401, json: { code: "session.missing", status: 401, zh: "请先登录", en: "Sign in first" } });
    await page.goto("/phone.html#/me/devices");
    await page.reload();
    await expect(page.getByRole("heading", { name: "登录" })).toBeVisible();
  });
});
