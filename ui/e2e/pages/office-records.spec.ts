/** Looks of staff, orders with their money, and days in figures. */
import { expect, test } from "@playwright/test";

import { id as idOf, admin, clerk, furnish, support } from "./office-invented";
import { found, orderFile } from "./office-records";
import { Stage } from "./stage";

test.use({ viewport: { width: 1440, height: 900 } });

test("who looked is found by kind, reason, person and day, and nobody is named in full", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  await page.goto("/office.html#/audit");
  await page.getByRole("link", { name: "谁看过照片和个人信息" }).click();
  const table = page.getByRole("region", { name: "查看记录" });
  await expect(table.getByRole("row").nth(1)).toContainText("reviewer.lin · 审核员");
  await expect(table.getByRole("row").nth(1)).toContainText("林**");
  await expect(table.getByRole("row").nth(3)).toContainText("整包");
  await page.getByRole("group", { name: "看了什么" }).getByRole("button", { name: "标准照" }).click();
  await page.getByRole("group", { name: "原因" }).getByRole("button", { name: "人工审核" }).click();
  await page.getByRole("button", { name: "不限" }).click();
  await table.getByRole("button", { name: "只看此人" }).first().click();
  await expect(page.getByRole("button", { name: "reviewer.lin ×" })).toBeVisible();
  const asked = async () => (await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/api/office/accesses")))).at(-1);
  await expect.poll(asked).toContain("kind=portrait");
  const query = new URL((await asked()) ?? "").searchParams;
  expect([query.get("reason"), query.has("from"), query.get("staff")]).toEqual(["review", false, idOf("5f", 0)]);
});

test("a school's clerk has the looks at its own students, and no orders", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, clerk);
  await page.goto("/office.html#/looks");
  await expect(page.getByRole("heading", { name: "查看记录" })).toBeVisible();
  const nav = page.getByRole("navigation", { name: "页面" });
  await expect(nav.getByRole("link", { name: "订单" })).toHaveCount(0);
  await expect(nav.getByRole("link", { name: "操作记录" })).toHaveCount(0);
});

test("an order is found by what a caller says, and part of its money goes back", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, support).on(`POST /api/office/orders/${orderFile.order.id}/refunds`, { status: 201, json: { id: idOf("4f", 6), amount: 1000, reason: "少印两张", state: "done" } });
  await page.goto("/office.html#/orders");
  const table = page.getByRole("region", { name: "订单" });
  await expect(table.getByRole("row")).toHaveCount(found.length + 1);
  const body = () => stage.asked.filter(({ path }) => path === "/api/office/orders/search").at(-1)?.body;
  await page.getByRole("button", { name: "手机号" }).click();
  await page.getByRole("textbox", { name: "手机号" }).fill("13900000001");
  await page.keyboard.press("Enter");
  await expect.poll(body).toEqual({ phone: "13900000001" });
  await page.getByRole("group", { name: "状态" }).getByRole("button", { name: "已付款" }).click();
  await page.getByRole("group", { name: "种类" }).getByRole("button", { name: "照相馆" }).click();
  await expect.poll(body).toEqual({ phone: "13900000001", state: "paid", kind: "studio" });
  await page.getByRole("button", { name: "姓名与身份证后四位" }).click();
  await page.getByRole("textbox", { name: "姓名", exact: true }).fill("林小雨");
  await page.getByRole("textbox", { name: "后四位" }).fill("0120");
  await page.getByRole("button", { name: "查找", exact: true }).click();
  await expect.poll(body).toEqual({ name: "林小雨", id_last4: "0120", state: "paid", kind: "studio" });

  await table.getByRole("row").nth(5).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("region", { name: "付款" })).toContainText("好友代付");
  await expect(sheet.getByRole("region", { name: "经过" }).getByRole("listitem")).toHaveCount(orderFile.events.length);
  await expect(sheet.getByText("可退 ￥30.00")).toBeVisible();
  await sheet.getByLabel("金额（元）").fill("40");
  await sheet.getByLabel(/^原因/).fill("少印两张");
  await expect(sheet.getByRole("button", { name: "退款", exact: true }), "more than is left").toBeDisabled();
  await sheet.getByLabel("金额（元）").fill("10");
  await sheet.getByRole("button", { name: "退款", exact: true }).click();
  await sheet.getByRole("button", { name: "确定退款，钱退回后不能收回" }).click();
  await expect(sheet.getByText("已发起退款 ￥10.00")).toBeVisible();
  expect(stage.asked.find(({ path }) => path.endsWith("/refunds"))?.body).toEqual({ amount: 1000, reason: "少印两张" });
});

test("days are shown as a chart and a table, of one campaign or all, for 120 days at most", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  await page.goto("/office.html#/stats");
  const days = page.getByRole("region", { name: "每天", exact: true }).first();
  await expect(days.getByRole("img", { name: "拍摄进度" })).toBeVisible();
  await expect(days.getByRole("columnheader", { name: "等候中位数（分钟）" })).toBeVisible();
  await days.getByRole("button", { name: "收款与退款" }).click();
  await expect(days.getByRole("img", { name: "收款与退款" })).toBeVisible();
  await days.getByRole("button", { name: "近 120 天" }).click();
  await expect(days.getByText("120 行")).toBeVisible();
  await days.getByLabel("从").fill("2025-01-01");
  await expect(page.getByText("请选 1 到 120 天")).toBeVisible();
  const file = page.waitForEvent("download");
  await days.getByRole("button", { name: "导出表格" }).click();
  expect((await file).suggestedFilename()).toBe("day-stats.csv");
});
