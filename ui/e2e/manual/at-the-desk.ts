import { expect } from "@playwright/test";

import { calledAt, shootUntilGood, shootWrongPerson } from "../people/staff";
import { press, ticketOf } from "../people/student";
import { scan } from "../scanner";
import type { Step } from "./step";

/** The operator's day, and what the student who is called sees meanwhile. */
const on = { chapter: "desk", on: "desk" } as const;
const student = { chapter: "studio", on: "wu" } as const;

/** The coach opens its own networks for the first student. */
const COACH_MS = 30_000;

export const atTheDesk: readonly Step[] = [
  {
    ...on,
    name: "free",
    zh: { title: "开始", text: "左边是排号，中间是取景，右边是结果。右上角的网络和相机都亮着，就可以叫号。" },
    en: { title: "Begin", text: "The line on the left, the live view in the middle, results on the right. When network and camera are lit above, you can call." },
    act: async ({ desk }) => {
      await expect(desk.getByText("机位空闲")).toBeVisible();
      await expect.poll(() => desk.locator("canvas").evaluate((it: HTMLCanvasElement) => it.width)).toBeGreaterThan(300);
    },
  },
  {
    ...on,
    name: "call",
    zh: { title: "叫号 N", text: "按 N 叫下一位。上面的横条显示号码和隐去名字的姓。没来就按 F2 再叫。" },
    en: { title: "Call: N", text: "N calls the next number. The bar shows it, with a family name and no more. F2 calls again." },
    act: async ({ desk }) => {
      await desk.keyboard.press("n");
      await expect(desk.getByText(/等候到场/)).toBeVisible();
    },
  },
  {
    ...on,
    on: "board",
    name: "board",
    zh: { title: "叫号屏", text: "号码和机位同时出现在叫号屏上，并用普通话播报。右边是接下来的号码。" },
    en: { title: "The board", text: "Number and station appear on the board at once, and are spoken. Those who come next stand on the right." },
    act: async ({ desk, board }) => expect(board.locator(".calls")).toContainText(await calledAt(desk)),
  },
  {
    ...on,
    name: "pass-over",
    zh: { title: "没有来：过号 F4", text: "过号的人在左下方。人回来了，按“排回”。" },
    en: { title: "Nobody comes: F4", text: "Those passed over stand at the lower left. When they are back, put them into the line again." },
    act: async ({ desk }) => {
      await desk.keyboard.press("F4");
      await expect(desk.getByText("机位空闲")).toBeVisible();
      await expect(desk.getByRole("button", { name: "排回" })).toBeVisible();
    },
  },
  {
    ...student,
    name: "called",
    zh: { title: "轮到你了", text: "整屏变色，手机振动、播报。请到写明的机位。" },
    en: { title: "It is your turn", text: "The whole screen turns, the phone shakes and speaks. Go to the station that it names." },
    act: async ({ wu, desk }) => {
      const number = (await wu.locator(".ticket .number").textContent()) ?? "";
      await desk.getByRole("listitem").filter({ hasText: number }).getByRole("button", { name: `呼叫 ${number}` }).click();
      await expect(wu.getByText("请到 1号机位")).toBeVisible();
    },
  },
  {
    ...on,
    name: "arrive",
    zh: { title: "扫码到场", text: "扫学生手机上的排号码，核对横条上的号码。不扫码，拍不了，照片就不会放错人。" },
    en: { title: "Scan the arrival", text: "Scan the code on the student's phone and compare the number. Without it nothing can be shot, so no photo lands under another name." },
    act: async ({ desk, wu }) => {
      await expect(desk.getByPlaceholder("请扫描学生的排号码，或输入号码")).toBeFocused();
      await scan(desk, await ticketOf(wu));
      await expect(desk.getByText("已扫码到场")).toBeVisible();
      await expect(desk.locator(".guidance"), "the coach has looked").not.toHaveText(/坐好看镜头/, { timeout: COACH_MS });
    },
  },
  {
    ...student,
    name: "being-shot",
    zh: { title: "正在拍摄", text: "看镜头，坐正，双唇自然闭合。" },
    en: { title: "Being photographed", text: "Look at the lens, sit up, lips closed." },
    act: async ({ wu }) => expect(wu.getByRole("heading", { name: "正在拍摄" })).toBeVisible(),
  },
  {
    ...on,
    name: "shoot",
    zh: { title: "拍摄 空格", text: "照着取景下面的一行提示请学生调整，按空格拍。标准照和检查结果马上出来。" },
    en: { title: "Shoot: Space", text: "Say what the line below the picture says, then press Space. Portrait and findings are there at once." },
    act: ({ desk }) => shootUntilGood(desk),
  },
  {
    ...on,
    name: "closer",
    zh: { title: "细看 Z", text: "对照原片和标准照，需要时微调裁切。只能移动和缩放，不能旋转，不能修图。" },
    en: { title: "Look closer: Z", text: "Compare shot and portrait, and move the crop where that helps. It moves and scales; nothing is rotated or retouched." },
    act: async ({ desk }) => {
      await desk.keyboard.press("z");
      await expect(desk.getByRole("button", { name: /回到取景/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "accept",
    zh: { title: "通过 Enter", text: "给学生看过，按 Enter。标准照当场封存、上传；下面显示正在等学生确认。马上可以叫下一位。" },
    en: { title: "Accept: Enter", text: "Show it to the student and press Enter. It is sealed and sent; below you see who has yet to say yes. The next one can be called." },
    act: async ({ desk }) => {
      await desk.keyboard.press("z");
      await desk.keyboard.press("Enter");
      await expect(desk.getByText("机位空闲")).toBeVisible();
    },
  },
  {
    ...student,
    name: "decide",
    zh: { title: "确认照片", text: "满意，按“确认提交”。不满意，按“重拍”，回到机位再拍。" },
    en: { title: "Say yes, or no", text: "Submit it if you are content. If not, have it taken again at the same place." },
    act: async ({ wu }) => {
      await expect(wu.getByRole("button", { name: "确认提交" })).toBeVisible({ timeout: 30_000 });
      await expect.poll(() => wu.getByRole("img", { name: "你的标准照" }).evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(480);
    },
  },
  {
    ...student,
    name: "review",
    zh: { title: "可以离开了", text: "照片进入审核，页面写明哪一天前有结果。" },
    en: { title: "You may leave", text: "It is in review now; the page names the day of the result." },
    act: async ({ wu }) => {
      await press(wu, "确认提交");
      await press(wu, "确定提交");
      await expect(wu.getByRole("heading", { name: "审核中" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "typed",
    zh: { title: "扫不了码", text: "学生手机没电，核对号码后手工输入，按 Enter。" },
    en: { title: "No code to scan", text: "If a phone is dead, type the number and press Enter." },
    act: async ({ desk }) => {
      await desk.keyboard.press("n");
      await expect(desk.getByText(/等候到场/)).toBeVisible();
      await desk.getByPlaceholder("请扫描学生的排号码，或输入号码").fill(await calledAt(desk));
    },
  },
  {
    ...on,
    name: "not-this-person",
    zh: { title: "坐错了人 X", text: "按 X 清空这次所有原片，请本人重新扫码。" },
    en: { title: "Somebody else sat there: X", text: "X throws away every shot of this call; the right person is scanned again." },
    act: ({ desk }) => shootWrongPerson(desk),
  },
  {
    ...on,
    name: "camera",
    zh: { title: "相机与灯光 K", text: "换相机、调参数、试拍检查灯光。开拍前先看这里。" },
    en: { title: "Camera and light: K", text: "Change the camera or its settings, and check the light with a test shot, before the first student comes." },
    act: async ({ desk }) => {
      await desk.keyboard.press("F4");
      await expect(desk.getByText("机位空闲")).toBeVisible();
      await desk.keyboard.press("k");
      await expect(desk.getByRole("dialog")).toBeVisible();
    },
  },
  {
    ...on,
    name: "outbox",
    zh: { title: "待传与确认 O", text: "断网也能拍，标准照封存在本机，恢复后自动上传。谁还没有确认，也在这里看。" },
    en: { title: "What is to be sent: O", text: "Without a network you can go on: portraits rest sealed on this PC and are sent later. Who has yet to say yes is here, too." },
    act: async ({ desk }) => {
      await desk.keyboard.press("Escape");
      await desk.keyboard.press("o");
      await expect(desk.getByRole("dialog")).toBeVisible();
    },
  },
  {
    ...on,
    name: "print",
    zh: { title: "打印 Y", text: "选好打印机和相纸。学生要纸质照片的，通过以后按 P。" },
    en: { title: "Prints: Y", text: "Choose printer and paper once. For a student who wants prints, press P after accepting." },
    act: async ({ desk }) => {
      await desk.keyboard.press("Escape");
      await desk.keyboard.press("y");
      await expect(desk.getByRole("dialog")).toBeVisible();
    },
  },
  {
    ...on,
    name: "day",
    zh: { title: "日报表 D", text: "收工时看，也可以翻看前些天的：叫号、拍成、重拍原因、各时段人数。可以打印，也可以存成 CSV。" },
    en: { title: "The day's report: D", text: "Calls, portraits, reasons for retakes, and how many in which hour; to print or to keep." },
    act: async ({ desk }) => {
      await desk.keyboard.press("Escape");
      await desk.keyboard.press("d");
      await expect(desk.getByRole("dialog")).toContainText("拍摄张数");
    },
  },
  {
    ...on,
    name: "keys",
    zh: { title: "所有的键 ？", text: "忘了哪个键，按问号。" },
    en: { title: "All keys: ?", text: "Press the question mark when you forget one." },
    act: async ({ desk }) => {
      await desk.keyboard.press("Escape");
      await desk.keyboard.press("?");
      await expect(desk.getByRole("dialog")).toBeVisible();
    },
  },
];
