import type { APIRequestContext, Page } from "@playwright/test";
import { expect } from "@playwright/test";

import { PORTRAIT_MS } from "./student";

/** What operators, reviewers and clerks do. */

/** The simulated camera shows many people; one of them does for a portrait. */
const MOST_SHOTS = 8;

interface Login {
  login: string;
  password: string;
}

/** Shoots at the desk until a portrait may be accepted. */
export async function shootUntilGood(desk: Page): Promise<void> {
  const accept = desk.getByRole("button", { name: /通过/ });
  for (let shot = 1; shot <= MOST_SHOTS; shot += 1) {
    await expect(desk.getByRole("button", { name: /拍摄/ })).toBeEnabled();
    await desk.keyboard.press("Space");
    const thumb = desk.getByRole("button", { name: new RegExp(`^第 ${shot} 张`) });
    await expect(thumb).toHaveAccessibleName(/合格|待人工看|需重拍|读不出/, { timeout: PORTRAIT_MS });
    if (await accept.isEnabled()) break;
  }
  await expect(desk.getByRole("img", { name: "标准照" })).toBeVisible();
}

export const calledAt = async (desk: Page): Promise<string> => (await desk.locator(".person-bar .number").textContent()) ?? "";

/** Somebody else sat there: the shot is thrown away, and the arrival is asked for anew. */
export async function shootWrongPerson(desk: Page): Promise<void> {
  await desk.keyboard.press("Enter");
  await expect(desk.getByText("已核对号码到场")).toBeVisible();
  await desk.keyboard.press("Space");
  await expect(desk.getByRole("button", { name: /^第 1 张/ })).toBeVisible();
  await desk.keyboard.press("x");
  await expect(desk.getByText(/等候到场/)).toBeVisible();
}

export async function fillOfficeSign(office: Page, who: Login): Promise<void> {
  await office.getByLabel("用户名").fill(who.login);
  await office.getByLabel("密码").fill(who.password);
}

/** Staff at work elsewhere: the same API, without a page. A path without a body is read, and only its status told. */
export async function staff(request: APIRequestContext, server: string, who: Login) {
  const session = (await (await request.post(`${server}/api/sign-in`, { data: who })).json()) as { token: string };
  const authorization = { Authorization: `Bearer ${session.token}` };
  return async (path: string, body?: object | string): Promise<Record<string, unknown>> => {
    if (body === undefined) return { status: (await request.get(server + path, { headers: authorization })).status() };
    const headers = { ...authorization, ...(typeof body === "string" && { "Content-Type": "text/csv; charset=utf-8" }) };
    const answer = await request.post(server + path, { headers, data: body });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  };
}
