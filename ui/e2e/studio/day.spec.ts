import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { browserWithCamera } from "../film";
import { calledAt, fillOfficeSign, shootUntilGood, shootWrongPerson } from "../people/staff";
import { enter, ticketOf } from "../people/student";
import { scan } from "../scanner";
import { DEMO, RunningStudio } from "./running-studio";

/**
 * A day at the demonstration's studio with nothing played but the people: one student's way over phone, board, desk and
 * office, each in a browser of its own.
 */
test.describe.configure({ mode: "serial", timeout: 180_000 });

let studio: RunningStudio;
let desk: Page;
let board: Page;
let phone: Page;
/** The phone's browser: its camera films the studio's code. */
let filming: Browser;
const contexts: BrowserContext[] = [];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  studio = await RunningStudio.start();
  filming = await browserWithCamera(browser, [{ half: `${studio.addresses.phone}?studio=SFZX` }, `${studio.addresses.phone}?studio=SFZX`]);
  async function open(address: string, viewport: { width: number; height: number }, by = browser): Promise<Page> {
    const context = await by.newContext({ viewport, locale: "zh-CN" });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }
  desk = await open(studio.addresses.desk, { width: 1280, height: 720 });
  board = await open(studio.addresses.board, { width: 1280, height: 720 });
  phone = await open(studio.addresses.phone, { width: 360, height: 640 }, filming);
});

test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await filming?.close();
  await studio?.stop();
});

test("the windows do not open empty", async () => {
  await expect(desk.getByText("机位空闲")).toBeVisible();
  await expect(desk.getByText(/等候 \d+ 人/)).toBeVisible();
  expect(await desk.locator(".left").evaluate((it) => it.scrollWidth - it.clientWidth), "the line lies under nothing").toBe(0);
  await expect.poll(() => desk.locator("canvas").evaluate((it: HTMLCanvasElement) => it.width), "the live view runs").toBeGreaterThan(300);
  await expect(board.getByText("示范照相馆").first()).toBeVisible();
  await expect(board.getByRole("heading", { name: "接下来" })).toBeVisible();
});

test("a student signs up, registers the image code, consents, books and pays", async () => {
  await enter(phone, "13900000001", DEMO.student, DEMO.campaignCode);
  await phone.getByRole("button", { name: /照相馆拍摄/ }).click();
  await phone.getByRole("button", { name: /^预约 ￥/ }).click();
  await expect(phone.getByText("演示支付，不产生费用")).toBeVisible();
  await phone.getByRole("button", { name: /^付款 ￥/ }).click();
  await expect(phone.getByRole("heading", { name: "到店取号" })).toBeVisible();
});

test("the studio's code before the phone's camera gives a number; it is called on desk, board and phone, and the ticket's code proves the arrival", async () => {
  await phone.getByRole("button", { name: "扫店里的二维码" }).click();
  const number = (await phone.locator(".ticket .number").textContent()) ?? "";
  expect(number).toMatch(/^[A-Z]\d{3}$/);

  await desk.getByRole("listitem").filter({ hasText: number }).getByRole("button", { name: `呼叫 ${number}` }).click();
  await expect(phone.getByText("请到 1号机位")).toBeVisible();
  await expect(board.locator(".calls")).toContainText(number);

  await expect(desk.getByPlaceholder("请扫描学生的排号码，或输入号码")).toBeFocused();
  await scan(desk, await ticketOf(phone));
  await expect(desk.getByText("已扫码到场")).toBeVisible();
  await expect(desk.locator(".person-bar .number")).toHaveText(number);
});

test("the portrait is made, sealed, sent and shown to the student, who says yes", async () => {
  await shootUntilGood(desk);
  await desk.keyboard.press("Enter");
  await expect(desk.getByText("机位空闲")).toBeVisible();
  await expect(phone.getByRole("button", { name: "确认提交" })).toBeVisible({ timeout: 30_000 });
  const picture = phone.getByRole("img", { name: "你的标准照" });
  await expect.poll(() => picture.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight])).toEqual([480, 640]);
  await phone.getByRole("button", { name: "确认提交" }).click();
  await phone.getByRole("button", { name: "确定提交" }).click();
  await expect(phone.getByRole("heading", { name: "审核中" })).toBeVisible();
});

test("a reviewer approves it, and the phone hears of it", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  contexts.push(context);
  const office = await context.newPage();
  await office.goto(studio.addresses.office);
  await fillOfficeSign(office, DEMO.reviewer);
  await office.getByRole("button", { name: "登录" }).click();
  const approved = phone.getByRole("heading", { name: "等待上网" });
  const approve = office.getByRole("button", { name: /^通过/ });
  await expect(approve, "no portrait is decided before it is seen").toBeEnabled();
  const pictures = process.env.GRADSHOT_OFFICE_PICTURES;
  if (pictures) await office.screenshot({ path: `${pictures}/office.png` });
  await office.keyboard.press("Enter");
  // The decision can be taken back for ten seconds where the server gives another portrait meanwhile.
  await expect(approved).toBeVisible({ timeout: 30_000 });
});

test("an administrator hands it over as a bundle that can be fetched", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  contexts.push(context);
  const office = await context.newPage();
  await office.goto(studio.addresses.office);
  await fillOfficeSign(office, DEMO.admin);
  await office.getByRole("button", { name: "登录" }).click();
  await office.getByRole("link", { name: "上网" }).click();
  await office.getByRole("button", { name: "打包", exact: true }).click();
  await expect(office.getByText(/^1 张标准照/)).toBeVisible();
  const fetched = office.waitForEvent("download");
  await office.getByRole("link", { name: "下载" }).click();
  expect((await fetched).suggestedFilename()).toMatch(/\.zip$/);
});

test("the next one is called and typed by hand, and nobody's shot is left over", async () => {
  await desk.keyboard.press("n");
  const number = await calledAt(desk);
  await expect(desk.getByRole("button", { name: /^第 1 张/ })).toHaveCount(0);
  await desk.getByPlaceholder("请扫描学生的排号码，或输入号码").fill(number);
  await shootWrongPerson(desk);
  await expect(desk.getByRole("button", { name: /^第 1 张/ })).toHaveCount(0);
  await desk.keyboard.press("F4");
  await expect(desk.getByText("机位空闲")).toBeVisible();
  await expect(desk.getByRole("button", { name: "排回" })).toBeVisible();
});
