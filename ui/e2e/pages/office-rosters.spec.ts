import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { workbook } from "../workbook";
import { campaign } from "./invented";
import { clerk, furnish } from "./office-invented";
import { Stage } from "./stage";

test.use({ viewport: { width: 1280, height: 720 } });

const path = `/api/admin/campaigns/${campaign.id}/roster`;
const NAMES = "姓名,学号,身份证后四位,学历类别";
const FOUR = { column: "身份证后四位", zh: "应为四位数字，或三位数字加 X", en: "four digits" };
const KIND = { column: "学历类别", zh: "不是本批次采集的学历类别", en: "not a kind of studies of this campaign" };
const TWICE = { column: "学号", zh: "学号重复", en: "twice" };

async function open(page: Page): Promise<Stage> {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, clerk);
  await page.goto("/office.html#/rosters");
  await expect(page.getByLabel("采集批次")).toHaveValue(campaign.id);
  return stage;
}

const choose = (page: Page, buffer: Buffer, name = "roster.csv") => page.getByLabel("选择名单文件").setInputFiles({ name, mimeType: "text/csv", buffer });
const sent = (stage: Stage) => stage.asked.filter((asked) => asked.path === path).map(({ body }) => String(body).trim().split("\n"));

/** A server that knows four digits from two, and finds a number twice. */
function serverReads(stage: Stage): void {
  stage.on(`POST ${path}`, ({ body, url }) => {
    const rows = String(body).trim().split("\n").map((line) => line.split(","));
    const errors = rows.flatMap(([, number, last4, kind], at) => {
      if (at === 0) return [];
      const wrong = [/^\d{3}[\dX]$/.test(last4 ?? "") ? [] : [FOUR], ["本科", "硕士"].includes(kind ?? "") ? [] : [KIND], rows.slice(0, at).some((row) => row[1] === number) ? [TWICE] : []];
      return wrong.flat().map((one) => ({ row: at + 1, ...one }));
    });
    const dry_run = url.searchParams.get("dry_run") === "true";
    return errors.length ? { status: 422, json: { dry_run, added: 0, updated: 0, errors } } : { json: { dry_run, added: rows.length - 1, updated: 0, errors } };
  });
}

test("b_1 rows to mend are mended where they stand, left out, checked again and imported", async ({ page }) => {
  const stage = await open(page);
  serverReads(stage);
  // As Excel saves it in China, with an empty line that moves the numbers of rows.
  await choose(page, Buffer.from(`\uFEFF${NAMES}\r\n林小雨,20230101,02,本科\r\n\r\n欧阳明月,20230102,041X,本科\r\n周念,20230102,2027,硕士生\r\n陈思远,20230102,0490,本科\r\n`));
  await expect(page.getByText("4 处需要修改，没有导入任何内容")).toBeVisible();
  const cell = (row: number, column: string) => page.getByLabel(`第 ${row} 行，${column}`);
  await expect(cell(2, "身份证后四位"), "what is wrong is marked").toHaveAttribute("aria-invalid", "true");
  await expect(cell(2, "姓名")).toHaveAttribute("aria-invalid", "false");
  await expect(page.getByRole("row").filter({ has: cell(5, "姓名") }).getByText("学历类别：不是本批次采集的学历类别")).toBeVisible();
  await cell(2, "身份证后四位").fill("0213");
  await cell(5, "学号").fill("20230103");
  await cell(5, "学历类别").selectOption("硕士");
  await page.getByRole("row").filter({ has: cell(6, "姓名") }).getByRole("button", { name: "不导入" }).click();
  await expect(cell(6, "姓名")).toBeDisabled();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载改好的名单" }).click();
  expect((await saved).suggestedFilename()).toBe("roster.csv");
  await page.getByRole("button", { name: "重新核对" }).click();
  await expect(page.getByText("可以导入：新增 3 人，更新 0 人")).toBeVisible();
  await page.getByRole("button", { name: "导入名单" }).click();
  await expect(page.getByText("已导入：新增 3 人，更新 0 人")).toBeVisible();
  expect(sent(stage).at(-1)).toEqual([NAMES, "林小雨,20230101,0213,本科", "欧阳明月,20230102,041X,本科", "周念,20230103,2027,硕士"]);
});

test("b_1 what was mended stays when the line is cut, and when something else is still wrong", async ({ page }) => {
  const stage = await open(page);
  serverReads(stage);
  await choose(page, Buffer.from(`${NAMES}\n林小雨,20230101,02,本科\n周念,20230103,2027,专科\n`));
  const last4 = page.getByLabel("第 2 行，身份证后四位");
  await last4.fill("0213");
  stage.on(`POST ${path}`, () => "cut");
  await page.getByRole("button", { name: "重新核对" }).click();
  await expect(page.getByText("连接不上，请检查网络后重试")).toBeVisible();
  await expect(last4).toHaveValue("0213");
  serverReads(stage);
  await page.getByRole("button", { name: "重新核对" }).click();
  await expect(page.getByText("1 处需要修改")).toBeVisible();
  await expect(last4, "mended").toHaveCount(0);
  await expect(page.getByLabel("第 3 行，学历类别")).toHaveAttribute("aria-invalid", "true");
  expect(sent(stage).at(-1)).toContain("林小雨,20230101,0213,本科");
});

test("b_1 a workbook is mended on the page too; zeros that Excel took come back", async ({ page }) => {
  const stage = await open(page);
  // The server reads the workbook itself and counts the sheet's rows.
  stage.on(`POST ${path}`, { status: 422, json: { dry_run: true, added: 0, updated: 0, errors: [{ row: 5, ...FOUR }] } });
  await choose(page, workbook({ 1: ["2027 届毕业生名单"], 2: ["学 号", "学生姓名*", "身份证后四位（末位可为 X）", "学历类别"], 4: [20230101, "林小雨", 12, "本科"], 5: [20230102, "周念", "04", "硕士"] }), "roster.xlsx");
  const last4 = page.getByLabel("第 5 行，身份证后四位");
  await expect(last4).toHaveValue("04");
  await last4.fill("041X");
  stage.on(`POST ${path}`, { json: { dry_run: true, added: 2, updated: 0, errors: [] } });
  await page.getByRole("button", { name: "重新核对" }).click();
  await expect(page.getByText("可以导入：新增 2 人")).toBeVisible();
  expect(sent(stage).at(-1)?.slice(2)).toEqual(["20230101,林小雨,0012,本科", "20230102,周念,041X,硕士"]);
});

test("b_1 a file that this page cannot read is told row by row, to be mended elsewhere", async ({ page }) => {
  const stage = await open(page);
  stage.on(`POST ${path}`, { status: 422, json: { dry_run: true, added: 0, updated: 0, errors: [{ row: 3, ...FOUR }] } });
  await choose(page, Buffer.from("PK\x03\x04 no workbook that a page can open"), "roster.xlsx");
  await expect(page.getByText("按下表改好文件后重新选择")).toBeVisible();
  await expect(page.getByRole("cell", { name: FOUR.zh })).toBeVisible();
  await expect(page.getByRole("button", { name: "下载改好的名单" })).toHaveCount(0);
});
