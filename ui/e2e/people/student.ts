import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { fileURLToPath } from "node:url";

/** What students do on the phone, one screen after the other. Photos are the repository's own samples. */

/** The imaging runs for real, on whatever machine this is. */
export const PORTRAIT_MS = 60_000;

const photo = (name: string) => fileURLToPath(new URL(`../../../assets/photos/${name}`, import.meta.url));
export const GOOD_PHOTO = photo("hopper_plain_wall.jpg");
export const CROWDED_PHOTO = photo("refused/two_people.jpg");
export const FAR_PHOTO = photo("refused/astronaut.jpg");

export interface Student {
  name: string;
  last4: string;
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name, exact: typeof name === "string" }).click();
}

/** From the start page to the fields of a new account. */
export async function fillSignUp(page: Page, phone: string): Promise<void> {
  await press(page, /第一次使用/);
  await page.getByLabel("手机号").fill(phone);
  await page.getByLabel("密码", { exact: true }).fill("invented password");
  await page.getByLabel("再输一次密码").fill("invented password");
}

/** Finds the school by its campaign's code, and says the kind of studies. */
export async function chooseSchool(page: Page, campaign: string): Promise<void> {
  await page.getByRole("searchbox").fill(campaign);
  await page.getByText(`批次代码 ${campaign}`).click();
  await page.getByRole("radio", { name: "本科" }).click();
}

export async function fillCode(page: Page, student: Student): Promise<void> {
  await page.getByLabel("或粘贴采集码文字").fill(`INVENTED-IMAGE-CODE-${student.last4}`);
  await page.getByLabel("姓名").fill(student.name);
  await page.getByLabel("身份证号后四位").fill(student.last4);
}

/** The two consents that are needed. */
export async function giveConsents(page: Page): Promise<void> {
  const boxes = page.getByRole("checkbox");
  await boxes.nth(0).click();
  await boxes.nth(1).click();
}

/** From the scanned code to the choice of a route. */
export async function enter(page: Page, phone: string, student: Student, campaign: string): Promise<void> {
  await press(page, "立即进入");
  await fillSignUp(page, phone);
  await press(page, "注册并登录");
  await press(page, /我是毕业生/);
  await chooseSchool(page, campaign);
  await press(page, "下一步");
  await fillCode(page, student);
  await press(page, "核验并继续");
  await giveConsents(page);
  await press(page, "同意并继续");
}

/** What the ticket's code says, which the desk's scanner reads from the phone. */
export async function ticketOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = (await (await fetch("/api/collections")).json()) as { collections: { ticket: { token: string } }[] };
    return answer.collections[0]?.ticket.token ?? "";
  });
}

export async function readRules(page: Page): Promise<void> {
  await expect(page.getByText("第 1 条，共 7 条")).toBeVisible();
  for (let at = 2; at <= 7; at += 1) {
    await press(page, "下一条");
    await expect(page.getByText(`第 ${at} 条，共 7 条`)).toBeVisible();
  }
}

/** Somebody else has taken the photo; it is looked at. */
export async function shoot(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await press(page, "拍照");
  await (await chooser).setFiles(file);
}

/** The portrait is there, whatever is thought of it. */
export async function portraitCame(page: Page): Promise<void> {
  const picture = page.getByRole("img", { name: "你的标准照" });
  await expect(picture).toBeVisible({ timeout: PORTRAIT_MS });
  await expect.poll(() => picture.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight])).toEqual([480, 640]);
}
