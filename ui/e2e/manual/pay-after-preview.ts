import { expect } from "@playwright/test";

import { PAID_AFTERWARDS, openFor } from "../people/campaigns";
import { FAR_PHOTO, GOOD_PHOTO, enter, fillSignUp, portraitCame, press, readRules, shoot } from "../people/student";
import type { Step } from "./step";

/** The second manual: seen first, paid once content, and no retake by phone after that. */
const on = { chapter: "preview", on: "chen" } as const;
const CHEN = { name: "陈思远", last4: "0490" };

export const payAfterPreview: readonly Step[] = [
  {
    ...on,
    name: "ways",
    zh: { title: "先拿到采集码", text: "三种办法：学信档案、学信网微信公众号、学信网手机应用。照着图做，把采集码存成图片。" },
    en: { title: "Get your image code", text: "Three ways: the registry's site, its WeChat account, or its app. Follow the drawings and keep the code as a picture." },
    act: async ({ chen, addresses }) => {
      await chen.goto(`${addresses.phone}#/code`);
      await expect(chen.getByRole("heading", { name: "怎样得到图像采集码" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "sign-up",
    zh: { title: "创建拍摄账号", text: "选“第一次使用”，填手机号，密码输两次。填错的地方，下面会有提示。" },
    en: { title: "Make an account", text: "Choose the card for newcomers, give your phone number, and the password twice. What is wrong is said beside its field." },
    act: async ({ chen, addresses }) => {
      await chen.goto(addresses.phone);
      await press(chen, "立即进入");
      await fillSignUp(chen, "1390000");
      await chen.getByLabel("再输一次密码").fill("another password");
      await press(chen, "注册并登录");
      await expect(chen.getByText("两次输入的密码不一样")).toBeVisible();
    },
  },
  {
    ...on,
    name: "service",
    zh: { title: "先看清规则", text: "看到标准照、满意后再付款。付款后不能再用手机重拍，只能到照相馆补拍。" },
    en: { title: "Read the rule first", text: "You pay once you have seen the portrait and are content. After paying, another photo is taken at a studio only." },
    act: async ({ chen, addresses, admin }) => {
      await openFor(admin, PAID_AFTERWARDS, CHEN);
      await chen.goto("about:blank");
      await chen.goto(addresses.phone);
      await enter(chen, "13900000002", CHEN, PAID_AFTERWARDS.code);
      await press(chen, /手机拍照/);
      await expect(chen.getByRole("button", { name: "开始拍照" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "hints",
    zh: { title: "七步提示，往左滑", text: "不要自拍，墙面要纯色，不要侧光。看完七步再拍。" },
    en: { title: "Seven hints, swiped", text: "No selfies, a plain wall, no light from the side. Shoot after the seventh." },
    act: async ({ chen }) => {
      await press(chen, "开始拍照");
      await press(chen, "下一条");
      await expect(chen.getByText("第 2 条，共 7 条")).toBeVisible();
    },
  },
  {
    ...on,
    name: "take",
    zh: { title: "拍摄照片", text: "本批次只能现场拍，不能从相册选。右上角有样照，人站进虚线里，看镜头。" },
    en: { title: "Shoot", text: "Here only the camera will do, not the album. A sample stands in the corner; stand inside the outline and look at the lens." },
    act: async ({ chen }) => {
      await press(chen, "上一条");
      await readRules(chen);
      await press(chen, "我已看完，去拍照");
      await expect(chen.getByText("本批次只能现场拍摄，不能从相册选取")).toBeVisible();
    },
  },
  {
    ...on,
    name: "violates",
    zh: { title: "不合标准，当场就知道", text: "哪里不行、怎样改，写在照片下面。这样的照片不能提交，重拍不另收费。" },
    en: { title: "Told at once what is wrong", text: "What is not as it must be, and what to change, stands below the picture. It cannot be submitted; a retake costs nothing." },
    act: async ({ chen }) => {
      await shoot(chen, FAR_PHOTO);
      await press(chen, "上传");
      await portraitCame(chen);
      await expect(chen.getByRole("heading", { name: "这张还不行" })).toBeVisible();
      await chen.mouse.wheel(0, 2000);
    },
  },
  {
    ...on,
    name: "portrait",
    zh: { title: "看标准照", text: "满意再提交、付款。不满意，按“重拍”，想拍几次都行。" },
    en: { title: "Look at your portrait", text: "Submit and pay only if you are content. If not, take another one, as often as you like." },
    act: async ({ chen }) => {
      await press(chen, "重拍");
      await press(chen, "确定重拍");
      await shoot(chen, GOOD_PHOTO);
      await press(chen, "上传");
      await portraitCame(chen);
      await expect(chen.getByRole("button", { name: "提交并付款" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "loupe",
    zh: { title: "放大，对照原片", text: "按“放大看”细看头发边缘和眼睛。" },
    en: { title: "Look closer", text: "Enlarge it to see hair and eyes." },
    act: ({ chen }) => press(chen, "放大看"),
  },
  {
    ...on,
    name: "pay",
    zh: { title: "提交并付款", text: "付款前还有一次提醒。30 分钟内没有付款，订单自动关闭，可以重拍。" },
    en: { title: "Submit and pay", text: "You are reminded once more. An order that is not paid within 30 minutes closes by itself, and you can shoot again." },
    act: async ({ chen }) => {
      await press(chen, "放大看");
      await press(chen, "提交并付款");
      await press(chen, "确定提交");
      await expect(chen.getByRole("button", { name: "付款 ￥20.00" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "review",
    zh: { title: "送审", text: "付款后进入人工审核，页面写明哪一天前有结果。" },
    en: { title: "In review", text: "Once paid, people look at it. The page names the day of the result." },
    act: async ({ chen }) => {
      await press(chen, "付款 ￥20.00");
      await expect(chen.getByRole("heading", { name: "审核中" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "prints",
    zh: { title: "加印照片，或不加印", text: "要纸质照片的，选版数、填地址，快递寄到。不需要就不用管。" },
    en: { title: "Prints, or none", text: "If you want prints, choose how many and say where to. A courier brings them. If not, do nothing." },
    act: async ({ chen }) => {
      await press(chen, /加印照片/);
      await chen.getByLabel("收件人", { exact: true }).fill(CHEN.name);
      await chen.getByLabel("收件人手机号").fill("13900000002");
      await chen.getByLabel("收件地址").fill("示范省示范市示范路 1 号 3 号楼");
      await chen.getByRole("checkbox").click();
      await expect(chen.getByRole("button", { name: "下单 ￥20.00" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "paid",
    zh: { title: "显示“已付款”才算完成", text: "在“我的”“订单与退款”里看。加印、快递单号和退款也在这里。" },
    en: { title: "Only “paid” means done", text: "See it among your orders, with prints, parcels and refunds." },
    act: async ({ chen }) => {
      await press(chen, "下单 ￥20.00");
      await press(chen, "付款 ￥20.00");
      await expect(chen.getByText("已付款，待冲印")).toBeVisible();
      await chen.getByRole("link", { name: "我的" }).click();
      await chen.getByRole("link", { name: /订单与退款/ }).click();
      await expect(chen.getByText("已付款", { exact: true }).first()).toBeVisible();
    },
  },
];
