import { expect, test } from "@playwright/test";

import { campaign, clean, good, reviewItem } from "./invented";
import { Stage } from "./stage";

const reviewer = { id: "0190a000-0000-7000-8000-00000000000a", role: "reviewer", masked_login: "re****" };
const admin = { ...reviewer, role: "admin", masked_login: "ad***" };
const second = { ...reviewItem, portrait: "0190a000-0000-7000-8000-00000000000b" };

test.use({ viewport: { width: 1280, height: 800 } });

test("a reviewer approves with one key and rejects with a digit and the same key", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage
    .on("GET /api/account", { status: 401, json: { code: "session.missing", status: 401, zh: "请先登录", en: "Sign in first" } })
    .on("POST /api/sign-in", { json: { token: "t", account: reviewer } })
    .on("POST /api/review/next", { json: { item: reviewItem, waiting: 1, decided_today: 12 } })
    .on(`POST /api/review/portraits/${reviewItem.portrait}`, { json: { item: second, waiting: 0, decided_today: 13 } })
    .on(`POST /api/review/portraits/${second.portrait}`, { json: { item: null, waiting: 0, decided_today: 14 } });
  await page.goto("/office.html");
  await page.getByLabel("用户名").fill("reviewer.lin");
  await page.getByLabel("密码").fill("correct horse");
  await page.keyboard.press("Enter");

  await expect(page.getByText("头向画面右侧歪了 8.6°")).toBeVisible();
  const picture = await page.getByRole("img", { name: campaign.title }).boundingBox();
  expect([picture?.width, picture?.height], "at 100 %").toEqual([480, 640]);

  await page.keyboard.press("Enter");
  await expect(page.getByText("今天已审 13 张")).toBeVisible();
  await page.keyboard.press("5");
  await page.keyboard.press("3");
  await page.keyboard.press("3");
  await expect(page.getByRole("button", { name: /不通过（1 项）/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("没有待审的标准照")).toBeVisible();
  const decisions = stage.asked.filter(({ path }) => path.startsWith("/api/review/portraits/")).map(({ body }) => body);
  expect(decisions).toEqual([{ decision: "approve" }, { decision: "reject", reasons: ["hair"] }]);
});

test("complaints stand open, what passed is one line, and questions take no key away", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  const third = { ...reviewItem, portrait: "0190a000-0000-7000-8000-00000000000c", verdict: { outcome: "pass", findings: good } };
  stage
    .on("GET /api/account", { json: reviewer })
    .on("POST /api/review/next", { json: { item: reviewItem, waiting: 2, decided_today: 0 } })
    .on(`POST /api/review/portraits/${reviewItem.portrait}`, { json: { item: { ...second, verdict: clean }, waiting: 1, decided_today: 1 } })
    .on(`POST /api/review/portraits/${second.portrait}`, { json: { item: third, waiting: 0, decided_today: 2 } });
  await page.goto("/office.html");

  const findings = page.getByRole("group", { name: "检查结果" });
  await expect(findings.getByRole("listitem")).toHaveText([/头向画面右侧歪了 8.6°.*8.6° \/ ±5°/, /没有看镜头/, /眼镜反光盖住/, /双耳：未能自动测量/]);
  const fold = findings.getByRole("button");
  await expect(fold).toContainText("其余 28 项合格");
  await expect(fold).toContainText("1 项未测");
  await fold.click();
  await expect(findings.getByRole("listitem")).toHaveCount(4 + 28 + 1);
  await expect(findings.getByText("双肩")).toBeVisible();
  await fold.click();

  const asked = page.getByRole("region", { name: "请看一眼" });
  await expect(asked.getByText("戴了耳环、项链等饰物吗？")).toBeInViewport({ ratio: 1 });
  const place = await asked.boundingBox();
  await page.keyboard.press("Enter");
  await expect(findings.getByRole("button")).toContainText("32 项合格");
  await expect(findings.getByRole("listitem")).toHaveCount(0);
  expect(await asked.boundingBox(), "always at the same place").toEqual(place);

  await page.keyboard.press("Enter");
  await expect(findings.getByRole("button")).toContainText("3 项合格");
  await expect(asked, "an older station's verdict asks nothing").toHaveCount(0);
});

test("an administrator bundles a campaign and gets a link", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage
    .on("GET /api/account", { json: admin })
    .on("GET /api/campaigns", { json: { campaigns: [campaign] } })
    .on(`POST /api/admin/campaigns/${campaign.id}/hand-over`, {
      status: 201,
      json: { bundle: { id: "b1", made_at: "2026-05-18T06:05:00Z", portraits: 8, sha256: "ab".repeat(32), file_url: "/api/admin/bundles/b1/bundle.zip" } },
    });
  await page.goto("/office.html");
  await page.getByRole("button", { name: "打包" }).click();
  await expect(page.getByText("8 张标准照，2026-05-18 14:05 打包")).toBeVisible();
  await expect(page.getByRole("link", { name: "下载" })).toHaveAttribute("href", "/api/admin/bundles/b1/bundle.zip");

  stage.on(`POST /api/admin/campaigns/${campaign.id}/hand-over`, { json: { bundle: null } });
  await page.getByRole("button", { name: "打包" }).click();
  await expect(page.getByText("没有新的已通过标准照")).toBeVisible();
});

test("a student who opens the office is told where to go", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: { ...reviewer, role: "student" } });
  await page.goto("/office.html");
  await expect(page.getByText("学生请用手机页面")).toBeVisible();
});
