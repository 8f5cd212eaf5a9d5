import { expect, test } from "@playwright/test";

import { campaign, clean, good, studio } from "./invented";
import { admin, clerk, furnish, id, portraits, reviewer } from "./office-invented";
import { Stage } from "./stage";

const [first, second, third, fourth] = portraits as [(typeof portraits)[0], (typeof portraits)[0], (typeof portraits)[0], (typeof portraits)[0]];

/** A server that gives a portrait beside those that a reviewer has. */
function queueOf(stage: Stage, items: readonly (typeof first)[]): void {
  const decided = new Set<string>();
  const desk = (beside: readonly string[]) => {
    const left = items.filter(({ portrait }) => !decided.has(portrait));
    return { json: { item: left.find(({ portrait }) => !beside.includes(portrait)) ?? null, waiting: Math.max(0, left.length - 2), decided_today: 12 + decided.size } };
  };
  stage.on("POST /api/review/next", ({ url }) => desk((url.searchParams.get("beside") ?? "").split(",")));
  for (const { portrait } of items) {
    stage.on(`POST /api/review/portraits/${portrait}`, () => {
      decided.add(portrait);
      return { json: { item: null, waiting: Math.max(0, items.length - decided.size - 2), decided_today: 12 + decided.size } };
    });
  }
}

const decisions = (stage: Stage) => stage.asked.filter(({ path }) => path.startsWith("/api/review/portraits/")).map(({ path, body }) => [path.split("/").at(-1), body]);

test.use({ viewport: { width: 1280, height: 800 } });

test("a reviewer signs in, approves with one key and rejects with digits, a note and the same key", async ({ page }) => {
  const stage = new Stage(page);
  await page.clock.install();
  await stage.open();
  stage
    .on("GET /api/account", { status: 401, json: { code: "session.missing", status: 401, zh: "请先登录", en: "Sign in first" } })
    .on("POST /api/sign-in", { json: { token: "t", account: reviewer } });
  queueOf(stage, [first, second, third]);
  await page.goto("/office.html");
  await page.getByLabel("用户名").fill("reviewer.lin");
  await page.getByLabel("密码").fill("correct horse");
  await page.keyboard.press("Enter");

  await expect(page.getByText("头向画面右侧歪了 8.6°")).toBeVisible();
  const shown = page.getByRole("img", { name: campaign.title });
  const picture = await shown.boundingBox();
  expect([picture?.width, picture?.height], "at 100 %").toEqual([480, 640]);

  await page.keyboard.press("Enter");
  await expect(page.getByText("已通过", { exact: true })).toBeVisible();
  await expect(shown, "two portraits are never on top of each other").toHaveCount(1);
  await page.keyboard.press("5");
  await page.keyboard.press("3");
  await page.keyboard.press("3");
  await expect(page.getByRole("button", { name: /不通过（1 项）/ })).toBeVisible();
  await page.keyboard.press("n");
  await page.getByLabel(/附言/).fill("请把刘海夹起来");
  await page.keyboard.press("Enter");
  await expect(page.getByText("已定为不通过")).toBeVisible();
  expect(decisions(stage), "nothing goes out while it can be taken back").toEqual([]);
  await page.keyboard.press("s");
  await expect(page.getByText("没有待审的标准照")).toBeVisible();

  await page.clock.fastForward(11_000);
  await expect.poll(() => decisions(stage)).toEqual([
    [first.portrait, { decision: "approve" }],
    [second.portrait, { decision: "reject", reasons: ["hair"], note: "请把刘海夹起来" }],
    [third.portrait, { decision: "second_look" }],
  ]);
});

test("a decision is taken back with Backspace, and comes back with its reasons", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: reviewer });
  queueOf(stage, [first, second, third, fourth]);
  await page.goto("/office.html");
  await expect(page.getByRole("img", { name: campaign.title })).toBeVisible();
  await page.keyboard.press("7");
  await page.keyboard.press("Enter");
  await expect(page.getByText("已定为不通过")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("button", { name: /服装不合格/ })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("已定为不通过")).toHaveCount(0);
  expect(decisions(stage)).toEqual([]);
});

test("the desk hears its keys when it was opened by a link", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, { ...reviewer, grants: [{ role: "reviewer" }, { role: "admin" }] });
  queueOf(stage, [first, second]);
  await page.goto("/office.html#/campaigns");
  await page.getByRole("link", { name: "审核", exact: true }).click();
  await expect(page.getByRole("img", { name: campaign.title })).toBeVisible();
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expect(page.getByText("已定为不通过")).toBeVisible();
});

test("leaving the page sends at once what was held back, under a key that is done once", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, { ...reviewer, grants: [{ role: "reviewer" }, { role: "admin" }] });
  queueOf(stage, [first, second, third]);
  await page.goto("/office.html#/review");
  await expect(page.getByRole("img", { name: campaign.title })).toBeVisible();
  const asked = page.waitForRequest(`**/api/review/portraits/${first.portrait}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("已通过", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "采集批次" }).click();
  expect((await asked).headers()["idempotency-key"]).toMatch(/^[0-9a-f]{32}$/);
  await expect(page.getByText("ZY27")).toBeVisible();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("gradshot.review.held"))).toBeNull();
});

test("complaints stand open, what passed is one line, and questions take no key away", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: reviewer });
  queueOf(stage, [first, { ...second, verdict: clean }, { ...third, verdict: { outcome: "pass", findings: good } }]);
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

test("a student who opens the office is told where to go", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: { ...reviewer, role: "student", grants: [{ role: "student" }] } });
  await page.goto("/office.html");
  await expect(page.getByText("学生请用手机页面")).toBeVisible();
});

test("a clerk's roster is checked first: rows to mend are listed, a good one is imported", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, clerk);
  const path = `POST /api/admin/campaigns/${campaign.id}/roster`;
  const wrong = { row: 3, column: "身份证后四位", zh: "应为四位", en: "has to have four" };
  stage.on(path, { status: 422, json: { dry_run: true, added: 0, updated: 0, errors: [wrong] } });
  await page.goto("/office.html#/rosters");
  const file = (text: string) => page.getByLabel("选择名单文件").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(page.getByLabel("采集批次")).toHaveValue(campaign.id);
  await file("姓名,学号,身份证后四位\n");
  await expect(page.getByRole("cell", { name: "应为四位" })).toBeVisible();
  await expect(page.getByRole("button", { name: "导入名单" })).toHaveCount(0);

  stage.on(path, ({ url }) => ({ json: { dry_run: url.searchParams.get("dry_run") === "true", added: 120, updated: 3, errors: [] } }));
  await file("姓名,学号,身份证后四位\n林小雨,20230101,0213\n");
  await expect(page.getByText("可以导入：新增 120 人，更新 3 人")).toBeVisible();
  await page.getByRole("button", { name: "导入名单" }).click();
  await expect(page.getByText("已导入：新增 120 人，更新 3 人")).toBeVisible();
});

test("a campaign is opened by a preset, seen with a student's eyes, and what is wrong is said field by field", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin).on("POST /api/admin/campaigns", { status: 201, json: { school: "s", campaign } });
  await page.goto("/office.html#/campaigns");
  await page.getByRole("button", { name: "新开批次" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "开批次" }).click();
  await expect(sheet.getByText("请填写学校全称，最多 60 字")).toBeVisible();
  await sheet.getByLabel("学校").fill("示范大学");
  await sheet.getByLabel("名称").fill("2027 届");
  await sheet.getByRole("radio", { name: "看到标准照再付款" }).click();
  await expect(sheet.getByRole("region", { name: "学生会看到" })).toContainText("30 分钟内未付款，订单自动关闭");
  await sheet.getByLabel("审核承诺（工作日）").fill("3");
  await expect(sheet.getByRole("region", { name: "学生会看到" })).toContainText("3 个工作日");
  await sheet.getByRole("button", { name: "开批次" }).click();
  await expect(page.getByText(`代码 ${campaign.code}`)).toBeVisible();
  const sent = stage.asked.find(({ method, path }) => method === "POST" && path === "/api/admin/campaigns")?.body as { policy: { payment: string; review_promise_days: number } };
  expect(sent.policy).toMatchObject({ payment: "after_preview", review_promise_days: 3 });
});

test("a station's pairing code is read across a room", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, admin).on(`POST /api/admin/studios/${studio.id}/stations`, { status: 201, json: { code: "40912735", station: "st" } });
  await page.goto("/office.html#/studios");
  await page.getByRole("cell", { name: studio.name, exact: true }).click();
  await page.getByLabel(/机位名称/).fill("3号机位");
  await page.getByRole("button", { name: "生成配对码" }).click();
  await expect(page.getByText("4091 2735")).toHaveCSS("font-size", "72px");
});

test("a table is found in, filtered, sorted and exported, and rows that are chosen bring their actions", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, clerk)
    .on(`POST /api/school/roster-requests/${id("4e", 1)}/accept`, { status: 204 })
    .on(`POST /api/school/roster-requests/${id("4e", 2)}/accept`, { status: 204 });
  await page.goto("/office.html#/requests");
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "硕士" }).click();
  await expect(rows).toHaveText([/周念/]);
  await page.getByRole("button", { name: "硕士" }).click();
  await page.getByRole("button", { name: "学号", exact: true }).click();
  await page.getByRole("button", { name: "学号", exact: true }).click();
  await expect(rows).toHaveText([/20240877/, /20230101/]);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出表格" }).click();
  expect((await saved).suggestedFilename()).toBe("roster-requests.csv");
  await page.getByLabel("选择全部").check();
  await page.getByRole("button", { name: "接受所选" }).click();
  await expect.poll(() => stage.asked.filter(({ path }) => path.endsWith("/accept")).length).toBe(2);
});
