import { expect, test } from "@playwright/test";

import { campaign } from "./invented";
import { admin, bundles, furnish } from "./office-invented";
import { Stage } from "./stage";

test.use({ viewport: { width: 1280, height: 720 } });

test("b_4 an administrator bundles a campaign, fetches the file, and imports the registry's answers", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin)
    .on(`GET /api/admin/campaigns/${campaign.id}/bundles`, { json: { bundles: [] } })
    .on("POST /api/admin/bundles/b1/answers", { json: { registered: 7, refused: 1, errors: [] } })
    .on(`POST /api/admin/campaigns/${campaign.id}/hand-over`, {
      status: 201,
      json: { bundle: { id: "b1", made_at: "2026-05-18T06:05:00Z", portraits: 8, sha256: "ab".repeat(32), file_url: "/api/admin/bundles/b1/bundle.zip" } },
    });
  await page.goto("/office.html#/handover");
  await expect(page.getByText("还没有上网包")).toBeVisible();
  const go = page.getByRole("row", { name: new RegExp(campaign.code) }).getByRole("button", { name: "打包" });
  await go.click();
  await expect(page.getByText("8 张标准照，2026-05-18 14:05 打包")).toBeVisible();
  await expect(page.getByRole("link", { name: "下载" })).toHaveAttribute("href", "/api/admin/bundles/b1/bundle.zip");
  await page.getByLabel("选择结果文件").setInputFiles({ name: "answers.csv", mimeType: "text/csv", buffer: Buffer.from("文件,结果,原因\n000001.jpg,接收,\n") });
  await expect(page.getByText("已导入：接收 7 张，退回 1 张")).toBeVisible();

  stage.on("POST /api/admin/bundles/b1/answers", { status: 422, json: { registered: 0, refused: 0, errors: [{ row: 2, column: "结果", zh: "应为接收或退回", en: "taken or refused" }] } });
  await page.getByLabel("选择结果文件").setInputFiles({ name: "answers.csv", mimeType: "text/csv", buffer: Buffer.from("文件,结果,原因\n000001.jpg,好,\n") });
  await expect(page.getByText("1 处需要修改，没有导入任何内容")).toBeVisible();
  await expect(page.getByRole("cell", { name: "应为接收或退回" })).toBeVisible();

  stage.on(`POST /api/admin/campaigns/${campaign.id}/hand-over`, { json: { bundle: null } });
  await go.click();
  await expect(page.getByText("没有新的已通过标准照")).toBeVisible();
});

test("b_4 bundles of a campaign are seen again: handed over once with a note, made anew, and told apart", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  const [newest, older] = bundles;
  furnish(stage, admin)
    .on(`POST /api/admin/bundles/${newest?.id}/deliver`, { json: { ...newest, handed_over_at: "2026-05-18T07:00:00Z", handed_over_note: "回执 20260518-001" } })
    .on(`POST /api/admin/bundles/${older?.id}/remake`, { json: { bundle: older, unchanged: true } });
  await page.goto("/office.html#/handover");
  const list = page.getByRole("region", { name: "上网包", exact: true }).locator("tbody tr");
  await expect(list).toHaveText([/2026-05-18 14:05.*320.*未交出/, /2026-05-12 14:05.*80.*已交出.*回执 20260513-001/]);
  const card = page.getByRole("region", { name: "上网包编号" });
  await card.getByLabel("回执或备注").fill("回执 20260518-001");
  await card.getByRole("button", { name: "已交出" }).dblclick();
  await expect(card.getByText("2026-05-18 15:00 已交出 · 回执 20260518-001")).toBeVisible();
  await expect(card.getByRole("button", { name: "已交出" }), "it is noted once").toHaveCount(0);
  expect(stage.asked.filter(({ path }) => path.endsWith("/deliver"))).toHaveLength(1);

  await list.nth(1).click();
  await card.getByRole("button", { name: "重做文件" }).click();
  await expect(card.getByText("与原来的文件逐字节相同")).toBeVisible();
  await page.getByRole("row", { name: /ZY27/ }).click();
  await expect(page.getByText("还没有上网包"), "another campaign has its own").toBeVisible();
});

test("b_4 the rule for file names is put together and shows what a file will be called", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin)
    .on("GET /api/campaigns", { json: { campaigns: [{ ...campaign, file_naming: "{code}_{place}" }] } })
    .on(`POST /api/admin/campaigns/${campaign.id}/file-naming`, { status: 204 });
  await page.goto("/office.html#/handover");
  await page.getByRole("button", { name: "文件命名" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("EK43_000001.jpg")).toBeVisible();
  await sheet.getByLabel("规则").fill("{code}-");
  await sheet.getByRole("button", { name: "学号" }).click();
  await expect(sheet.getByText("EK43-20230101.jpg")).toBeVisible();
  await sheet.getByRole("button", { name: "设定" }).click();
  await expect(sheet).toHaveCount(0);
  await expect(page.getByText("下一个包的文件名： {code}-{student_number}")).toBeVisible();
  await expect(page.getByRole("region", { name: "采集批次" }).getByRole("cell", { name: "{code}-{student_number}" })).toBeVisible();
  expect(stage.asked.find(({ path }) => path.endsWith("/file-naming"))?.body).toEqual({ template: "{code}-{student_number}" });
});
