/** Invented staff, orders and records for the office's tests. Nobody here exists. */
import { inMinutes } from "./clock";
import { board, campaign, reviewItem, studio } from "./invented";
import { PORTRAIT_SVG } from "./drawn";
import { daysOf, found, looks, orderFile } from "./office-records";
import type { Stage } from "./stage";

/** An id of the test's own. */
export const id = (kind: string, number: number) => `0190b000-0000-7000-8000-${kind}${String(number).padStart(12 - kind.length, "0")}`;
/** So long ago, minutes. */
const before = (minutes: number) => inMinutes(-minutes);

const person = { identities: [], has_password: true };
export const admin = { ...person, id: id("ad", 1), role: "admin", masked_login: "adm***", grants: [{ role: "admin" }] };
export const reviewer = { ...person, id: id("a", 1), role: "reviewer", masked_login: "rev***", grants: [{ role: "reviewer" }] };
export const support = { ...person, id: id("5", 1), role: "support", masked_login: "sup***", grants: [{ role: "support" }] };
export const clerk = { ...person, id: id("c", 1), role: "school", masked_login: "cle***", grants: [{ role: "school", school: id("50", 1) }] };
export const operator = { ...person, id: id("0", 1), role: "operator", masked_login: "ope***", grants: [{ role: "operator", studio: studio.id }] };

export const second = {
  ...campaign,
  id: id("ca", 2),
  school_name: "示范职业技术学院",
  title: "2027 届线上采集",
  code: "ZY27",
  categories: ["associate"],
  policy: { ...campaign.policy, payment: "after_preview", retakes: "until_paid", routes: ["phone", "studio"], album_allowed: false, rejection: "refund" },
} as typeof campaign;
export const studios = [
  { ...studio, hours: "周一至周六 9:00–18:00", latitude: 24.4798, longitude: 118.0894, map_url: "https://example.com/map" },
  { ...studio, id: id("57", 2), name: "示范照相馆大学城店", code: "DXC2", address: "大学城北路 8 号", phone: "010-55550102", hours: "每天 8:30–20:00" },
];
export const requests = [
  { id: id("4e", 1), campaign: campaign.id, category: "bachelor", created_at: before(35), id_last4: "0213", name: "林小雨", note: "转专业后名单里没有我", student_number: "20230101" },
  { id: id("4e", 2), campaign: campaign.id, category: "master", created_at: before(60 * 26), id_last4: "041X", name: "周念", note: "", student_number: "20240877" },
];
export const orders = [
  { masked_name: "林**", order: id("04", 1), state: "unpaid", total: 3500 },
  { masked_name: "欧**", order: id("04", 2), state: "unpaid", total: 5000 },
];
export const messages = [
  { id: id("3e", 1), masked_to: "139****0001", template: "review.approved", text: "你的毕业证照已通过审核，等待上传学信网。", state: "sent", attempts: 1, created_at: before(4) },
  { id: id("3e", 2), masked_to: "139****0002", template: "review.rejected", text: "你的毕业证照未通过审核：背景不合格。可以免费重拍。", state: "queued", attempts: 0, created_at: before(1) },
  { id: id("3e", 3), masked_to: "139****0003", template: "support.answered", text: "客服已回复你的问题。", state: "given_up", attempts: 8, created_at: before(60 * 30) },
];
export const talk = {
  id: id("7a", 1),
  masked_student: "139****0001",
  state: "waits_for_staff",
  lines: [
    { id: id("11", 1), from_staff: false, said_at: before(50), text: "你好，我的照片显示背景不合格，可是墙是白色的。" },
    { id: id("11", 2), from_staff: true, said_at: before(48), text: "你好。照片左侧有一道阴影，请离墙一米再拍一张，不用再付款。" },
    { id: id("11", 3), from_staff: false, said_at: before(12), text: "好的，请问今天拍还来得及吗？", attachment_url: null },
  ],
};
const staffOf = (number: number, role: string, rest = {}) => ({ ...person, id: id("ff", number), role, masked_login: `${["lin", "zho", "wan", "che", "sun"][number % 5]}***`, grants: [{ role, ...rest }] });
export const staff = [admin, reviewer, support, operator, clerk, ...[1, 2, 3, 4].map((number) => staffOf(number, "reviewer"))];
export const audit = Array.from({ length: 40 }, (_, at) => ({
  number: 1240 - at,
  at: before(at * 7 + 1),
  actor: `account:${id("ad", 1)}`,
  action: ["POST /api/review/portraits/{id}", "POST /api/admin/campaigns/{id}/roster", "POST /api/office/orders/{id}/counter-payment", "POST /api/admin/staff"][at % 4],
  subject: id("99", at),
  hash: "ab".repeat(32),
}));
export const jobs = [{ id: id("70", 1), kind: "close_order", subject: id("04", 3), failure: "the database did not answer in time", attempts: 8, created_at: before(60 * 30), dead_at: before(60 * 4) }];
export const sessions = [
  { id: id("5e", 1), created_at: before(25), current: true, device: "Chrome · Windows", expires_at: before(-60 * 11) },
  { id: id("5e", 2), created_at: before(60 * 7), current: false, device: "Safari · macOS", expires_at: before(-60 * 5) },
];
export const help = { phone: "400-000-0000", zh_hours: "", en_hours: "", questions: [{ zh_question: "怎样获取图像采集码？", zh_answer: "登录学信档案，选择本人学籍，打开图像采集码后长按保存图片。", en_question: "How do I get my image code?", en_answer: "Sign in to the registry's archive and save the code." }] };
export const portraits = [1, 2, 3, 4].map((number) => ({ ...reviewItem, portrait: id("f0", number), picture_url: `/api/portraits/${id("f0", number)}/picture.jpg`, claimed_until: before(-10) }));

const product = { id: "5in-1", title: "一寸 8 张", layout: "5in", copies: 8, price: 800, postage: 1200 };
const workOf = (number: number, rest = {}) => ({ order: id("99a", number), masked_name: ["林**", "欧**", "周**"][number % 3], product, sheets: (number % 3) + 1, state: "paid", may_print: number % 2 === 1, changed_at: before(number * 95), courier: null, courier_number: null, ...rest });
/** Print orders by the list that they stand in. */
export const printWork = {
  ordered: [1, 2, 3, 4].map((number) => workOf(number)),
  printing: [5, 6].map((number) => workOf(number, { state: "printing", may_print: false })),
  sent: [workOf(7, { state: "sent", may_print: false, courier: "示范快递", courier_number: "SF0000000007" })],
  received: [],
} as const;
export const recipient = { name: "林小雨", phone: "13900000001", address: "示范省示范市示范路 1 号示范大学 3 号楼" };
export const kinds = [
  { kind: "unused_portraits", days: 30, min_days: 7, max_days: 180, zh_why: "未采用的标准照只在申诉期内需要", en_why: "A portrait that is not used is needed only while somebody may complain" },
  { kind: "registered_portraits", days: 90, min_days: 30, max_days: 365, zh_why: "上网后保留一个校对期，以便更正", en_why: "Once registered it is kept while the student may have it corrected" },
  { kind: "recipients", days: 30, min_days: 7, max_days: 180, zh_why: "包裹结束后，收件信息仅在售后期内需要", en_why: "An address is needed only until its parcel's complaints are over" },
];
const bundleOf = (number: number, rest = {}) => ({ id: id("bd", number), made_at: `2026-05-1${number}T06:05:00Z`, portraits: number * 40, sha256: "ab".repeat(32), file_url: `/api/admin/bundles/${id("bd", number)}/bundle.zip`, file_naming: "{code}_{place}", handed_over_at: null, handed_over_note: null, ...rest });
/** Bundles of one campaign, the newest first; the older one was handed over. */
export const bundles = [bundleOf(8), bundleOf(2, { handed_over_at: "2026-05-13T01:00:00Z", handed_over_note: "回执 20260513-001" })];
export const proofs = [
  { id: id("9f", 1), kind: "recipients", count: 12, until: before(60 * 24 * 31), at: before(60 * 8) },
  { id: id("9f", 2), kind: "unused_portraits", count: 240, until: before(60 * 24 * 31), at: before(60 * 32) },
];

/** What support sees of a student. */
export const supported = {
  masked_student: "139****0001",
  picture_until: before(-60 * 20),
  collections: [
    {
      id: id("c0", 1),
      school_name: campaign.school_name,
      campaign_title: campaign.title,
      category: "bachelor",
      masked_name: "林**",
      next_step: "wait_for_review",
      order: { id: id("04", 9), total: 3500, state: "paid", closes_at: null },
      portrait: { id: id("f0", 9), state: "in_review", reject_reasons: [], reject_note: null, review_due: "2026-05-20", picture_url: `/api/support/portraits/${id("f0", 9)}/picture.jpg` },
      prints: [{ order: id("99a", 9), title: "一寸 8 张", state: "printing" }],
      studio: { id: studio.id, name: studio.name, address: studio.address, phone: studio.phone, package_name: "毕业证照" },
      ticket: null,
    },
  ],
};

/** An office in which something stands on every page. */
export function furnish(stage: Stage, account: unknown): Stage {
  const statsOf = (day: string) => {
    const seed = Number(day.slice(8)) + 3;
    return { waiting: 37, reviewers: staff.filter(({ role }) => role === "reviewer").map(({ id: who }, at) => ({ reviewer: who, approved: ((seed * 37 + at * 53) % 190) + 60, rejected: ((seed * 11 + at * 7) % 24) + 2 })) };
  };
  stage
    .on("GET /api/account", { json: account })
    .on("GET /api/campaigns", { json: { campaigns: [campaign, second] } })
    .on("GET /api/schools", { json: { schools: [{ id: id("50", 1), name: campaign.school_name, campaigns: [campaign] }, { id: id("50", 2), name: second.school_name, campaigns: [second] }] } })
    .on(`GET /api/schools/${id("50", 1)}/campaigns`, { json: { campaigns: [campaign] } })
    .on(`GET /api/schools/${id("50", 1)}/roster-requests`, { json: { requests } })
    .on(`GET /api/schools/${id("50", 2)}/roster-requests`, { json: { requests: [] } })
    .on("GET /api/studios", { json: { studios } })
    .on(`GET /api/office/studios/${studio.id}/orders`, { json: { orders } })
    .on("GET /api/office/inbox", { json: { waiting: [{ conversation: talk.id, masked_student: talk.masked_student, last_at: before(12) }, { conversation: id("7a", 2), masked_student: "139****0008", last_at: before(3) }] } })
    .on(`GET /api/office/conversations/${talk.id}`, { json: talk })
    .on(`GET /api/support/conversations/${talk.id}/student`, { json: supported })
    .on(`GET /api/support/portraits/${id("f0", 9)}/picture.jpg`, { svg: PORTRAIT_SVG })
    .on("GET /api/support", { json: help })
    .on("GET /api/office/messages", { json: { messages } })
    .on("GET /api/office/review-stats", ({ url }) => ({ json: statsOf(url.searchParams.get("from") ?? "") }))
    .on("GET /api/office/day-stats", ({ url }) => ({ json: { days: daysOf(url.searchParams.get("from") ?? "", url.searchParams.get("to") ?? "") } }))
    .on("GET /api/office/accesses", { json: { looks, next: null } })
    .on("POST /api/office/orders/search", { json: { orders: found, next: null } })
    .on(`GET /api/office/orders/${orderFile.order.id}`, { json: orderFile })
    .on("GET /api/admin/staff", { json: { staff } })
    .on("GET /api/admin/audit", { json: { entries: audit } })
    .on("GET /api/admin/audit/verification", { json: { whole: true, entries: 1240, head: "ab".repeat(32) } })
    .on("GET /api/admin/jobs/dead", { json: { jobs } })
    .on("GET /api/admin/print-orders", ({ url }) => ({ json: { orders: printWork[(url.searchParams.get("state") ?? "ordered") as keyof typeof printWork] } }))
    .on(`GET /api/admin/campaigns/${campaign.id}/bundles`, { json: { bundles } })
    .on(`GET /api/admin/campaigns/${second.id}/bundles`, { json: { bundles: [] } })
    .on("GET /api/retention", { json: { kinds } })
    .on("GET /api/admin/retention/proofs", { json: { proofs } })
    .on("GET /api/account/sessions", { json: { sessions } })
    .on(`GET /api/boards/${studio.code}`, { json: board });
  for (const { order } of printWork.printing) {
    stage.on(`GET /api/admin/print-orders/${order}/portrait.jpg`, { svg: PORTRAIT_SVG }).on(`GET /api/admin/print-orders/${order}/recipient`, { json: recipient });
  }
  return stage;
}
