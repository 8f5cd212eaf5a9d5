/** Every screen of the phone, in the order in which a student meets them, and how to get there. Nobody here exists. */
import type { Browser, Page } from "@playwright/test";

import type { Campaign, Collection } from "../../src/shared/api/types";
import { inMinutes } from "./clock";
import { framed, PHONE_SHOT_SVG } from "./drawn";
import { campaign, collection, studio, ticket } from "./invented";
import { manualOne, manualTwo, path, phone, printOrder, school, shotPath, states, support } from "./phone-invented";
import { invoiceless, mineOf } from "./phone-mine";
import type { Stage } from "./stage";

export interface Scene {
  /** The fragment of the address. */
  at?: string;
  /** Who has not signed in, who has no collection, or where the collection stands. */
  who: "stranger" | "newcomer" | Collection;
  policy?: Campaign;
  stage?: (stage: Stage) => unknown;
  then?: (page: Page) => Promise<unknown>;
  /** A button that asks a question, pressed in each language: a question that stands keeps its own. */
  asks?: string;
  /** In large type too. */
  large?: true;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).click();
const inTurn = (...doings: ((page: Page) => Promise<unknown>)[]) => async (page: Page) => {
  for (const doing of doings) await doing(page);
};
const fill = (label: string, text: string) => (page: Page) => page.getByLabel(label, { exact: true }).fill(text);
const photograph = async (page: Page) => {
  const buffer = await framed(page.context().browser() as Browser, PHONE_SHOT_SVG);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "拍照", exact: true }).click();
  await (await chooser).setFiles({ name: "shot.png", mimeType: "image/png", buffer });
  await page.getByRole("heading", { name: "先看看这张" }).waitFor();
};
const broken = (code: string, status: number, zh: string, en: string) => ({ status, json: { code, status, zh, en } });
const known = (now: Collection | "newcomer", at: string, rest: Partial<Scene> = {}): Scene => ({ who: now, at, ...rest });

const sent = { ...printOrder, order: "0190a000-0000-7000-8000-00000000000d", state: "sent" as const, courier: "示范快递", courier_number: "SF0000000001", closes_at: null };
const mine = (stage: Stage) => mineOf(stage, [printOrder, sent]);
const refunded = (stage: Stage) => mine(stage).on(`GET /api/orders/${states.review.order?.id}/refunds`, { json: { refunds: [] } });
const aside = (fragment: string, rest: Partial<Scene> = {}) => known(states.chooseRoute, fragment, { stage: mine, ...rest });
const studios = [
  { ...studio, hours: "周一至周六 9:00–18:00", distance_m: 320, map_url: "https://uri.amap.com/marker?position=118.06,24.44" },
  { ...studio, id: "0190a000-0000-7000-8000-00000000001f", name: "示范照相馆大学城店", code: "DXC2", address: "大学城北路 8 号", hours: "每天 8:30–20:00", distance_m: 2310 },
];
const near = (stage: Stage) => stage.on("GET /api/studios", { json: { studios } });
const friendly = (state: string) => (stage: Stage) => stage.on("GET /api/pay-links/invented-token", { json: { masked_name: "林**", total: 3500, state, closes_at: inMinutes(20), sandbox: true } });
const group = { code: "K7M2QX", title: "软件工程 2 班", orders: ["林**", "陈**", "王*"].map((masked_name, at) => ({ order: String(at), masked_name, total: 1500, state: at === 0 ? "paid" : "unpaid" })), unpaid_total: 3000 };
const request = { id: "0190a000-0000-7000-8000-00000000001a", campaign: campaign.id, school_name: "示范大学", category: "bachelor", created_at: inMinutes(-90) };
const registering = inTurn(fill("或粘贴采集码文字", "INVENTED-CODE"), fill("姓名", "林小雨"), fill("身份证号后四位", "0120"), press("核验并继续"));
const unknownName = (stage: Stage) => stage.on("POST /api/collections", broken("roster.no_match", 422, "姓名与身份证后四位未在学校名单中匹配到，请核对", "Name and last four digits are not on the school's roster, please check")).on("GET /api/account/verification", { json: { left: 4, locked_until: null } });

export const SCENES: Record<string, Scene> = {
  welcome: { who: "stranger" },
  who: { who: "stranger", at: "#/sign" },
  "sign-up": { who: "stranger", at: "#/sign", then: press(/第一次使用/) },
  "sign-in": { who: "stranger", at: "#/sign", stage: (stage) => stage.on("GET /api/ways-in", { json: { wechat: { sandbox: true } } }), then: press(/已有账号/) },
  "sign-in-code": { who: "stranger", at: "#/sign", then: inTurn(press(/已有账号/), press("用验证码登录")) },
  wechat: { who: "stranger", at: "#/sign", stage: (stage) => stage.on("GET /api/ways-in", { json: { wechat: { sandbox: true } } }).on("POST /api/sign-in/wechat", { json: { outcome: "phone_needed", content: { slip: "00ff" } } }), then: press("微信快速登录（演示）") },
  "reset-password": { who: "stranger", at: "#/sign", then: inTurn(press(/已有账号/), press("忘记密码")) },
  "sign-up-bad": { who: "stranger", at: "#/sign", then: inTurn(press(/第一次使用/), fill("手机号", "1390000"), fill("密码", "correct horse"), fill("再输一次密码", "another horse"), press("注册并登录")) },
  start: known("newcomer", ""),
  school: known("newcomer", "#/new", { stage: (stage) => stage.on("GET /api/roster-requests", { json: { requests: [{ ...request, state: "open", reason: null }, { ...request, id: "0190a000-0000-7000-8000-00000000001b", category: "master", state: "declined", reason: "请带学生证到学院登记" }] } }) }),
  "school-chosen": known("newcomer", "#/new", { stage: (stage) => stage.on("GET /api/schools", { json: { schools: [school(manualOne)] } }), then: inTurn((page) => page.getByRole("searchbox").fill("示范"), press(/示范大学/), (page) => page.getByRole("radio", { name: "本科" }).click()) }),
  "school-none": known("newcomer", "#/new", { stage: (stage) => stage.on("GET /api/schools", { json: { schools: [] } }), then: (page) => page.getByRole("searchbox").fill("无此学校") }),
  register: known("newcomer", "#/new/EK43/bachelor"),
  "how-to-code": known("newcomer", "#/code"),
  "not-on-roster": known("newcomer", "#/new/EK43/bachelor", { stage: unknownName, then: registering }),
  "ask-school": known("newcomer", "#/new/EK43/bachelor", { stage: unknownName, then: inTurn(registering, press(/请学校增补名单/)) }),
  consent: { who: states.consent },
  "choose-route": { who: states.chooseRoute, large: true },
  service: aside(`#/c/${collection.id}/phone`),
  "service-later": known({ ...states.chooseRoute, phone: { ...phone, no_retake_once_paid: true, album_allowed: false } }, `#/c/${collection.id}/phone`, { policy: manualTwo }),
  studios: aside(`#/c/${collection.id}/studio`, { stage: near }),
  "studio-chosen": aside(`#/c/${collection.id}/studio`, { stage: near, then: press(/大学城店/) }),
  pay: { who: states.pay, large: true },
  "pay-by-friend": { who: states.pay, stage: (stage) => stage.on(`POST /api/orders/${states.pay.order?.id}/pay-link`, { status: 201, json: { token: "invented-token", url: "https://example.invalid/phone.html#/pay/invented-token" } }), then: inTurn(press("找好友代付"), (page) => page.getByLabel("代付链接").waitFor()) },
  "pay-phone": { who: states.payPhone },
  "pay-failed": { who: states.payPhone, stage: (stage) => stage.on(`POST /api/orders/${states.payPhone.order.id}/pay`, () => "cut"), then: press(/^付款/) },
  friend: { who: "stranger", at: "#/pay/invented-token", stage: friendly("unpaid") },
  "friend-paid": { who: "stranger", at: "#/pay/invented-token", stage: friendly("paid") },
  group: known(states.chooseRoute, "#/group/K7M2QX", { stage: (stage) => stage.on("GET /api/pay-groups/K7M2QX", { json: group }) }),
  rules: { who: states.readRules },
  "rules-last": { who: states.readRules, then: inTurn(...Array.from({ length: 6 }, (_, at) => inTurn(press("下一条"), (page) => page.getByText(`第 ${at + 2} 条，共 7 条`).waitFor()))) },
  "take-photo": { who: states.takePhoto, large: true },
  "camera-only": { who: states.cameraOnly, policy: manualTwo },
  unfit: { who: states.unfit },
  rejected: { who: states.rejected },
  "look-at-shot": { who: states.takePhoto, then: photograph },
  sending: { who: states.takePhoto, stage: (stage) => stage.on(`POST ${path}/shots`, { status: 201, headers: { Location: shotPath } }).on(`HEAD ${shotPath}`, () => "cut"), then: inTurn(photograph, press("上传"), (page) => page.getByText("网络中断，已传的部分都在").waitFor()) },
  making: { who: states.making },
  decide: { who: states.decide, large: true },
  "decide-larger": { who: states.decide, then: press("放大看") },
  "decide-sure": { who: states.decide, asks: ".thumb .two button:last-child" },
  "decide-again": { who: states.decide, asks: ".thumb .two button:first-child" },
  "decide-unpaid": { who: states.decideUnpaid, policy: manualTwo },
  violates: { who: states.violates },
  "pay-after": { who: states.payAfter, policy: manualTwo },
  "order-closed": { who: states.orderClosed, policy: manualTwo },
  "studio-only": { who: states.studioOnly, policy: manualTwo },
  "check-in": { who: states.checkIn },
  scan: { who: states.checkIn, then: inTurn(press("扫店里的二维码"), (page) => page.getByText("浏览器没有打开摄像头").waitFor()) },
  wait: { who: states.wait, large: true },
  "wait-give-up": { who: states.wait, asks: ".ticket .van-button" },
  "wait-skipped": { who: { ...states.wait, ticket: { ...ticket, state: "skipped" } } },
  "wait-offline": { who: states.wait, then: async (page) => {
    await page.getByText("A012").waitFor();
    await page.unrouteAll();
    await page.route(/\/api\//, (route) => route.abort("connectionfailed"));
    await page.reload();
    for (const words of ["网络中断", "连接不上", "A012"]) await page.getByText(words).first().waitFor();
  } },
  next: { who: states.next },
  come: { who: states.come },
  "being-shot": { who: states.beingShot },
  review: { who: states.review },
  "review-withdraw": { who: states.review, asks: "main .van-button" },
  registry: { who: states.registry },
  done: { who: states.done },
  prints: known(states.done, `#/c/${collection.id}/prints`, { stage: (stage) => invoiceless(stage, []) }),
  parcels: aside(`#/c/${collection.id}/prints`),
  several: { who: states.chooseRoute, stage: (stage) => stage.on("GET /api/collections", { json: { collections: [states.review, { ...states.wait, id: "0190a000-0000-7000-8000-00000000001e", category: "master" }] } }) },
  help: aside("#/help", { then: (page) => page.getByText(support.questions[0]?.zh_question ?? "").click() }),
  talk: aside("#/help/talk"),
  "talk-empty": aside("#/help/talk", { stage: (stage) => mine(stage).on("GET /api/conversation", { json: { conversation: null } }) }),
  mine: aside("#/me"),
  data: aside("#/me/data"),
  "close-account": aside("#/me/data", { then: press("注销账号") }),
  messages: aside("#/me/messages"),
  "messages-none": aside("#/me/messages", { stage: (stage) => mine(stage).on("GET /api/account/messages", { json: { messages: [] } }) }),
  devices: aside("#/me/devices"),
  password: aside("#/me/password"),
  consents: aside(`#/c/${collection.id}/consents`),
  orders: known(states.review, `#/c/${collection.id}/orders`, { stage: refunded }),
  invoice: known(states.review, `#/c/${collection.id}/orders`, { stage: refunded, then: (page) => page.getByRole("button", { name: "开发票" }).first().click() }),
  unreachable: { who: states.review, stage: (stage) => stage.on("GET /api/account", () => "cut") },
};
