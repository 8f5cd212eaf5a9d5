/** Invented answers about an account: looks, devices, consents, prints. */
import type { PrintOrder } from "../../src/shared/api/types";
import { manualOne, path, support } from "./phone-invented";
import type { Stage } from "./stage";

/** What is printed, or nothing yet. */
export function invoiceless(stage: Stage, orders: PrintOrder[]): Stage {
  return stage.on(`GET ${path}/prints`, { json: { may_order: true, products: manualOne.policy.prints, orders } });
}

export function mineOf(stage: Stage, orders: PrintOrder[]): Stage {
  for (const { order } of orders) stage.on(`GET /api/orders/${order}/refunds`, { json: { refunds: [] } });
  return invoiceless(stage, orders)
    .on("GET /api/support", { json: support })
    .on("GET /api/conversation", {
      json: {
        conversation: {
          id: "0190a000-0000-7000-8000-00000000000e",
          masked_student: "139****0001",
          state: "waits_for_student",
          lines: [
            { id: "0190a000-0000-7000-8000-00000000000f", from_staff: false, said_at: "2026-05-18T06:05:00Z", text: "提交以后还能换照片吗", attachment_url: null, attachment_type: null },
            { id: "0190a000-0000-7000-8000-000000000010", from_staff: true, said_at: "2026-05-18T06:09:00Z", text: "审核期间可以撤回，撤回后重新拍摄。", attachment_url: null, attachment_type: null },
          ],
        },
      },
    })
    .on("GET /api/account/accesses", {
      json: {
        accesses: [
          { id: "2", at: "2026-05-18T06:20:00Z", by: "reviewer", reason: "review", what: "portrait" },
          { id: "1", at: "2026-05-18T06:05:00Z", by: "yourself", reason: "shown_to_owner", what: "portrait" },
        ],
        next: null,
      },
    })
    .on("GET /api/account/messages", { json: { messages: [{ id: "0190a000-0000-7000-8000-000000000013", text: "【毕业证照】您的标准照已通过审核。", created_at: "2026-05-18T06:30:00Z" }] } })
    .on("GET /api/account/sessions", {
      json: {
        sessions: [
          { id: "0190a000-0000-7000-8000-000000000011", device: "Android", current: true, created_at: "2026-05-18T06:00:00Z", expires_at: "2026-06-18T06:00:00Z" },
          { id: "0190a000-0000-7000-8000-000000000012", device: "iPhone", current: false, created_at: "2026-05-17T06:00:00Z", expires_at: "2026-06-17T06:00:00Z" },
        ],
      },
    })
    .on(`GET ${path}/consents`, { json: { records: [{ purpose: "capture", given_at: "2026-05-18T06:00:00Z", withdrawn_at: null, text_version: "2026-11-1", text_sha256: "0".repeat(64) }] } });
}
