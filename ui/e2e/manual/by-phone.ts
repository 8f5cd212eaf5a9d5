import { expect } from "@playwright/test";

import { CROWDED_PHOTO, GOOD_PHOTO, PORTRAIT_MS, chooseSchool, fillCode, fillSignUp, giveConsents, portraitCame, press, readRules, shoot } from "../people/student";
import { DEMO } from "../studio/running-studio";
import type { Step } from "./step";

/** The first manual's phone route: paid first, then shot until content. */
const on = { chapter: "phone", on: "lin" } as const;

export const byPhone: readonly Step[] = [
  {
    ...on,
    name: "start",
    zh: { title: "打开采集页面", text: "用微信扫学校发的二维码。看清四个步骤，按“立即进入”。" },
    en: { title: "Open the page", text: "Scan your school's code with WeChat. Read the four steps, then press “Enter”." },
    act: async ({ lin }) => expect(lin.getByRole("button", { name: "立即进入" })).toBeVisible(),
  },
  {
    ...on,
    name: "who",
    zh: { title: "选择身份", text: "第一次来，选“第一次使用”。来过的，选“已有账号”，或用微信快速登录。" },
    en: { title: "Say whether you are new", text: "Choose the first card if this is your first time, the second if you have an account. WeChat signs you in as well." },
    act: async ({ lin }) => {
      await press(lin, "立即进入");
      await expect(lin.getByRole("heading", { name: "请选择身份" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "sign-up",
    zh: { title: "创建账号", text: "手机号要真实有效，审核结果会发到这个号码。密码输两次。" },
    en: { title: "Make an account", text: "Give a phone number that is really yours: the result is sent there. Type the password twice." },
    act: ({ lin }) => fillSignUp(lin, "13900000001"),
  },
  {
    ...on,
    name: "graduate",
    zh: { title: "开始线上采集", text: "选“我是毕业生”。" },
    en: { title: "Begin", text: "Choose “I am graduating”." },
    act: async ({ lin }) => {
      await press(lin, "注册并登录");
      await expect(lin.getByRole("button", { name: /我是毕业生/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "school",
    zh: { title: "选择学校和学历类别", text: "输入学校名称、拼音首字母或批次代码，选中学校，再选学历类别，按“下一步”。" },
    en: { title: "Choose your school", text: "Type its name, its initials or the campaign's code, pick it, then say what you study for." },
    act: async ({ lin }) => {
      await press(lin, /我是毕业生/);
      await chooseSchool(lin, DEMO.campaignCode);
    },
  },
  {
    ...on,
    name: "how-to-code",
    zh: { title: "还没有采集码", text: "按“怎样得到采集码”，三种办法都有图。拿到后回来，填过的内容还在。" },
    en: { title: "No image code yet", text: "Press “How to get the code”: three ways, each with pictures. What you had filled in is still there when you come back." },
    act: async ({ lin }) => {
      await press(lin, "下一步");
      await lin.getByRole("link", { name: "怎样得到采集码" }).click();
      await expect(lin.getByRole("heading", { name: "怎样得到图像采集码" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "code",
    zh: { title: "登记采集码，核验身份", text: "拍下采集码，或从相册选图片。填姓名和身份证号后四位，按“核验并继续”。" },
    en: { title: "Register the code", text: "Take a picture of the image code, or choose one. Add your name and the last four of your ID number." },
    act: async ({ lin }) => {
      await press(lin, "知道了，去登记");
      await fillCode(lin, DEMO.student);
      await lin.getByRole("link", { name: "怎样得到采集码" }).scrollIntoViewIfNeeded();
    },
  },
  {
    ...on,
    name: "unknown",
    zh: { title: "名单里查不到", text: "先核对姓名和后四位。还是查不到，按“查不到，请学校增补名单”。" },
    en: { title: "Not on the roster", text: "Check name and digits first. If you are still not found, ask the school to add you." },
    act: async ({ lin }) => {
      await fillCode(lin, { name: "周念", last4: "0413" });
      await press(lin, "核验并继续");
      await lin.getByRole("alert").scrollIntoViewIfNeeded();
      await expect(lin.getByRole("button", { name: /请学校增补名单/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "ask-school",
    zh: { title: "请学校增补名单", text: "填学号，提交申请。学校处理后会发短信告诉你。" },
    en: { title: "Ask your school", text: "Give your student number and send it. The school's answer comes by message." },
    act: async ({ lin }) => {
      await press(lin, /请学校增补名单/);
      await lin.getByLabel("学号").fill("2023000413");
    },
  },
  {
    ...on,
    name: "consent",
    zh: { title: "阅读并授权", text: "每一项单独授权。标“必需”的勾选后才能继续，之后可以在“我的”里撤回。" },
    en: { title: "Read and consent", text: "Each item is asked for on its own. The required ones are needed to go on; you can take them back later." },
    act: async ({ lin }) => {
      await press(lin, "提交申请");
      await expect(lin.getByText("已提交申请")).toBeVisible();
      await lin.locator("main").getByRole("button", { name: "返回" }).click();
      await fillCode(lin, DEMO.student);
      await press(lin, "核验并继续");
      await giveConsents(lin);
    },
  },
  {
    ...on,
    name: "route",
    zh: { title: "选择拍摄方式", text: "自己请人拍，选“手机拍照、上传”。想去店里，选“照相馆拍摄、上传”。" },
    en: { title: "Choose how to be photographed", text: "With a phone and a friend, or at a studio." },
    act: async ({ lin }) => {
      await press(lin, "同意并继续");
      await expect(lin.getByRole("button", { name: /手机拍照/ })).toBeVisible();
    },
  },
  {
    ...on,
    name: "service",
    zh: { title: "看清服务和价格", text: "一次付款，提交之前不限次数重拍。不可上传自拍照。" },
    en: { title: "Read what you pay for", text: "One payment, any number of photos until you submit. No selfies." },
    act: async ({ lin }) => {
      await press(lin, /手机拍照/);
      await expect(lin.getByRole("button", { name: "立即支付 ￥15.00" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "pay",
    zh: { title: "付款", text: "显示多少就付多少。也可以找好友代付，或由班长统一付。" },
    en: { title: "Pay", text: "The price shown is the price. A friend or your class leader can pay instead." },
    act: async ({ lin }) => {
      await press(lin, "立即支付 ￥15.00");
      await expect(lin.getByRole("button", { name: "付款 ￥15.00" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "rules",
    zh: { title: "看完七条要求", text: "向左滑，一条一图，左边对，右边错。看完才能拍照。" },
    en: { title: "Seven rules", text: "Swipe through them: what is right on the left, what is wrong on the right. You can shoot once you have seen all." },
    act: async ({ lin }) => {
      await press(lin, "付款 ￥15.00");
      await expect(lin.getByText("第 1 条，共 7 条")).toBeVisible();
      await press(lin, "下一条");
      await expect(lin.getByText("第 2 条，共 7 条")).toBeVisible();
      await press(lin, "上一条");
    },
  },
  {
    ...on,
    name: "take",
    zh: { title: "请别人拍照", text: "用后置摄像头，头和肩在虚线里，离墙约一米。也可以从相册选取。" },
    en: { title: "Let somebody photograph you", text: "Rear camera, head and shoulders inside the outline, about a metre from the wall. A picture from the album will do too." },
    act: async ({ lin }) => {
      await readRules(lin);
      await press(lin, "我已看完，去拍照");
      await expect(lin.getByRole("heading", { name: "请别人帮你拍照" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "unfit",
    zh: { title: "做不成标准照时", text: "页面说明原因，例如画面里不止一个人。再拍一张，不另收费。" },
    en: { title: "If no portrait can be made", text: "The page says why, for example when there are two people. Take another one, free of charge." },
    act: async ({ lin }) => {
      await shoot(lin, CROWDED_PHOTO);
      await press(lin, "上传");
      await expect(lin.getByRole("alert").first()).toContainText("画面里要正好有一个人", { timeout: PORTRAIT_MS });
    },
  },
  {
    ...on,
    name: "look",
    zh: { title: "先看看这张", text: "清楚、没有影子、头和肩都在，就按“上传”。不满意，按“重拍”。" },
    en: { title: "Look before you send", text: "Sharp, no shadows, head and shoulders complete: upload it. Otherwise take another one." },
    act: async ({ lin }) => {
      await shoot(lin, GOOD_PHOTO);
      await expect(lin.getByRole("img", { name: "你拍的照片" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "portrait",
    zh: { title: "看标准照", text: "几秒钟后，标准照和检查结果一起出来。可以放大看，也可以对照原片。" },
    en: { title: "Your portrait", text: "It is there seconds later, with what was checked. Enlarge it, or compare it with your photo." },
    act: async ({ lin }) => {
      await press(lin, "上传");
      await portraitCame(lin);
      await expect(lin.getByRole("button", { name: "确认提交" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "submit",
    zh: { title: "提交", text: "满意就提交。提交后不能更改，页面会再问一次。" },
    en: { title: "Submit", text: "Submit when you are content. It cannot be changed afterwards, so you are asked once more." },
    act: ({ lin }) => press(lin, "确认提交"),
    anew: async (lin) => {
      await lin.getByRole("dialog").getByRole("button").first().click();
      await expect(lin.getByRole("dialog")).toHaveCount(0);
      await press(lin, /^(确认提交|Submit)$/);
      await expect(lin.getByRole("dialog")).toBeVisible();
    },
  },
  {
    ...on,
    name: "review",
    zh: { title: "等待审核", text: "约两个工作日，页面写明哪一天前有结果。想换照片，趁审核中撤回。" },
    en: { title: "In review", text: "About two working days; the page names the day. You can still withdraw the photo meanwhile." },
    act: async ({ lin }) => {
      await press(lin, "确定提交");
      await expect(lin.getByRole("heading", { name: "审核中" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "help",
    zh: { title: "找客服", text: "每一页底部都有“客服”：电话、常见问题、在线客服。" },
    en: { title: "Help", text: "At the foot of every page: phone, common questions, and a conversation with people." },
    act: async ({ lin }) => {
      await lin.getByRole("link", { name: "客服" }).click();
      await expect(lin.getByRole("button", { name: "在线客服" })).toBeVisible();
    },
  },
  {
    ...on,
    name: "talk",
    zh: { title: "在线客服", text: "写下问题，可以附图片。回复到了会发短信。" },
    en: { title: "Write to us", text: "Ask, and attach a picture if it helps. A message tells you when there is an answer." },
    act: async ({ lin }) => {
      await press(lin, "在线客服");
      await lin.getByLabel("写下你的问题").fill("审核中还能换照片吗？");
      await press(lin, "发送");
      await expect(lin.getByRole("list", { name: "在线客服" })).toContainText("审核中还能换照片吗？");
    },
  },
  {
    ...on,
    name: "rejected",
    zh: { title: "没有通过", text: "页面写明原因和审核员的留言。重拍、重新提交，不再收费。" },
    en: { title: "Not approved", text: "The page says why, with the reviewer's note. Shooting and submitting again costs nothing." },
    act: async ({ lin, review }) => {
      await lin.getByRole("link", { name: "采集" }).click();
      const desk = (await review("/api/review/next", {})) as { item: { portrait: string } };
      await review(`/api/portraits/${desk.item.portrait}/picture.jpg`);
      await review(`/api/review/portraits/${desk.item.portrait}`, { decision: "reject", reasons: ["light"], note: "请面向窗户" });
      await expect(lin.getByRole("alert")).toContainText("光线不均", { timeout: 15_000 });
    },
  },
];
