import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { fillOfficeSign } from "../people/staff";
import { GOOD_PHOTO, enter, portraitCame, press, readRules, shoot } from "../people/student";
import { DEMO, RunningStudio } from "./running-studio";

/**
 * From a campaign that offers prints to a parcel that came, against a real server with nothing played: the office opens the
 * campaign and mends its roster, a student orders prints, a reviewer compares a retake with the portrait before, and the lab
 * prints and sends.
 */
test.describe.configure({ mode: "serial", timeout: 180_000 });

let studio: RunningStudio;
let office: Page;
let reviewer: Page;
let phone: Page;
const contexts: BrowserContext[] = [];
const student = { name: "陈思远", last4: "0490" };
/** The page that the campaign's code opens. */
let startPage = "";

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  studio = await RunningStudio.start();
  async function open(options: object): Promise<Page> {
    const context = await browser.newContext({ locale: "zh-CN", ...options });
    contexts.push(context);
    return context.newPage();
  }
  office = await open({ viewport: { width: 1280, height: 720 } });
  reviewer = await open({ viewport: { width: 1280, height: 720 } });
  phone = await open({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  for (const [page, who] of [
    [office, DEMO.admin],
    [reviewer, DEMO.reviewer],
  ] as const) {
    await page.goto(studio.addresses.office);
    await fillOfficeSign(page, who);
    await press(page, "登录");
    await expect(page.getByRole("navigation")).toBeVisible();
  }
});

test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await studio?.stop();
});

const open = (name: string) => office.getByRole("link", { name, exact: true }).click();

test("a campaign is opened with the phone's price and prints, and gets its code", async () => {
  await open("采集批次");
  await press(office, "新开批次");
  const sheet = office.getByRole("dialog");
  await sheet.getByLabel("学校").fill("虚构师范大学");
  await sheet.getByLabel("名称", { exact: true }).fill("2027 届加印试点");
  await sheet.getByLabel("代码").fill("JYSD27");
  await sheet.getByLabel("手机拍照价格（元）").fill("20");
  await sheet.getByRole("button", { name: "加一种" }).click();
  await sheet.getByLabel("名称，学生看到").fill("一寸 8 张");
  await sheet.getByLabel("每版（元）").fill("8");
  await sheet.getByLabel("快递（元）").fill("12");
  await sheet.getByRole("button", { name: "开批次" }).click();
  await press(office, "看学生入口");
  startPage = (await sheet.getByRole("link").getAttribute("href")) ?? "";
  await office.keyboard.press("Escape");
});

test("its roster is mended on the page and imported", async () => {
  await open("名单");
  await office.getByLabel("采集批次").selectOption({ label: "虚构师范大学 · 2027 届加印试点 · JYSD27" });
  const text = `姓名,学号,身份证后四位,学历类别\r\n\r\n${student.name},20239001,490,本科\r\n周念,20239002,2027,研究生\r\n`;
  await office.getByLabel("选择名单文件").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await office.getByLabel("第 3 行，身份证后四位").fill(student.last4);
  await office.getByRole("row").filter({ has: office.getByLabel("第 4 行，姓名") }).getByRole("button", { name: "不导入" }).click();
  await press(office, "重新核对");
  await expect(office.getByText("可以导入：新增 1 人，更新 0 人")).toBeVisible();
  await press(office, "导入名单");
  await expect(office.getByText("已导入：新增 1 人，更新 0 人")).toBeVisible();
});

test("the code opens the campaign's start page; the student pays, shoots, submits and orders prints", async () => {
  await phone.goto(startPage);
  await expect(phone.getByText("虚构师范大学")).toBeVisible();
  await phone.goto(studio.addresses.phone);
  await enter(phone, "13900000003", student, "JYSD27");
  await press(phone, /手机拍照/);
  await press(phone, "立即支付 ￥20.00");
  await press(phone, "付款 ￥20.00");
  await readRules(phone);
  await press(phone, "我已看完，去拍照");
  await submit();
  await press(phone, /加印照片/);
  await phone.getByLabel("收件人", { exact: true }).fill(student.name);
  await phone.getByLabel("收件人手机号").fill("13900000003");
  await phone.getByLabel("收件地址").fill("示范省示范市示范路 1 号 3 号楼");
  await phone.getByRole("checkbox").click();
  await press(phone, "下单 ￥20.00");
  await press(phone, "付款 ￥20.00");
  await expect(phone.getByText("已付款，待冲印")).toBeVisible();
});

async function submit(): Promise<void> {
  await shoot(phone, GOOD_PHOTO);
  await press(phone, "上传");
  await portraitCame(phone);
  await press(phone, "确认提交");
  await press(phone, "确定提交");
  await expect(phone.getByRole("heading", { name: "审核中" })).toBeVisible();
}

test("a retake is compared with the portrait before it, and approved", async () => {
  await expect(reviewer.getByRole("button", { name: /^通过/ })).toBeEnabled({ timeout: 20_000 });
  await reviewer.keyboard.press("2");
  await reviewer.keyboard.press("n");
  await reviewer.getByLabel(/附言/).fill("请面向窗户");
  await reviewer.keyboard.press("Enter");
  await phone.getByRole("link", { name: "采集" }).click();
  await expect(phone.getByRole("alert")).toContainText("光线不均或过曝", { timeout: 30_000 });
  await submit();

  await expect(reviewer.getByText("上一张：审核未通过")).toBeVisible({ timeout: 30_000 });
  await reviewer.keyboard.press("c");
  const before = reviewer.getByRole("img", { name: "上一张标准照" });
  await expect.poll(() => before.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight])).toEqual([480, 640]);
  await expect(reviewer.getByText(/^\d{4}-\d{2}-\d{2} · 审核未通过 · 光线不均或过曝 · 请面向窗户$/)).toBeVisible();
  if (process.env.GRADSHOT_OFFICE_PICTURES) await reviewer.screenshot({ path: `${process.env.GRADSHOT_OFFICE_PICTURES}/compare-real.png` });
  await reviewer.keyboard.press("Enter");
  await expect(phone.getByRole("heading", { name: "等待上网" })).toBeVisible({ timeout: 30_000 });
});

test("the lab prints it, opens portrait and address, and sends it; the student is told of all this", async () => {
  await open("加印");
  const row = office.getByRole("row", { name: /一寸 8 张/ });
  await expect(row).toContainText("可以冲印");
  await row.click();
  const sheet = office.getByRole("dialog");
  await sheet.getByRole("button", { name: "开始冲印" }).click();
  await sheet.getByRole("button", { name: "打开标准照" }).click();
  const portrait = sheet.getByRole("img", { name: "陈** 的标准照" });
  await expect.poll(() => portrait.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight])).toEqual([480, 640]);
  await sheet.getByRole("button", { name: "打开收件地址" }).click();
  await expect(sheet.getByText("示范省示范市示范路 1 号 3 号楼")).toBeVisible();
  await sheet.getByLabel("快递公司").fill("示范快递");
  await sheet.getByLabel("快递单号").fill("SF0000000001");
  await sheet.getByRole("button", { name: "已交给快递" }).dblclick();
  await expect(sheet.getByText("学生确认收到后，地址随即删除")).toBeVisible();
  await office.keyboard.press("Escape");
  await press(office, "已寄出");
  await expect(row).toContainText("SF0000000001");

  await press(phone, /加印照片/);
  await expect(phone.getByText("SF0000000001")).toBeVisible();
  await phone.getByRole("link", { name: "我的" }).click();
  await phone.getByRole("link", { name: /我的数据/ }).click();
  const looks = phone.getByRole("listitem").filter({ hasText: "加印" });
  await expect(looks, "portrait and address, one look each").toHaveText([/收件信息/, /标准照/]);
});

test("days are set, and the log of all this is whole", async () => {
  await open("保存期限");
  await office.getByRole("cell", { name: "收件信息", exact: true }).click();
  const sheet = office.getByRole("dialog");
  await sheet.getByLabel("保存天数").fill("14");
  await press(office, "设定");
  await press(office, "确定缩短，删除后不能恢复");
  await expect(office.getByText("收件信息：现在保存 14 天")).toBeVisible();
  await press(office, "删除证明");
  await expect(office.getByText("还没有到期的内容")).toBeVisible();
  await open("操作记录");
  await expect(office.getByRole("cell", { name: "设定保存期限" })).toBeVisible();
  await expect(office.getByRole("cell", { name: "寄出加印" })).toBeVisible();
  await press(office, "验证完整性");
  await expect(office.getByText(/^完整：\d+ 条都在，没有改动$/)).toBeVisible();
});
