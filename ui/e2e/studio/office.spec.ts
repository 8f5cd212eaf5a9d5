import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { fillOfficeSign } from "../people/staff";
import { DEMO, RunningStudio } from "./running-studio";

/** An administrator's first hour, against a real server: nothing is played. */
test.describe.configure({ mode: "serial", timeout: 120_000 });
test.use({ viewport: { width: 1280, height: 800 } });

let studio: RunningStudio;
let office: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  studio = await RunningStudio.start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  office = await context.newPage();
  await office.goto(studio.addresses.office);
  await fillOfficeSign(office, DEMO.admin);
  await office.getByRole("button", { name: "登录" }).click();
  await expect(office.getByRole("navigation")).toBeVisible();
});

test.afterAll(async () => {
  await office?.context().close();
  await studio?.stop();
});

const open = (name: string) => office.getByRole("link", { name, exact: true }).click();

test("a campaign is opened by the second manual's rules", async () => {
  await open("采集批次");
  await office.getByRole("button", { name: "新开批次" }).click();
  const sheet = office.getByRole("dialog");
  await sheet.getByLabel("学校").fill("虚构职业技术学院");
  await sheet.getByLabel("名称").fill("2027 届线上采集");
  await sheet.getByLabel("代码").fill("XGZY27");
  await sheet.getByRole("radio", { name: "看到标准照再付款" }).click();
  await sheet.getByRole("button", { name: "开批次" }).click();
  await expect(office.getByRole("cell", { name: "XGZY27" })).toBeVisible();
});

test("its roster is checked, mended and imported", async () => {
  await open("名单");
  const campaign = office.getByLabel("采集批次");
  await campaign.selectOption({ label: "虚构职业技术学院 · 2027 届线上采集 · XGZY27" });
  const file = (text: string) => office.getByLabel("选择名单文件").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await file("姓名,学号,身份证后四位,学历类别\n林小雨,20230101,02,本科\n");
  await expect(office.getByRole("region", { name: "需要修改的行" }).getByRole("cell", { name: "身份证后四位" })).toBeVisible();
  await file("姓名,学号,身份证后四位,学历类别\n林小雨,20230101,0213,本科\n周念,20230102,041X,本科\n");
  await office.getByRole("button", { name: "导入名单" }).click();
  await expect(office.getByText("已导入：新增 2 人，更新 0 人")).toBeVisible();
});

test("a studio is opened, and a station gets its code", async () => {
  await open("照相馆");
  await office.getByRole("button", { name: "新开照相馆" }).click();
  const sheet = office.getByRole("dialog");
  await sheet.getByLabel("名称", { exact: true }).fill("虚构照相馆");
  await sheet.getByLabel("代码").fill("XGZX");
  await sheet.getByLabel("地址").fill("虚构路 2 号");
  await sheet.getByLabel("电话").fill("010-55550199");
  await sheet.getByLabel("套餐名称").fill("毕业证照");
  await sheet.getByLabel("价格（元）").fill("35.00");
  await sheet.getByRole("button", { name: "开照相馆" }).click();
  await office.getByLabel(/机位名称/).fill("1号机位");
  await office.getByRole("button", { name: "生成配对码" }).click();
  await expect(office.getByText(/^\d{4} \d{4}$/)).toBeVisible();
  await office.getByRole("dialog").getByLabel("营业时间").fill("每天 9:00–18:00");
  await office.getByLabel("纬度").fill("24.4798");
  await office.getByLabel("经度").fill("118.0894");
  await office.getByRole("button", { name: "保存" }).click();
  await expect(office.getByText("已保存")).toBeVisible();
  await office.keyboard.press("Escape");
  await expect(office.getByRole("cell", { name: "每天 9:00–18:00" })).toBeVisible();
});

test("people get accounts at their place, and grants come and go", async () => {
  await open("人员与权限");
  await office.getByRole("button", { name: "新开账号" }).click();
  const sheet = office.getByRole("dialog");
  await sheet.getByLabel("用户名").fill("operator.zhou");
  await sheet.getByLabel("初始密码").fill("an invented password");
  await sheet.getByLabel("角色").selectOption("operator");
  await sheet.getByRole("combobox", { name: /^照相馆/ }).selectOption({ label: "虚构照相馆" });
  await sheet.getByRole("button", { name: "开账号" }).click();
  await office.getByRole("cell", { name: "照相馆操作员 · 虚构照相馆" }).click();
  await sheet.getByLabel("角色").selectOption("support");
  await sheet.getByRole("button", { name: "加上权限" }).click();
  const grant = sheet.getByRole("listitem").filter({ hasText: "客服" });
  await grant.getByRole("button", { name: "收回" }).click();
  await grant.getByRole("button", { name: "确定收回" }).click();
  await expect(grant).toHaveCount(0);
  await office.keyboard.press("Escape");
});

test("every other page stands, and the log of all this is whole", async () => {
  for (const [name, words] of [
    ["客服", "没有学生在等回复"],
    ["前台收款", /行$|没有未付款的订单/],
    ["实时排队", "示范照相馆"],
    ["增补申请", "没有待处理的申请"],
    ["短信", "短信"],
    ["统计", "此刻待审"],
    ["未完成的任务", "服务正常"],
    ["我的账号", "这台设备"],
  ] as const) {
    await open(name);
    await expect(office.locator("main").getByText(words).first(), name).toBeVisible();
    await expect(office.getByRole("alert"), name).toHaveCount(0);
  }
  await open("操作记录");
  await expect(office.getByRole("cell", { name: "导入名单" }).first()).toBeVisible();
  await office.getByRole("button", { name: "验证完整性" }).click();
  await expect(office.getByText(/^完整：\d+ 条都在，没有改动$/)).toBeVisible();
});

test("signing out ends the session", async () => {
  await office.getByRole("button", { name: "退出登录" }).click();
  await expect(office.getByLabel("用户名")).toBeVisible();
  await office.reload();
  await expect(office.getByLabel("用户名")).toBeVisible();
});
