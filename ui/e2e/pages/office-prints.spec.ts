import { expect, test } from "@playwright/test";

import { admin, furnish, printWork, recipient } from "./office-invented";
import { Stage } from "./stage";

test.use({ viewport: { width: 1280, height: 720 } });

const posts = (stage: Stage, end: string) => stage.asked.filter(({ method, path }) => method === "POST" && path.endsWith(end));
const looks = (stage: Stage) => stage.asked.filter(({ path }) => /\/(portrait\.jpg|recipient)$/.test(path)).map(({ path }) => path.split("/").at(-1));

test("print orders stand by state, and those that a reviewer approved are begun together", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  for (const work of printWork.ordered) stage.on(`POST /api/admin/print-orders/${work.order}/print`, { json: { ...work, state: "printing", may_print: false } });
  await page.goto("/office.html#/prints");
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveText([/欧\*\*.*可以冲印/, /周\*\*.*等待审核/, /林\*\*.*可以冲印/, /欧\*\*.*等待审核/]);
  await page.getByLabel("选择全部").check();
  await page.getByRole("button", { name: "开始冲印（2 单）" }).click();
  await expect(page.getByText("2 单已开始冲印")).toBeVisible();
  expect(posts(stage, "/print").map(({ path }) => path.split("/").at(-2))).toEqual([printWork.ordered[0]?.order, printWork.ordered[2]?.order]);

  await page.getByRole("button", { name: "去看冲印中" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "已寄出", exact: true }).click();
  await expect(rows).toHaveText([/示范快递.*SF0000000007/]);
  await page.getByRole("button", { name: "已收到", exact: true }).click();
  await expect(page.getByText("还没有学生确认收到")).toBeVisible();
});

test("portrait and address are opened on demand only, said to be written down, and looked at once", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  await page.goto("/office.html#/prints");
  await page.getByRole("button", { name: "冲印中", exact: true }).click();
  await page.getByRole("cell", { name: "周**" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("3 版，每版 8 张，共 24 张")).toBeVisible();
  await expect(sheet.getByText("打开会写入记录，学生能看到时间和用途。")).toHaveCount(2);
  await expect(sheet.getByText(recipient.address)).toHaveCount(0);
  expect(looks(stage)).toEqual([]);

  await sheet.getByRole("button", { name: "打开收件地址" }).click();
  await expect(sheet.getByText(recipient.address)).toBeVisible();
  await sheet.getByRole("button", { name: "打开标准照" }).click();
  await expect(sheet.getByRole("img", { name: "周** 的标准照" })).toBeVisible();
  const saved = page.waitForEvent("download");
  await sheet.getByRole("button", { name: "保存给冲印机" }).click();
  expect((await saved).suggestedFilename()).toBe(`${printWork.printing[0]?.order}.jpg`);
  expect(looks(stage), "saving is no second look").toEqual(["recipient", "portrait.jpg"]);

  await page.keyboard.press("Escape");
  await page.getByRole("cell", { name: "周**" }).click();
  await expect(sheet.getByRole("button", { name: "打开收件地址" }), "put away again").toBeVisible();
});

test("a parcel is sent once, however often the button is pressed and the line is cut", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin);
  const work = printWork.printing[0];
  const path = `POST /api/admin/print-orders/${work?.order}/send`;
  stage.on(path, () => "cut");
  await page.goto("/office.html#/prints");
  await page.getByRole("button", { name: "冲印中", exact: true }).click();
  await page.getByRole("cell", { name: "周**" }).click();
  const sheet = page.getByRole("dialog");
  const go = sheet.getByRole("button", { name: "已交给快递" });
  await expect(go).toBeDisabled();
  await sheet.getByLabel("快递公司").fill("示范快递");
  await sheet.getByLabel("快递单号").fill("SF-12");
  await expect(go, "too short for a number").toBeDisabled();
  await sheet.getByLabel("快递单号").fill("SF0000000005");
  await page.keyboard.press("Enter");
  await expect(sheet.getByText("连接不上，请检查网络后重试")).toBeVisible();

  stage.on(path, { json: { ...work, state: "sent", courier: "示范快递", courier_number: "SF0000000005" } });
  await go.dblclick();
  await expect(sheet.getByText("已寄出")).toBeVisible();
  await expect(go).toHaveCount(0);
  const keys = posts(stage, "/send").map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size, "one key, so the server does it once").toBe(1);

  await page.keyboard.press("Escape");
  await page.getByRole("row").last().click();
  await expect(sheet.getByLabel("快递公司"), "the next parcel mostly goes the same way").toHaveValue("示范快递");
});
