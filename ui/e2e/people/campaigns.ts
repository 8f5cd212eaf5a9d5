/** Campaigns that tests and the manual open besides the demonstration's own. */

const PRINTS = [{ id: "one-inch-8", title: "一寸 8 张", layout: "one-inch-8", copies: 8, price: 800, postage: 1200 }];

/** As in the second manual: seen first, then paid, camera only. */
export const PAID_AFTERWARDS = {
  school_name: "虚构职业技术学院",
  title: "2027 届线上采集",
  code: "XGZY28",
  categories: ["bachelor"],
  policy: { payment: "after_preview", retakes: "until_paid", routes: ["phone", "studio"], album_allowed: false, withdraw_in_review: false, review_promise_days: 2, unpaid_order_minutes: 30, payers: ["student"], spec: "chsi", rejection: "refund", prints: PRINTS, phone_price: 2000 },
};

type Send = (path: string, body?: object | string) => Promise<Record<string, unknown>>;

/** Opens a campaign with one student on its roster. */
export async function openFor(admin: Send, campaign: typeof PAID_AFTERWARDS, { name, last4 }: { name: string; last4: string }): Promise<void> {
  const opened = (await admin("/api/admin/campaigns", campaign)) as { campaign: { id: string } };
  await admin(`/api/admin/campaigns/${opened.campaign.id}/roster`, `姓名,学号,身份证后四位,学历类别\r\n${name},20239${last4},${last4},本科\r\n`);
}
