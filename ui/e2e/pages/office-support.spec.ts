import { expect, test } from "@playwright/test";

import { furnish, supported, support } from "./office-invented";
import { Stage } from "./stage";

test.use({ viewport: { width: 1280, height: 720 } });

const [collection] = supported.collections;

test("b_6 support sees what the student sees, masked, and only when it asks", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, support);
  await page.goto("/office.html#/inbox");
  const looked = () => stage.asked.filter(({ path }) => /\/student$|picture\.jpg$/.test(path)).map(({ path }) => path.split("/").at(-1));
  await expect(page.getByText("今天拍还来得及吗")).toBeVisible();
  expect(looked(), "no look without need").toEqual([]);
  await page.getByRole("button", { name: "学生进度" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("这次查看已写入记录")).toBeVisible();
  await expect(sheet.getByText("等审核")).toBeVisible();
  await expect(sheet.getByText(/审核中\s*· 2026-05-20 前有结果/)).toBeVisible();
  await expect(sheet.getByText("一寸 8 张 · 冲印中")).toBeVisible();
  await sheet.getByRole("button", { name: "看标准照" }).click();
  await expect(sheet.getByRole("img", { name: "标准照" })).toBeVisible();
  expect(looked()).toEqual(["student", "picture.jpg"]);

  await sheet.getByRole("link", { name: "退款" }).click();
  await expect(page.getByLabel(/^订单/)).toHaveValue(collection?.order.id ?? "");
  await expect(page.locator("nav a[aria-current=page]")).toHaveText("退款与撤回");
});

test("b_6 whoever calls is found by the whole phone number, and nobody by a part of it", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, support).on("POST /api/support/students", ({ body }) =>
    (body as { phone: string }).phone === "13900000001" ? { json: { ...supported, picture_until: null, collections: [{ ...collection, portrait: null }] } } : { status: 404, json: { code: "student.not_found", status: 404, zh: "没有这个号码的学生", en: "No student has this number" } },
  );
  await page.goto("/office.html#/inbox");
  const find = page.getByRole("searchbox", { name: "按手机号查学生" });
  await find.fill("1390000");
  await page.keyboard.press("Enter");
  expect(stage.asked.filter(({ path }) => path === "/api/support/students")).toEqual([]);
  await find.fill("139 0000 0009");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("没有这个号码的学生")).toBeVisible();
  await page.keyboard.press("Escape");
  await find.fill("13900000001");
  await page.keyboard.press("Enter");
  await expect(sheet.getByText("学生没有允许客服看标准照")).toBeVisible();
  await expect(sheet.getByText("林** · 示范大学")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(find, "nothing of it stays on the page").toHaveValue("");
});
