import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { readFile } from "node:fs/promises";

import { fillOfficeSign, staff } from "../people/staff";
import { GOOD_PHOTO, enter, portraitCame, press, readRules, shoot } from "../people/student";
import { workbook } from "../workbook";
import { DEMO, RunningStudio } from "./running-studio";

/** An administrator's first hour, against a real server: nothing is played. */
test.describe.configure({ mode: "serial", timeout: 180_000 });
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

const CAMPAIGN = "虚构职业技术学院 · 2027 届线上采集 · XGZY27";
const PHONE = "13900000005";
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
  await campaign.selectOption({ label: CAMPAIGN });
  const file = (text: string) => office.getByLabel("选择名单文件").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await file("姓名,学号,身份证后四位,学历类别\n林小雨,20230101,02,本科\n");
  await expect(office.getByRole("region", { name: "需要修改的行" }).getByRole("cell", { name: "身份证后四位" })).toBeVisible();
  await file("姓名,学号,身份证后四位,学历类别\n林小雨,20230101,0213,本科\n周念,20230102,041X,本科\n");
  await office.getByRole("button", { name: "导入名单" }).click();
  await expect(office.getByText("已导入：新增 2 人，更新 0 人")).toBeVisible();
});

test("a workbook is read by the server as it is, and what is wrong in it is mended on the page", async () => {
  const xlsx = (rows: Parameters<typeof workbook>[0]) => office.getByLabel("选择名单文件").setInputFiles({ name: "名单.xlsx", mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer: workbook(rows) });
  const head = ["姓名", "学号", "身份证后四位", "学历类别"];
  await xlsx({ 1: head, 2: ["欧阳明月", "20230103", "12", "本科"], 4: ["陈思远", "20230104", "0490", "本科"] });
  const last4 = office.getByLabel("第 2 行，身份证后四位");
  await expect(last4).toHaveAttribute("aria-invalid", "true");
  await expect(office.getByLabel("第 4 行，姓名"), "the row that is right is not shown").toHaveCount(0);
  await last4.fill("012X");
  await office.getByRole("button", { name: "重新核对" }).first().click();
  await expect(office.getByText("可以导入：新增 2 人，更新 0 人")).toBeVisible();
  await xlsx({ 1: head, 2: ["欧阳明月", "20230103", "012X", "本科"], 3: ["陈思远", "20230104", "0490", "本科"] });
  await expect(office.getByText("可以导入：新增 2 人，更新 0 人")).toBeVisible();
  await office.getByRole("button", { name: "导入名单" }).click();
  await expect(office.getByText("已导入：新增 2 人，更新 0 人")).toBeVisible();
});

test("a bundle names its files by the rule that was set, and the next one too", async ({ browser, request }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: "zh-CN" });
  const phone = await context.newPage();
  await phone.goto(studio.addresses.phone);
  await enter(phone, PHONE, { name: "林小雨", last4: "0213" }, "XGZY27");
  await press(phone, /手机拍照/);
  await press(phone, "开始拍照");
  await readRules(phone);
  await press(phone, "我已看完，去拍照");
  await shoot(phone, GOOD_PHOTO);
  await press(phone, "上传");
  await portraitCame(phone);
  await press(phone, "提交并付款");
  await press(phone, "确定提交");
  await press(phone, "付款 ￥15.00");
  await expect(phone.getByRole("heading", { name: "审核中" })).toBeVisible();
  await context.close();
  const reviewer = await staff(request, studio.addresses.server, DEMO.reviewer);
  const desk = (await reviewer("/api/review/next", {})) as { item: { portrait: string; picture_url: string } };
  await reviewer(desk.item.picture_url);
  await reviewer(`/api/review/portraits/${desk.item.portrait}`, { decision: "approve" });

  await open("上网");
  const campaign = office.getByRole("region", { name: "采集批次" }).getByRole("row", { name: /XGZY27/ });
  await expect(campaign).toContainText("{place}");
  await campaign.click();
  await office.getByRole("button", { name: "文件命名" }).click();
  const sheet = office.getByRole("dialog");
  await expect(sheet.getByLabel("规则"), "what counts now").toHaveValue("{place}");
  await sheet.getByLabel("规则").fill("{code}");
  await sheet.getByRole("button", { name: "设定" }).click();
  await expect(sheet.getByRole("alert"), "a rule has to tell people apart").toContainText("至少含");
  await sheet.getByLabel("规则").fill("{code}-{student_number}");
  await sheet.getByRole("button", { name: "设定" }).click();
  await expect(campaign).toContainText("{code}-{student_number}");
  await campaign.getByRole("button", { name: "打包" }).click();
  await expect(office.getByText(/^1 张标准照，.+ 打包$/)).toBeVisible();
  const file = office.waitForEvent("download");
  await office.getByRole("region", { name: "上网包" }).getByRole("link", { name: "下载" }).first().click();
  const zip = await readFile(await (await file).path());
  expect(zip.includes("XGZY27-20230101.jpg"), "named by campaign and student number").toBe(true);
  await office.reload();
  await expect(office.getByRole("region", { name: "采集批次" }).getByRole("row", { name: /XGZY27/ }), "the server keeps the rule").toContainText("{code}-{student_number}");
});

test("an order is found by its student's phone number, and part of it is given back", async () => {
  await open("订单");
  await office.getByRole("button", { name: "手机号" }).click();
  const number = office.getByRole("textbox", { name: "手机号" });
  await number.fill("13900000099");
  await office.keyboard.press("Enter");
  await expect(office.getByRole("alert")).toContainText("没有使用该手机号的学生");
  await number.fill(PHONE);
  await office.keyboard.press("Enter");
  const row = office.getByRole("region", { name: "订单" }).getByRole("row").nth(1);
  await expect(row).toContainText("林**");
  await expect(office.getByRole("region", { name: "订单" }).getByRole("row")).toHaveCount(2);
  await row.click();
  const sheet = office.getByRole("dialog");
  await expect(sheet.getByRole("region", { name: "付款" })).toContainText("已到账");
  await sheet.getByLabel("金额（元）").fill("5");
  await sheet.getByLabel(/^原因/).fill("少印一张");
  await sheet.getByRole("button", { name: "退款", exact: true }).click();
  await sheet.getByRole("button", { name: "确定退款，钱退回后不能收回" }).click();
  await expect(sheet.getByText("已发起退款 ￥5.00")).toBeVisible();
  await expect(sheet.getByText("可退 ￥10.00")).toBeVisible();
  await expect(sheet.getByRole("region", { name: "经过" })).toContainText("退款到账");
  await office.keyboard.press("Escape");
  await expect(row).toContainText("￥5.00");
});

test("every look at this student is listed, and the day in figures", async () => {
  await open("查看记录");
  const looks = office.getByRole("region", { name: "查看记录" });
  await expect(looks.getByRole("row").filter({ hasText: "订单与付款" }).first()).toContainText("admin · 客服");
  await expect(looks.getByRole("row").filter({ hasText: "打包上网" })).toContainText("林**");
  await office.getByRole("group", { name: "原因" }).getByRole("button", { name: "人工审核" }).click();
  await expect(looks.getByRole("row").nth(1)).toContainText("reviewer · 审核员");
  await open("统计");
  const days = office.getByRole("region", { name: "每天", exact: true }).first();
  await days.getByLabel("采集批次").selectOption({ label: "虚构职业技术学院 · 2027 届线上采集" });
  const today = days.getByRole("row").nth(1);
  await expect(today).toContainText("￥15.00");
  await expect(today).toContainText("￥5.00");
});

test("a closed campaign says so, and takes nobody any more", async () => {
  await open("采集批次");
  const row = office.getByRole("row", { name: /XGZY27/ });
  await row.click();
  const sheet = office.getByRole("dialog");
  await sheet.getByRole("button", { name: "结束批次" }).click();
  await sheet.getByRole("button", { name: "确定结束，不能重新打开" }).click();
  await expect(row).toContainText("已关闭");
  await row.click();
  await expect(sheet.getByRole("button", { name: "结束批次" })).toHaveCount(0);
  await office.keyboard.press("Escape");
  await open("名单");
  await expect(office.getByLabel("采集批次").getByRole("option", { name: /DEMO27/ })).toHaveCount(1);
  await expect(office.getByLabel("采集批次").getByRole("option", { name: /XGZY27/ })).toHaveCount(0);
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
  await sheet.getByLabel("英文名称").fill("Graduation ID photo");
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
  await office.getByRole("row", { name: /XGZX/ }).click();
  await expect(office.getByRole("dialog").getByRole("cell", { name: "毕业证照" })).toBeVisible();
  await office.keyboard.press("Escape");
  await office.getByRole("button", { name: /切换到英文/ }).click();
  await office.getByRole("row", { name: /XGZX/ }).click();
  await expect(office.getByRole("dialog").getByRole("cell", { name: "Graduation ID photo" })).toBeVisible();
  await office.keyboard.press("Escape");
  await office.getByRole("button", { name: /中文/ }).click();
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
