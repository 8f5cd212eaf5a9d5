/** Invented states of a student's phone. Nobody here exists. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

import type { Account, Campaign, Collection, ConsentText, PhoneRoute, PhoneShot, PrintOrder, School } from "../../src/shared/api/types";
import { inMinutes } from "./clock";
import { booked, campaign, clean, collection, paid, shown, studio, thorough, ticket } from "./invented";
import { Stage } from "./stage";

export const account: Account = { id: "0190a000-0000-7000-8000-000000000009", role: "student", grants: [{ role: "student" }], masked_login: "139****0001", has_password: true, identities: [] };
export const path = `/api/collections/${collection.id}`;
export const events = `${path}/events`;
export const shotPath = "/api/shots/0190a000-0000-7000-8000-00000000000a";

/** The first manual: pay first, album allowed; the second: see first, camera only, no retake once paid. */
export const manualOne: Campaign = { ...campaign, policy: { ...campaign.policy, routes: ["phone", "studio"], phone_price: 1500, payers: ["student", "friend", "class_leader", "counter"], prints: [{ id: "one-inch-8", title: "一寸 8 张", layout: "one-inch-8", copies: 8, price: 800, postage: 1200 }] } };
export const manualTwo: Campaign = { ...manualOne, policy: { ...manualOne.policy, payment: "after_preview", retakes: "until_paid", album_allowed: false, withdraw_in_review: false, payers: ["student"] } };

export const phone: PhoneRoute = { price: 1500, album_allowed: true, no_retake_once_paid: false, rules_version: "2026-11-1", rules_read: true, max_shot_bytes: 20 * 1_048_576, max_piece_bytes: 4 * 1_048_576, shot: null };
export const shot: PhoneShot = { id: "0190a000-0000-7000-8000-00000000000a", state: "waiting", received_bytes: 900_000, total_bytes: 900_000, ahead: 2, verdict: null };

const both: Collection = { ...collection, policy: manualOne.policy, routes: ["phone", "studio"], phone };
const order = { id: "0190a000-0000-7000-8000-000000000008", total: 1500, state: "paid" as const, closes_at: null };
const byPhone: Collection = { ...both, route: "phone", order };
const portrait = shown.portrait as NonNullable<Collection["portrait"]>;

/** The phone route, state by state. */
export const states = {
  chooseRoute: { ...both, next_step: "choose_route" },
  payPhone: { ...both, route: "phone", next_step: "pay", order: { ...order, state: "unpaid", closes_at: inMinutes(29) } },
  readRules: { ...byPhone, next_step: "read_rules", phone: { ...phone, rules_read: false } },
  takePhoto: { ...byPhone, next_step: "take_photo" },
  cameraOnly: { ...byPhone, policy: manualTwo.policy, order: null, next_step: "take_photo", phone: { ...phone, album_allowed: false, no_retake_once_paid: true } },
  unfit: { ...byPhone, next_step: "take_photo", phone: { ...phone, shot: { ...shot, state: "unfit", ahead: 0, verdict: { outcome: "retake", findings: [] } } } },
  making: { ...byPhone, next_step: "wait_for_portrait", phone: { ...phone, shot } },
  decide: { ...byPhone, next_step: "decide", portrait: { ...portrait, verdict: clean }, phone: { ...phone, shot: { ...shot, state: "made", ahead: 0 } } },
  violates: { ...byPhone, next_step: "decide", portrait: { ...portrait, verdict: thorough } },
  decideUnpaid: { ...byPhone, policy: manualTwo.policy, order: null, next_step: "decide", portrait: { ...portrait, verdict: clean }, phone: { ...phone, album_allowed: false, no_retake_once_paid: true } },
  payAfter: { ...byPhone, policy: manualTwo.policy, next_step: "pay", portrait: { ...portrait, state: "confirmed", verdict: clean }, order: { ...order, state: "unpaid", closes_at: inMinutes(29) }, phone: { ...phone, no_retake_once_paid: true } },
  orderClosed: { ...byPhone, policy: manualTwo.policy, next_step: "choose_route", portrait: { ...portrait, state: "confirmed", verdict: clean }, order: { ...order, state: "closed" }, phone: { ...phone, no_retake_once_paid: true } },
  studioOnly: { ...byPhone, policy: manualTwo.policy, next_step: "choose_route", portrait: { ...portrait, state: "rejected", reject_reasons: ["background"] }, phone: { ...phone, no_retake_once_paid: true } },
  review: { ...byPhone, next_step: "wait_for_review", portrait: { ...portrait, state: "in_review", verdict: clean, review_due: "2026-05-20" } },
  rejected: { ...byPhone, next_step: "take_photo", portrait: { ...portrait, state: "rejected", verdict: clean, reject_reasons: ["light", "hair"], reject_note: "右侧脸偏暗" } },
  registry: { ...byPhone, next_step: "wait_for_registry", portrait: { ...portrait, state: "approved", verdict: clean } },
  done: { ...byPhone, next_step: "done", portrait: { ...portrait, state: "registered", verdict: clean } },
  consent: both,
  pay: { ...booked, policy: manualOne.policy },
  checkIn: paid,
  wait: { ...paid, next_step: "wait", ticket },
  next: { ...paid, next_step: "wait", ticket: { ...ticket, ahead: 0, expected_wait_minutes: 1 } },
  come: { ...paid, next_step: "come", ticket: { ...ticket, state: "called", station_name: "1号机位" } },
  beingShot: { ...paid, next_step: "wait_for_portrait", ticket: { ...ticket, state: "arrived", station_name: "1号机位" } },
} satisfies Record<string, Collection>;

const read = JSON.parse(readFileSync(join(import.meta.dirname, "../../../crates/server/src/consent/texts.json"), "utf8")) as { version: string; texts: Omit<ConsentText, "needed" | "sha256">[] };
/** The real texts. */
export const consentTexts = { ...read, texts: read.texts.map((text) => ({ ...text, needed: text.purpose === "capture" || text.purpose === "provide_to_registry", sha256: "0".repeat(64) })) };

const RULES = ["请别人帮忙拍摄，不要自拍；拍摄时看镜头，不看按钮。", "光线均匀，背景为浅色纯色墙面，人离墙约一米，墙上没有影子。", "使用后置摄像头拍半身照，肩膀完整入镜，手机竖直放平。", "露出双耳与额头，头肩端正，表情自然，双唇轻闭。", "平时戴眼镜的才戴，镜片无色不反光；不戴帽子与首饰。", "穿与墙面颜色分明的纯色有领上衣；不穿蓝色、图案、无袖、吊带或低领衣服。", "不化妆、不用美颜滤镜、不戴美瞳；翻拍的照片或屏幕会被退回。"];
const RULES_EN = ["Have somebody else take it, no selfie; look into the lens, not at the button.", "Even light and a plain, light wall; stand about a metre before it, with no shadow on it.", "Take it with the rear camera from head to waist, shoulders whole, the phone upright and level.", "Show ears and forehead; head and shoulders straight, a natural face, lips closed.", "Glasses only if you always wear them, clear and without reflections; no hat, no jewellery.", "A plain top with a collar, of another colour than the wall; not blue, patterned, sleeveless or low.", "No make-up, beauty filter or coloured lenses; a photo of a photo or of a screen comes back."];
export const photoRules = { version: "2026-11-1", rules: RULES.map((zh, at) => ({ zh, en: RULES_EN[at] ?? "" })) };

export const retention = { kinds: ["finished_students", "registered_portraits", "unused_portraits", "recipients", "conversations", "messages", "roster_requests", "sms_codes"].map((kind, at) => ({ kind, days: 180 - 20 * at, min_days: 7, max_days: 365, zh_why: "只在需要时保留", en_why: "Kept while it is needed" })) };

export const support = { phone: "400-000-0000", zh_hours: "工作日 9:00–12:00，13:30–17:30", en_hours: "Working days 9:00–12:00 and 13:30–17:30", questions: [{ zh_question: "审核需要多久？", zh_answer: "一般为两个工作日。", en_question: "How long does the review take?", en_answer: "Two working days as a rule." }] };

export const printOrder: PrintOrder = { order: "0190a000-0000-7000-8000-00000000000b", product: manualOne.policy.prints?.[0] as PrintOrder["product"], sheets: 2, total: 2800, state: "unpaid", changed_at: "2026-05-18T06:05:00Z", closes_at: inMinutes(29), courier: null, courier_number: null, recipient: { name: "林小雨", phone: "13900000001", address: "示范省示范市示范路 1 号 3 号楼" } };

export function school(...campaigns: Campaign[]): School {
  return { id: "0190a000-0000-7000-8000-00000000000c", name: campaign.school_name, campaigns };
}

/** A student who has signed in and has one collection. */
export async function staged(page: Page, now: Collection | undefined, policy: Campaign = manualOne): Promise<Stage> {
  await page.addInitScript(() => localStorage.setItem("gradshot.signed", "1"));
  return played(page, now, policy);
}

async function played(page: Page, state: Collection | undefined, policy: Campaign): Promise<Stage> {
  const now = state && { ...state, policy: policy.policy };
  const stage = new Stage(page);
  await stage.open();
  stage
    .on("GET /api/account", { json: account })
    .on("GET /api/collections", { json: { collections: now ? [now] : [] } })
    .on("GET /api/schools", { json: { schools: [school(policy)] } })
    .on("GET /api/studios", { json: { studios: [studio] } })
    .on("GET /api/consent-texts", { json: consentTexts })
    .on("GET /api/photo-rules", { json: photoRules })
    .on("GET /api/support", { json: support })
    .on("GET /api/conversation", { json: { conversation: null } })
    .on("GET /api/roster-requests", { json: { requests: [] } })
    .on("GET /api/pay-groups", { json: { groups: [] } })
    .on("GET /api/retention", { json: retention });
  if (now) stage.on(`GET ${path}`, { json: now });
  return stage;
}

/** Nobody has signed in. */
export async function strangers(page: Page): Promise<Stage> {
  const stage = await played(page, undefined, manualOne);
  return stage.on("GET /api/account", { status: 401, json: { code: "session.missing", status: 401, zh: "请先登录", en: "Sign in first" } });
}

/** A small picture as a phone's camera would hand it over. */
export const PICTURE = { name: "shot.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAMAAAAECAIAAADETxJQAAAAEElEQVR4nGPo7+8noIBUAQCO2w4Rl7gMmAAAAABJRU5ErkJggg==", "base64") };
