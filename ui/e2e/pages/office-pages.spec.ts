import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { board, campaign, studio } from "./invented";
import { admin, clerk, furnish, operator, portraits, reviewer, support } from "./office-invented";
import { Stage } from "./stage";

/** Where pictures of every page go when somebody wants to look at them. */
const PICTURES = process.env.GRADSHOT_OFFICE_PICTURES;

/** Each page with somebody who may open it, and words that are there once it stands, in Chinese and in English. */
const PAGES = [
  ["review", reviewer, "没有看镜头", "look"],
  ["inbox", support, "今天拍还来得及吗"],
  ["counter", operator, "￥50.00"],
  ["live", admin, "A013"],
  ["requests", clerk, "林小雨"],
  ["handover", admin, "打包", "Make a bundle"],
  ["prints", admin, "可以冲印", "Ready to print"],
  ["refunds", support, "按原路退回", "the way it came"],
  ["messages", support, "139****0003"],
  ["rosters", clerk, "选择名单文件", "Choose a roster"],
  ["campaigns", admin, "ZY27"],
  ["schools", admin, "示范职业技术学院"],
  ["studios", admin, "DXC2"],
  ["stats", admin, "zho***"],
  ["staff", admin, "rev***"],
  ["audit", admin, "1240"],
  ["retention", admin, "未采用的标准照", "Portraits not used"],
  ["jobs", admin, "关闭过期订单", "Close an unpaid order"],
  ["account", reviewer, "Safari"],
] as const;

/** Both languages and both themes; what one of them breaks is seen without trying all four together. */
const LOOKS = [
  { theme: "dark", lang: "zh" },
  { theme: "light", lang: "en" },
] as const;

async function everybodyCanUse(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(" | ")}`)).toEqual([]);
}

for (const [at, who, zh, en] of PAGES) {
  for (const { theme, lang } of LOOKS) {
    test(`${at}: stands in ${theme} and ${lang}, and everybody can use it`, async ({ page }) => {
      await page.setViewportSize({ width: 1280, height: 720 });
      const stage = new Stage(page);
      await stage.open();
      furnish(stage, who).on("POST /api/review/next", ({ url }) => ({ json: { item: portraits[url.searchParams.has("beside") ? 1 : 0], waiting: 36, decided_today: 148 } }));
      await page.goto(`/office.html?theme=${theme}&lang=${lang}#/${at}`);
      if (at === "live") {
        await expect(page.getByRole("heading", { name: studio.name, exact: true })).toBeVisible();
        await stage.send(`/api/boards/${studio.code}/events`, "board", board);
      }
      await expect(page.locator("main").getByText(lang === "zh" ? zh : (en ?? zh)).first()).toBeVisible();
      await expect(page.locator("nav a[aria-current=page]")).toHaveCount(1);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, "nothing sticks out").toBe(false);

      await everybodyCanUse(page);
      if (!PICTURES) return;
      await page.screenshot({ path: `${PICTURES}/${at}-1280-${lang}.png` });
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.screenshot({ path: `${PICTURES}/${at}-1920-${lang}.png` });
    });
  }
}

const BAD = [{ row: 2, column: "身份证后四位", zh: "应为四位数字，或三位数字加 X", en: "four digits, or three digits and X" }];
const before = { ...portraits[1], state: "rejected", reject_reasons: ["light"], reject_note: "请面向窗户" };

/** What opens on pages, and how: a table's first row, a button, a file, a key. */
const OPENED: readonly (readonly [string, string, unknown, (page: Page) => Promise<void>])[] = [
  ["compare", "review", reviewer, (page) => page.locator(".picture img").first().waitFor().then(() => page.keyboard.press("c"))],
  ["student", "inbox", support, (page) => page.locator(".progress").click()],
  ["parcel", "prints", admin, (page) => page.locator(".actions .chip").nth(1).click().then(() => page.getByRole("cell", { name: "周**" }).click())],
  ["campaign", "campaigns", admin, (page) => page.getByRole("cell", { name: campaign.code }).click()],
  ["new-campaign", "campaigns", admin, (page) => page.locator(".actions button").first().click()],
  ["file-names", "handover", admin, (page) => page.locator(".bundles header button").click()],
  ["mending", "rosters", clerk, (page) => page.locator("input[type=file]").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from("姓名,学号,身份证后四位,学历类别\n林小雨,20230101,02,本科\n") })],
  ["days", "retention", admin, (page) => page.locator("tbody tr").first().click()],
];

for (const [name, at, who, open] of OPENED) {
  for (const { theme, lang } of LOOKS) {
    test(`${name}: opens on ${at} in ${theme} and ${lang}, and everybody can use it`, async ({ page }) => {
      await page.setViewportSize({ width: 1280, height: 720 });
      const stage = new Stage(page);
      await stage.open();
      furnish(stage, who)
        .on("POST /api/review/next", ({ url }) => ({ json: { item: url.searchParams.has("beside") ? null : { ...portraits[0], earlier: before }, waiting: 0, decided_today: 148 } }))
        .on(`POST /api/admin/campaigns/${campaign.id}/roster`, { status: 422, json: { dry_run: true, added: 0, updated: 0, errors: BAD } });
      await page.goto(`/office.html?theme=${theme}&lang=${lang}#/${at}`);
      await open(page);
      await expect(page.locator("dialog[open], .comparing, .fix")).toBeVisible();
      await everybodyCanUse(page);
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-1280-${lang}.png` });
    });
  }
}
