import type { Policy, PrintProduct } from "@/shared/api/types";
import { fenOf } from "@/shared/yuan";

/** What both manuals begin with. */
export const PRESETS: Readonly<Record<"pay_first" | "pay_after_preview", Policy>> = {
  /** Manual 1: pay first, shoot until content, by phone or at a studio. */
  pay_first: {
    payment: "before_capture",
    retakes: "until_submitted",
    routes: ["phone", "studio"],
    album_allowed: true,
    withdraw_in_review: true,
    review_promise_days: 2,
    unpaid_order_minutes: 30,
    payers: ["student", "friend", "counter"],
    spec: "chsi",
    rejection: "retake_free",
    prints: [],
    phone_price: 1500,
  },
  /** Manual 2: see the portrait, then pay; once paid no retake but at a studio. */
  pay_after_preview: {
    payment: "after_preview",
    retakes: "until_paid",
    routes: ["phone", "studio"],
    album_allowed: false,
    withdraw_in_review: false,
    review_promise_days: 2,
    unpaid_order_minutes: 30,
    payers: ["student"],
    spec: "chsi",
    rejection: "refund",
    prints: [],
    phone_price: 1500,
  },
};

/** Portrait specs that graduation campaigns use. */
export const SPECS = ["chsi", "chsi-xinhua", "chsi-hebei", "chsi-hunan", "chsi-tianjin", "chsi-xinjiang", "chsi-guizhou-degree"] as const;

export type PresetName = keyof typeof PRESETS;

/** Papers that prints are laid out on. */
export const PAPERS = ["5in", "6in", "a4"] as const;
/** Print products that a campaign may offer. */
export const MOST_PRINTS = 20;

/** A print product as it is typed. */
export interface PrintRow {
  title: string;
  /** May be left empty. */
  en_title: string;
  layout: string;
  copies: number | "";
  price: string;
  postage: string;
}

/** What the rows offer; `undefined` while one of them is not whole. */
export function printsOf(rows: readonly PrintRow[]): PrintProduct[] | undefined {
  const prints = rows.flatMap(({ title, en_title, layout, copies, price, postage }, at) => {
    const [each, sent] = [fenOf(price), fenOf(postage)];
    const isWhole = title.trim() !== "" && [...title.trim()].length <= 40 && [...en_title.trim()].length <= 40 && typeof copies === "number" && isCount(copies, 1, 999) && each !== undefined && sent !== undefined;
    return isWhole ? [{ id: `${layout}-${at + 1}`, title: title.trim(), ...(en_title.trim() && { en_title: en_title.trim() }), layout, copies, price: each, postage: sent }] : [];
  });
  return prints.length === rows.length ? prints : undefined;
}

/** The preset that a policy is, if it is one; prices and prints are a campaign's own. */
export function presetOf(policy: Policy): PresetName | undefined {
  const names = Object.keys(PRESETS) as PresetName[];
  return names.find((name) => sameText(PRESETS[name]) === sameText(policy));
}

/** A list with the value put in or taken out; the order of `all` is kept. */
export function turned<T>(list: readonly T[], value: T, all: readonly T[]): T[] {
  return all.filter((one) => (one === value ? !list.includes(one) : list.includes(one)));
}

export type Wrong = "school" | "title" | "code" | "categories" | "routes" | "price" | "payers" | "minutes" | "days";

/** What keeps a campaign from being opened, field by field. */
export function wrongWith(form: { school_name: string; title: string; code: string; categories: readonly unknown[]; policy: Policy }): Wrong[] {
  const { policy } = form;
  const checks: [Wrong, boolean][] = [
    ["school", !isText(form.school_name)],
    ["title", !isText(form.title)],
    ["code", form.code.trim() !== "" && !/^[A-Za-z0-9]{4,8}$/.test(form.code.trim())],
    ["categories", form.categories.length === 0],
    ["routes", policy.routes.length === 0],
    ["price", policy.routes.includes("phone") && typeof policy.phone_price !== "number"],
    ["payers", policy.payers.length === 0],
    ["minutes", !isCount(policy.unpaid_order_minutes, 1, 10_080)],
    ["days", !isCount(policy.review_promise_days, 0, 60)],
  ];
  return checks.filter(([, isWrong]) => isWrong).map(([wrong]) => wrong);
}

/** What a student will meet under a policy, step by step; keys of texts. */
export function studentSteps(policy: Policy): string[] {
  const steps = ["sign", "code"];
  if (policy.routes.length > 1) steps.push("choose");
  if (policy.payment === "before_capture") steps.push("pay_first");
  if (policy.routes.includes("phone")) steps.push(policy.album_allowed ? "shoot_album" : "shoot_camera");
  if (policy.routes.includes("studio")) steps.push("studio");
  steps.push(policy.retakes === "until_submitted" ? "retake_submitted" : "retake_paid");
  if (policy.payment === "after_preview") steps.push("pay_after");
  steps.push(policy.withdraw_in_review ? "review_withdraw" : "review");
  steps.push(policy.rejection === "refund" ? "rejected_refund" : "rejected_free");
  if (policy.prints?.length) steps.push("prints");
  steps.push("online");
  return steps;
}

function isText(text: string): boolean {
  return text.trim().length >= 1 && [...text.trim()].length <= 60;
}

function isCount(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function sameText(policy: Policy): string {
  return JSON.stringify(Object.entries(policy).filter(([key]) => key !== "prints" && key !== "phone_price").sort(([a], [b]) => a.localeCompare(b)).map(([key, value]) => [key, Array.isArray(value) ? [...(value as string[])].sort() : value]));
}
