import { expect } from "@playwright/test";

import { enter, press } from "../people/student";
import { DEMO } from "../studio/running-studio";
import type { Step } from "./step";

/** The first manual's studio route, up to the wait for the call; what follows happens at the desk as well. */
const on = { chapter: "studio", on: "wu" } as const;
/** One of the demonstration's own students: a station knows the campaigns that were there when it was opened. */
const WU = { name: "吴立新", last4: "5620" };

export const atTheStudio: readonly Step[] = [
  {
    ...on,
    name: "route",
    zh: { title: "选“照相馆拍摄、上传”", text: "登录、登记采集码、授权以后，选这一种方式。" },
    en: { title: "Choose the studio", text: "Once you have signed in, registered your image code and consented, choose the second card." },
    act: async ({ wu }) => {
      await enter(wu, "13900000003", WU, DEMO.campaignCode);
      await expect(wu.getByRole("button", { name: /照相馆拍摄/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "studios",
    zh: { title: "选照相馆和套餐", text: "可以搜索，可以按距离排序；能打电话，能看地图。选好套餐，按“预约”。" },
    en: { title: "Choose a studio and a package", text: "Search, or sort by distance; call them, look at the map. Then book." },
    act: async ({ wu }) => {
      await press(wu, /照相馆拍摄/);
      await wu.getByRole("button", { name: /示范照相馆/ }).click();
      await expect(wu.getByRole("button", { name: /^预约 ￥/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "pay",
    zh: { title: "付款", text: "自己付，或按“找好友代付”。到店后在柜台付也行。" },
    en: { title: "Pay", text: "Pay yourself, or let a friend pay. The counter takes money, too." },
    act: async ({ wu }) => {
      await press(wu, /^预约 ￥/);
      await expect(wu.getByRole("button", { name: /^付款 ￥/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "friend",
    zh: { title: "找好友代付", text: "把链接或二维码发给好友。" },
    en: { title: "Ask a friend", text: "Send the link or the code." },
    act: async ({ wu }) => {
      await press(wu, "找好友代付");
      await expect(wu.getByLabel("代付链接")).toBeVisible();
      await wu.mouse.wheel(0, 2000);
    },
  },
  {
    ...on,
    on: "friend",
    name: "friend-pays",
    zh: { title: "好友看到的", text: "只有金额和你的姓，没有别的信息。付完，你的手机会自动更新。" },
    en: { title: "What your friend sees", text: "The amount and your family name, nothing else. Once it is paid, your phone knows." },
    act: async ({ wu, friend }) => {
      await friend.goto(await wu.getByLabel("代付链接").inputValue());
      await expect(friend.getByRole("button", { name: /^付款 ￥/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "paid",
    zh: { title: "到店取号", text: "到了照相馆再取号。地址和电话都在这一页。" },
    en: { title: "Go there", text: "Take a number when you are there. Address and phone stand on this page." },
    act: async ({ wu, friend }) => {
      await press(friend, /^付款 ￥/);
      await expect(wu.getByRole("heading", { name: "到店取号" })).toBeVisible();
      await wu.mouse.wheel(0, -2000);
    },
  },
  {
    ...on,
    name: "scan",
    zh: { title: "扫店里的二维码", text: "二维码在门口和叫号屏上。对准方框，自动识别。" },
    en: { title: "Scan the studio's code", text: "It hangs at the door and stands on the board. Hold it inside the frame; nothing needs to be pressed." },
    act: async ({ wu }) => {
      await press(wu, "扫店里的二维码");
      const video = wu.locator("video");
      await expect.poll(() => video.evaluate((it: HTMLVideoElement) => it.videoWidth), "the camera runs").toBeGreaterThan(0);
      // Held still for the picture, with half of the code in sight.
      await video.evaluate((it: HTMLVideoElement) => it.pause());
    },
  },
  {
    ...on,
    name: "ticket",
    zh: { title: "排队", text: "号码、前面几人、大约几分钟，随时更新。这时可以整理头发和衣领。" },
    en: { title: "Wait", text: "Your number, the people ahead and the minutes, always up to date. Time for hair and collar." },
    act: async ({ wu }) => {
      await wu.locator("video").evaluate((it: HTMLVideoElement) => it.play());
      await expect(wu.locator(".ticket .number")).toHaveText(/^[A-Z]\d{3}$/, { timeout: 20_000 });
    },
  },
];
