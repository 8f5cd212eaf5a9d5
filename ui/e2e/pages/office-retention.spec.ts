import { expect, test } from "@playwright/test";

import { admin, furnish, kinds } from "./office-invented";
import { Stage } from "./stage";

test.use({ viewport: { width: 1280, height: 720 } });

test("each kind says how long and why; days are set within limits, and fewer of them are asked for twice", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin).on("POST /api/admin/retention", { status: 204 });
  await page.goto("/office.html#/retention");
  await expect(page.getByRole("row", { name: /收件信息 30 7–180 包裹结束后/ })).toBeVisible();
  await page.getByRole("cell", { name: "收件信息", exact: true }).click();
  const sheet = page.getByRole("dialog");
  const days = sheet.getByLabel("保存天数");
  const set = sheet.getByRole("button", { name: "设定" });
  await expect(set, "nothing was changed").toBeDisabled();
  await days.fill("5");
  await expect(set).toBeDisabled();
  await days.fill("14");
  await expect(sheet.getByText("超过 14 天的内容会在下一次清理时删除，不能恢复")).toBeVisible();
  await set.click();
  const sent = () => stage.asked.filter(({ method, path }) => method === "POST" && path === "/api/admin/retention");
  expect(sent(), "it cannot be taken back, so it is asked").toEqual([]);
  stage.on("GET /api/retention", { json: { kinds: kinds.map((kind) => (kind.kind === "recipients" ? { ...kind, days: 14 } : kind)) } });
  await sheet.getByRole("button", { name: "确定缩短，删除后不能恢复" }).click();
  await expect(page.getByText("收件信息：现在保存 14 天")).toBeVisible();
  expect(sent().map(({ body }) => body)).toEqual([{ kind: "recipients", days: 14 }]);
  await expect(page.getByRole("row", { name: /收件信息 14/ })).toBeVisible();

  await page.getByRole("cell", { name: "已上网的标准照" }).click();
  await days.fill("120");
  await set.click();
  await expect(page.getByText("已上网的标准照：现在保存 120 天"), "longer is not asked for twice").toBeVisible();
});

test("what was deleted in time is proved by counts, page by page, and all of it goes into one file", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  const proof = (number: number) => ({ id: `proof-${number}`, kind: "messages", count: number, until: "2026-05-18T06:05:00Z", at: "2026-06-18T06:05:00Z" });
  furnish(stage, admin).on("GET /api/admin/retention/proofs", ({ url }) => {
    const from = Number(url.searchParams.get("before") ?? "0");
    return { json: { proofs: [proof(from + 1), proof(from + 2)], next: from < 4 ? String(from + 2) : null } };
  });
  await page.goto("/office.html#/retention");
  await page.getByRole("button", { name: "删除证明" }).click();
  await expect(page.locator("tbody tr")).toHaveText([/短信\s*1\s*2026-05-18 14:05/, /短信\s*2/]);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出表格" }).click();
  const stream = await (await saved).createReadStream();
  let text = "";
  for await (const piece of stream) text += String(piece);
  expect(text.trim().split("\r\n"), "not only what was loaded").toHaveLength(1 + 6);
});
