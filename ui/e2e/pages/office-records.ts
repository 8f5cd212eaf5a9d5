/** Invented looks, orders and days for the office's tests. Nobody here exists. */
import { campaign } from "./invented";

const id = (kind: string, number: number) => `0190b000-0000-7000-8000-${kind}${String(number).padStart(12 - kind.length, "0")}`;
/** So long before the middle of a day in May, minutes. */
const before = (minutes: number) => new Date(Date.parse("2026-05-18T06:12:00Z") - minutes * 60_000).toISOString();

const LOOKS = [
  { by: "reviewer", staff_login: "reviewer.lin", what: "portrait", reason: "review", masked_name: "林**" },
  { by: "support", staff_login: "support.zhou", what: "progress", reason: "phone_search", masked_name: "欧**" },
  { by: "admin", staff_login: "admin", what: "bundle", reason: "download", masked_name: null },
  { by: "school", staff_login: "clerk.chen", what: "roster_request", reason: "roster_request", masked_name: "周*" },
  { by: "admin", staff_login: "admin", what: "recipient", reason: "print", masked_name: "林**" },
  { by: "support", staff_login: null, what: "orders", reason: "support", masked_name: "王**" },
];
export const looks = Array.from({ length: 18 }, (_, at) => ({ ...LOOKS[at % LOOKS.length], id: id("10", 99 - at), at: before(at * 40 + 2), staff: id("5f", at % LOOKS.length), campaign: campaign.id, campaign_title: campaign.title, school_name: campaign.school_name }));

const orderOf = (number: number, rest = {}) => ({ id: id("0d", number), masked_name: ["林**", "欧**", "周*"][number % 3], school_name: campaign.school_name, campaign: campaign.id, campaign_title: campaign.title, kind: "studio", title: "毕业证照采集", en_title: "Graduation ID photo", sheets: null, studio_name: "示范照相馆", total: 3500, refunded: 0, state: "paid", placed_at: before(number * 55), ...rest });
const partly = orderOf(5, { refunded: 500 });
export const found = [
  orderOf(1),
  orderOf(2, { state: "unpaid" }),
  orderOf(3, { kind: "prints", title: "一寸 8 张", en_title: "One inch, 8 prints", sheets: 2, studio_name: null, total: 2800 }),
  orderOf(4, { kind: "phone", title: null, en_title: null, studio_name: null, total: 1500, refunded: 1500, state: "refunded" }),
  partly,
  orderOf(6, { state: "closed" }),
];
export const orderFile = {
  order: partly,
  refundable: 3000,
  payments: [{ id: id("9a", 5), provider: "sandbox", payer: "friend", total: 3500, orders: 1, state: "succeeded", transaction: "SANDBOX-000005", created_at: before(270) }],
  refunds: [{ id: id("4f", 5), amount: 500, reason: "少印一张", state: "done", asked_by: "support.zhou", since: before(30) }],
  events: [
    { at: before(275), what: "placed", amount: 3500 },
    { at: before(270), what: "payment_prepared", amount: 3500 },
    { at: before(268), what: "paid", amount: 3500 },
    { at: before(31), what: "refund_asked", amount: 500 },
    { at: before(30), what: "refund_done", amount: 500 },
  ],
};

/** What happened on each day of a range, like a season that begins and ends. */
export function daysOf(from: string, to: string): Record<string, unknown>[] {
  const days: Record<string, unknown>[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < 120; at += 86_400_000) {
    const n = days.length;
    const came = [0, 6].includes(new Date(at).getUTCDay()) ? 0 : 60 + ((n * 37) % 90);
    days.push({ day: new Date(at).toISOString().slice(0, 10), signed_up: came + 14, checked_in: came, photographed: Math.round(came * 1.2), confirmed: Math.round(came * 0.95), approved: Math.round(came * 0.9), rejected: Math.round(came * 0.06), handed_over: n % 7 === 4 ? came * 4 : 0, wait_minutes: came ? 4 + (n % 9) : null, paid: came * 3500, refunded: (n % 5) * 3500 });
  }
  return days;
}
