/** Every page of the office with something on it, with nothing, and when something went wrong, and what opens on them. */
import type { Page } from "@playwright/test";

import { board, campaign, clean, studio } from "./invented";
import { admin, clerk, furnish, id, operator, portraits, reviewer, second, studios, support } from "./office-invented";
import type { Stage } from "./stage";

export interface Scene {
  at: string;
  who: unknown;
  /** Words that are there once it stands, in Chinese. */
  words: string;
  stage?: (stage: Stage) => unknown;
  then?: (page: Page, stage: Stage) => Promise<unknown>;
  /** A picture in light colours too. */
  light?: true;
}

const page = (at: string, who: unknown, words: string, rest: Partial<Scene> = {}): Scene => ({ at, who, words, ...rest });
const cell = (name: string) => (it: Page) => it.getByRole("cell", { name, exact: true }).click();
const press = (name: string | RegExp) => (it: Page) => it.getByRole("button", { name }).first().click();
const failing = (...requests: string[]) => (stage: Stage) => requests.forEach((request) => stage.on(request, { status: 503, json: { code: "overloaded", status: 503, zh: "服务器忙，请稍后重试", en: "The server is busy, try again in a moment" } }));
const nothing = (answers: Record<string, unknown>) => (stage: Stage) => Object.entries(answers).forEach(([request, json]) => stage.on(request, { json }));

const BAD = [{ row: 2, column: "身份证后四位", zh: "应为四位数字，或三位数字加 X", en: "four digits, or three digits and X" }];
const before = { ...portraits[1], state: "rejected", reject_reasons: ["light"], reject_note: "请面向窗户" };
const one = (item: unknown) => (stage: Stage) => stage.on("POST /api/review/next", ({ url }) => ({ json: { item: url.searchParams.has("beside") ? null : item, waiting: 36, decided_today: 148 } }));
const roster = (it: Page) => it.locator("input[type=file]").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from("姓名,学号,身份证后四位,学历类别\n林小雨,20230101,02,本科\n周念,20230102,041X,硕士\n") });
const checked = (answer: object) => (stage: Stage) => stage.on(`POST /api/admin/campaigns/${campaign.id}/roster`, answer);
const NO_CAMPAIGNS = { "GET /api/campaigns": { campaigns: [] }, "GET /api/schools": { schools: [] }, [`GET /api/schools/${id("50", 1)}/campaigns`]: { campaigns: [] } };

export const SCENES: Record<string, Scene> = {
  "sign-in": page("", undefined, "登录", { stage: (stage) => stage.on("GET /api/account", { status: 401, json: { code: "session.missing", status: 401, zh: "请先登录", en: "Sign in first" } }) }),
  "wrong-role": page("", { ...reviewer, role: "student", grants: [{ role: "student" }] }, "学生请用手机页面"),

  review: page("review", reviewer, "没有看镜头", { light: true, then: (it) => it.locator(".picture img").first().waitFor() }),
  "review-clean": page("review", reviewer, "合格", { stage: one({ ...portraits[0], verdict: clean }), then: (it) => it.locator(".picture img").first().waitFor() }),
  "review-reasons": page("review", reviewer, "没有看镜头", { then: (it) => it.locator(".picture img").first().waitFor().then(() => it.keyboard.press("1")).then(() => it.keyboard.press("5")) }),
  "review-undo": page("review", reviewer, "没有看镜头", { then: (it) => it.locator(".picture img").first().waitFor().then(() => it.keyboard.press("Enter")).then(() => it.getByText("已通过", { exact: true }).waitFor()) }),
  "review-compare": page("review", reviewer, "上一张", { stage: one({ ...portraits[0], earlier: before }), then: (it) => it.locator(".picture img").first().waitFor().then(() => it.keyboard.press("c")).then(() => it.locator(".comparing").waitFor()) }),
  "review-none": page("review", reviewer, "没有待审的标准照", { stage: (stage) => stage.on("POST /api/review/next", { json: { item: null, waiting: 0, decided_today: 148 } }) }),
  "review-failed": page("review", reviewer, "服务器忙", { stage: failing("POST /api/review/next") }),

  inbox: page("inbox", support, "今天拍还来得及吗", { light: true }),
  "inbox-none": page("inbox", support, "", { stage: nothing({ "GET /api/office/inbox": { waiting: [] } }) }),
  "inbox-student": page("inbox", support, "今天拍还来得及吗", { then: press("学生进度") }),
  counter: page("counter", operator, "￥50.00"),
  "counter-chosen": page("counter", operator, "￥50.00", { then: (it) => it.getByLabel("选择全部").check() }),
  "counter-none": page("counter", operator, "", { stage: nothing({ [`GET /api/office/studios/${studio.id}/orders`]: { orders: [] } }) }),
  live: page("live", admin, studio.name, { then: (_, stage) => stage.send(`/api/boards/${studio.code}/events`, "board", board) }),
  "live-none": page("live", admin, "", { stage: nothing({ "GET /api/studios": { studios: [] } }) }),
  requests: page("requests", clerk, "林小雨"),
  "requests-none": page("requests", clerk, "", { stage: nothing({ [`GET /api/schools/${id("50", 1)}/roster-requests`]: { requests: [] } }) }),
  handover: page("handover", admin, "打包"),
  "handover-names": page("handover", admin, "打包", { then: (it) => it.locator(".bundles header button").click() }),
  prints: page("prints", admin, "可以冲印"),
  "prints-none": page("prints", admin, "可以冲印", { then: (it) => it.getByRole("button", { name: "已收到" }).click().then(() => it.locator(".empty-hint").waitFor()) }),
  "prints-parcel": page("prints", admin, "可以冲印", { then: async (it) => {
    await it.getByRole("button", { name: "冲印中", exact: true }).click();
    await cell("周**")(it);
    await it.getByRole("button", { name: "打开收件地址" }).click();
    await it.getByRole("button", { name: "打开标准照" }).click();
    await it.getByRole("img", { name: "周** 的标准照" }).waitFor();
  } }),
  orders: page("orders", support, "欧**"),
  "orders-one": page("orders", support, "欧**", { then: (it) => it.getByRole("region", { name: "订单" }).getByRole("row").nth(5).click().then(() => it.getByText("可退 ￥30.00").waitFor()) }),
  "orders-none": page("orders", support, "", { stage: nothing({ "POST /api/office/orders/search": { orders: [], next: null } }) }),
  refunds: page("refunds", support, "按原路退回"),
  messages: page("messages", support, "139****0003"),
  "messages-none": page("messages", support, "", { stage: nothing({ "GET /api/office/messages": { messages: [] } }) }),

  rosters: page("rosters", clerk, "选择名单文件"),
  "rosters-none": page("rosters", clerk, "", { stage: nothing(NO_CAMPAIGNS) }),
  "rosters-mending": page("rosters", clerk, "选择名单文件", { stage: checked({ status: 422, json: { dry_run: true, added: 0, updated: 0, errors: BAD } }), then: (it) => roster(it).then(() => it.locator(".fix").waitFor()) }),
  "rosters-good": page("rosters", clerk, "选择名单文件", { stage: checked({ json: { dry_run: true, added: 120, updated: 3, errors: [] } }), then: (it) => roster(it).then(() => it.getByText("可以导入").waitFor()) }),
  campaigns: page("campaigns", admin, "ZY27", { light: true }),
  "campaigns-none": page("campaigns", admin, "", { stage: nothing(NO_CAMPAIGNS) }),
  "campaigns-failed": page("campaigns", admin, "服务器忙", { stage: failing("GET /api/campaigns", "GET /api/schools") }),
  "campaigns-one": page("campaigns", admin, "ZY27", { then: cell(second.code) }),
  "campaigns-new": page("campaigns", admin, "ZY27", { then: press("新开批次") }),
  "campaigns-new-bad": page("campaigns", admin, "ZY27", { then: (it) => press("新开批次")(it).then(() => it.getByRole("dialog").getByRole("button", { name: "开批次" }).click()) }),
  schools: page("schools", admin, "示范职业技术学院"),
  "schools-none": page("schools", admin, "", { stage: nothing(NO_CAMPAIGNS) }),
  studios: page("studios", admin, "DXC2"),
  "studios-none": page("studios", admin, "", { stage: nothing({ "GET /api/studios": { studios: [] } }) }),
  "studios-one": page("studios", admin, "DXC2", { then: cell(studio.name) }),
  "studios-pairing": page("studios", admin, "DXC2", {
    stage: (stage) => stage.on(`POST /api/admin/studios/${studio.id}/stations`, { status: 201, json: { code: "40912735", station: "st" } }),
    then: async (it) => {
      await cell(studio.name)(it);
      await it.getByLabel(/机位名称/).fill("3号机位");
      await it.getByRole("button", { name: "生成配对码" }).click();
      await it.getByText("4091 2735").scrollIntoViewIfNeeded();
    },
  }),
  "studios-new": page("studios", admin, "DXC2", { then: (it) => it.locator(".actions .key-button").first().click() }),

  stats: page("stats", admin, "zho***"),
  "stats-money": page("stats", admin, "zho***", { then: press("收款与退款") }),
  staff: page("staff", admin, "rev***"),
  "staff-one": page("staff", admin, "rev***", { then: cell("cle***") }),
  "staff-new": page("staff", admin, "rev***", { then: (it) => it.locator(".actions .key-button").first().click() }),
  looks: page("looks", admin, "reviewer.lin"),
  "looks-none": page("looks", admin, "", { stage: nothing({ "GET /api/office/accesses": { looks: [], next: null } }) }),
  audit: page("audit", admin, "1240"),
  "audit-failed": page("audit", admin, "服务器忙", { stage: failing("GET /api/admin/audit") }),
  retention: page("retention", admin, "未采用的标准照"),
  "retention-days": page("retention", admin, "未采用的标准照", { then: (it) => cell("收件信息")(it).then(() => it.getByRole("dialog").getByLabel("保存天数").fill("14")) }),
  "retention-proofs": page("retention", admin, "未采用的标准照", { then: press("删除证明") }),
  jobs: page("jobs", admin, "关闭过期订单"),
  "jobs-none": page("jobs", admin, "", { stage: nothing({ "GET /api/admin/jobs/dead": { jobs: [] } }) }),
  account: page("account", reviewer, "Safari"),
  "account-unreachable": page("", admin, "连接不上", { stage: (stage) => stage.on("GET /api/account", () => "cut") }),
};

/** An office in which something stands on every page, as a scene wants it. */
export function furnished(stage: Stage, { who, stage: more }: Scene): Stage {
  furnish(stage, who).on("POST /api/review/next", ({ url }) => ({ json: { item: portraits[url.searchParams.has("beside") ? 1 : 0], waiting: 36, decided_today: 148 } }));
  for (const { code } of studios.slice(1)) stage.on(`GET /api/boards/${code}`, { json: { ...board, studio_name: studios[1]?.name ?? "", called: [], next: [], waiting: 0, expected_wait_minutes: 0 } });
  more?.(stage);
  return stage;
}
