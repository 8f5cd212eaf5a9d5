import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

import { fillOfficeSign } from "../people/staff";
import { GOOD_PHOTO, portraitCame, press, shoot } from "../people/student";
import { DEMO } from "../studio/running-studio";
import type { Scene, Step } from "./step";

/** From an empty campaign to the registry's answer. */
const on = { chapter: "office", on: "office" } as const;
const reviewing = { chapter: "office", on: "reviewer" } as const;
const student = { chapter: "phone", on: "lin" } as const;

/** A decision can be taken back for so long, milliseconds, before the phone hears of it. */
const HEARD_MS = 30_000;

const open = (office: Page, name: string) => office.getByRole("link", { name, exact: true }).click();

async function chooseRoster(office: Page, text: string): Promise<void> {
  await office.getByLabel("选择名单文件").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
}

/** The names of the portraits in a bundle: what the registry would answer by. */
async function portraitsIn(office: Page): Promise<string[]> {
  const link = office.getByRole("link", { name: "下载" });
  const bundle = await office.request.get(new URL((await link.getAttribute("href")) ?? "", office.url()).href);
  const names = (await bundle.body()).toString("latin1").matchAll(/[\w./-]+\.jpg/g);
  return [...new Set([...names].map(([name]) => name))];
}

export const inTheOffice: readonly Step[] = [
  {
    ...on,
    name: "sign-in",
    zh: { title: "登录", text: "学校、公司、客服、审核员用各自的账号登录，只看得到自己要用的页面。" },
    en: { title: "Sign in", text: "School, company, support and reviewers have accounts of their own and see the pages that they need." },
    act: ({ office }) => fillOfficeSign(office, DEMO.admin),
  },
  {
    ...on,
    name: "campaign",
    zh: { title: "新开采集批次", text: "填学校和名称，选“先付款再拍摄”或“看到标准照再付款”。右边是学生将看到的流程。" },
    en: { title: "Open a campaign", text: "Name the school and choose when students pay. On the right stands what they will see." },
    act: async ({ office }) => {
      await press(office, "登录");
      await open(office, "采集批次");
      await press(office, "新开批次");
      const sheet = office.getByRole("dialog");
      await sheet.getByLabel("学校", { exact: true }).fill("虚构理工学院");
      await sheet.getByLabel("名称").fill("2027 届毕业生图像采集");
      await sheet.getByLabel("代码").fill("XGLG27");
    },
  },
  {
    ...on,
    name: "campaigns",
    zh: { title: "批次列表", text: "学生凭批次代码找到自己的学校。点一行看规则、学生入口和海报。" },
    en: { title: "The campaigns", text: "Students find their school by the code. Open a row for its rules and its own code to print." },
    act: async ({ office }) => {
      await press(office, "开批次");
      await expect(office.getByRole("cell", { name: "XGLG27" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "roster-wrong",
    zh: { title: "上传名单：先核对", text: "CSV 或 XLSX。有一处读不懂，就一行也不导入，并告诉你怎样改。在表里直接改，改好再核对。" },
    en: { title: "The roster: checked first", text: "CSV or XLSX. With one bad cell nothing is imported, and you are told what to change. Mend it where it stands, and check again." },
    act: async ({ office }) => {
      await open(office, "名单");
      await office.getByLabel("采集批次").selectOption({ label: "虚构理工学院 · 2027 届毕业生图像采集 · XGLG27" });
      await chooseRoster(office, "姓名,学号,身份证后四位,学历类别\n何可心,20230301,02,本科\n罗一诺,20230302,051X,本科\n");
      await expect(office.getByRole("region", { name: "需要修改的行" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "roster-good",
    zh: { title: "上传名单：再导入", text: "都改好了，看清新增和更新的人数，按“导入名单”。" },
    en: { title: "The roster: then imported", text: "Once all is well, read how many are new or changed, then import." },
    act: async ({ office }) => {
      await chooseRoster(office, "姓名,学号,身份证后四位,学历类别\n何可心,20230301,0213,本科\n罗一诺,20230302,051X,本科\n");
      await expect(office.getByRole("button", { name: "导入名单" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "requests",
    zh: { title: "增补申请", text: "名单里查不到的学生会来申请。核对后接受，或说明原因不接受，学生都会收到短信。" },
    en: { title: "Requests to be added", text: "Students who are not on the roster ask. Accept them, or decline with a reason; either way they are told." },
    act: async ({ office }) => {
      await press(office, "导入名单");
      await expect(office.getByText("已导入：新增 2 人，更新 0 人")).toBeVisible();
      await open(office, "增补申请");
      await expect(office.getByRole("cell", { name: "周念" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "studios",
    zh: { title: "照相馆和机位", text: "开照相馆、定套餐和价格，生成配对码，机位电脑输入一次就能用。" },
    en: { title: "Studios and stations", text: "Open a studio with its packages and prices, and make a pairing code, which a station needs once." },
    act: async ({ office }) => {
      await open(office, "照相馆");
      await office.getByRole("cell", { name: "示范照相馆" }).click();
      await office.getByLabel(/机位名称/).fill("2号机位");
      await press(office, "生成配对码");
      await expect(office.getByText(/^\d{4} \d{4}$/)).toBeVisible();
      await office.getByText(/^\d{4} \d{4}$/).evaluate((it) => it.scrollIntoView({ block: "center" }));
    },
  },
  {
    ...on,
    name: "live",
    zh: { title: "实时排队", text: "每家照相馆此刻叫到几号、还有几人、要等多久。" },
    en: { title: "Live lines", text: "Which number each studio calls, how many wait, and how long." },
    act: async ({ office }) => {
      await office.keyboard.press("Escape");
      await open(office, "实时排队");
      await expect(office.locator("main").getByText("示范照相馆").first()).toBeVisible();
    },
  },
  {
    ...on,
    name: "inbox",
    zh: { title: "客服", text: "按等候时间排列。看不到学生的姓名和照片，除非学生同意；每次查看学生都看得到。" },
    en: { title: "Support", text: "Those who waited longest come first. Names and photos stay hidden unless the student agrees, and each look is told to them." },
    act: async ({ office }) => {
      await open(office, "客服");
      await office.getByRole("region", { name: "等候回复" }).getByRole("button").first().click();
      await office.getByLabel("回复", { exact: true }).fill("可以。审核中请在采集页面按“撤回重拍”，重新提交不另收费。");
    },
  },
  {
    ...reviewing,
    name: "review",
    zh: { title: "审核", text: "标准照按原尺寸显示，左边是检查结果。合格按 Enter 通过，后面几张已经准备好。" },
    en: { title: "Review", text: "The portrait at its true size, findings on the left. Enter approves; the next ones are ready." },
    act: async ({ office, reviewer, lin }) => {
      await press(office, /发送/);
      await shoot(lin, GOOD_PHOTO);
      await press(lin, "上传");
      await portraitCame(lin);
      await press(lin, "确认提交");
      await press(lin, "确定提交");
      await expect(lin.getByRole("heading", { name: "审核中" })).toBeVisible();
      await fillOfficeSign(reviewer, DEMO.reviewer);
      await press(reviewer, "登录");
      await expect(reviewer.getByRole("button", { name: /^通过/ })).toBeEnabled();
    },
  },
  {
    ...reviewing,
    name: "reject",
    zh: { title: "不通过，要说原因", text: "按数字键选原因，按 N 给学生留言，再按 Enter。学生看到原因，免费重拍。" },
    en: { title: "Rejecting needs a reason", text: "Pick reasons by their digits, write a note with N, then press Enter. The student reads them and shoots again free of charge." },
    act: async ({ reviewer }) => {
      await reviewer.keyboard.press("3");
      await reviewer.keyboard.press("n");
      await reviewer.getByLabel(/附言/).fill("请面向窗户，再拍一张");
    },
  },
  {
    ...reviewing,
    name: "undo",
    zh: { title: "按错了，十秒内能撤销", text: "每个决定都等十秒才送出，按退格键撤销最近一个。" },
    en: { title: "Ten seconds to take it back", text: "Every decision waits for ten seconds. Backspace takes the newest one back." },
    act: async ({ reviewer }) => {
      await reviewer.getByLabel(/附言/).fill("");
      await reviewer.keyboard.press("Escape");
      await reviewer.keyboard.press("3");
      await approve(reviewer);
      await expect(reviewer.getByText("已通过", { exact: true }).first()).toBeVisible();
    },
  },
  {
    ...student,
    name: "approved",
    zh: { title: "审核通过", text: "照片等待上网。从这时起，不能再修改信息或更换照片。" },
    en: { title: "Approved", text: "It waits to be handed over. From now on neither data nor photo can be changed." },
    act: async ({ lin, reviewer }) => {
      await approveAll(reviewer);
      await expect(lin.getByRole("heading", { name: "等待上网" })).toBeVisible({ timeout: HEARD_MS });
    },
  },
  {
    ...on,
    name: "hand-over",
    zh: { title: "上网：打包", text: "审核通过的标准照打成一个包，带清单、摘要和签名，下载后交给学信网。" },
    en: { title: "Hand-over", text: "What was approved goes into one bundle with a list, digests and a signature, for the registry." },
    act: async ({ office }) => {
      await open(office, "上网");
      await demoRow(office).getByRole("button", { name: "打包" }).click();
      await expect(office.getByText(/^2 张标准照/).first()).toBeVisible();
    },
  },
  {
    ...on,
    name: "answers",
    zh: { title: "导入学信网的结果", text: "选学信网给的清单。接收的标为已上网，退回的学生会收到短信，免费重拍。" },
    en: { title: "The registry's answer", text: "Import its list. What was taken is done; students whose photo came back are told and shoot again free of charge." },
    act: async ({ office }) => {
      await office.getByRole("row").filter({ has: office.getByRole("link", { name: "下载" }) }).click({ position: { x: 24, y: 12 } });
      const rows = (await portraitsIn(office)).map((file) => `${file},接收,`);
      await office.getByLabel("选择结果文件").setInputFiles({ name: "answers.csv", mimeType: "text/csv", buffer: Buffer.from(`文件,结果,原因\n${rows.join("\n")}\n`) });
      const told = office.getByText("已导入：接收 2 张，退回 0 张");
      await expect(told).toBeVisible();
      await told.scrollIntoViewIfNeeded();
    },
  },
  {
    ...student,
    name: "done",
    zh: { title: "已完成", text: "照片已上学信网。请登录学信网核对。" },
    en: { title: "Done", text: "The registry has it. Sign in there and check." },
    act: async ({ lin }) => expect(lin.getByRole("heading", { name: "已完成" })).toBeVisible({ timeout: HEARD_MS }),
  },
  {
    ...on,
    name: "orders",
    zh: { title: "订单", text: "按订单号、手机号、状态、日期或照相馆查找。点一行看付款、退款和经过，可退一部分，也可全部退回。" },
    en: { title: "Orders", text: "Find them by number, phone number, state, day or studio. A row opens with its payments, its refunds and what happened; part of the money goes back, or all." },
    act: async ({ office }) => {
      await open(office, "订单");
      await office.getByRole("region", { name: "订单" }).getByRole("row").filter({ hasText: "已付款" }).first().click();
      await expect(office.getByRole("dialog").getByRole("region", { name: "经过" })).toContainText("付款到账");
    },
  },
  {
    ...on,
    name: "stats",
    zh: { title: "统计", text: "每天登记、取号、拍摄、确认、审核和上网了多少，等了多久，收退了多少钱；下面是每位审核员。" },
    en: { title: "Figures", text: "How many registered, came, were photographed, decided and handed over each day, how long they waited, and the money; each reviewer stands below." },
    act: async ({ office }) => {
      await office.keyboard.press("Escape");
      await open(office, "统计");
      await expect(office.getByText("此刻待审").first()).toBeAttached();
      await expect(office.getByRole("img", { name: "拍摄进度" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "looks",
    zh: { title: "查看记录", text: "谁看过谁的照片和信息、什么时候、为什么。姓名只显示姓；学校只看得到自己的学生。" },
    en: { title: "Who looked", text: "Who looked at whose photo or data, when and why. Names are masked; a school sees its own students." },
    act: async ({ office }) => {
      await open(office, "查看记录");
      await expect(office.getByRole("region", { name: "查看记录" }).getByRole("row").nth(1)).toBeVisible();
    },
  },
  {
    ...on,
    name: "audit",
    zh: { title: "操作记录", text: "谁在什么时候改了什么，一条扣一条，可以验证没有被改过。" },
    en: { title: "The log", text: "Who changed what and when, each entry chained to the one before, so that it can be verified." },
    act: async ({ office }) => {
      await open(office, "操作记录");
      await press(office, "验证完整性");
      await expect(office.getByText(/^完整：\d+ 条都在，没有改动$/)).toBeVisible();
    },
  },
];

const demoRow = (office: Page) => office.getByRole("row").filter({ hasText: DEMO.campaignCode });

/** No portrait is decided before it is seen. */
async function approve(reviewer: Scene["reviewer"]): Promise<void> {
  await expect(reviewer.getByRole("button", { name: /^通过/ })).toBeEnabled();
  await reviewer.keyboard.press("Enter");
}

async function approveAll(reviewer: Scene["reviewer"]): Promise<void> {
  const approves = reviewer.getByRole("button", { name: /^通过/ });
  const nothing = reviewer.getByText("没有待审的标准照");
  while (await Promise.race([approves.waitFor().then(() => true), nothing.waitFor().then(() => false)])) {
    if (await nothing.isVisible()) break;
    await approve(reviewer);
  }
}
