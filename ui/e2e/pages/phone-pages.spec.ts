import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";

import { invoiceless, mineOf } from "./phone-mine";
import { manualTwo, printOrder, staged, states, strangers } from "./phone-invented";
import { collection } from "./invented";
import type { Stage } from "./stage";

/** Every page of the phone stands at 360 pixels, in both languages, and axe finds nothing. `GRADSHOT_PHONE_PICTURES=DIR` leaves pictures. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, reducedMotion: "reduce", serviceWorkers: "block" } as Parameters<typeof test.use>[0]);

const pictures = process.env.GRADSHOT_PHONE_PICTURES;

async function stands(page: Page, name: string, whole = false): Promise<void> {
  for (const language of ["zh", "en"]) {
    if (language === "en") await page.getByRole("button", { name: "切换到英文" }).click();
    await expect(page.locator("main")).not.toHaveText(/^(请稍等|One moment)?$/);
    await page.evaluate(() => Promise.all([...document.images].map((it) => it.decode().catch(() => undefined))));
    if (pictures) await page.screenshot({ path: `${pictures}/${name}-${language}.png`, fullPage: whole });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} is no wider than the phone`).toBeLessThanOrEqual(360);
    // Nothing lies under the foot while axe looks.
    await page.setViewportSize({ width: 360, height: Math.max(640, (await page.evaluate(() => document.documentElement.scrollHeight)) + 8) });
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`), `${name} ${language}`).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
  }
}

for (const [name, now] of Object.entries(states)) {
  test(`${name} stands`, async ({ page }) => {
    await staged(page, now, now?.policy === manualTwo.policy ? manualTwo : undefined);
    await page.goto("/phone.html");
    await stands(page, name, ["takePhoto", "rejected", "decide", "violates", "review"].includes(name));
  });
}

const ASIDES: Record<string, { fragment: string; stage?: (stage: Stage) => unknown }> = {
  service: { fragment: `#/c/${collection.id}/phone` },
  studios: { fragment: `#/c/${collection.id}/studio` },
  school: { fragment: "#/new" },
  register: { fragment: "#/new/EK43/bachelor" },
  code: { fragment: "#/code" },
  help: { fragment: "#/help" },
  talk: { fragment: "#/help/talk" },
  mine: { fragment: "#/me" },
  data: { fragment: "#/me/data" },
  messages: { fragment: "#/me/messages" },
  devices: { fragment: "#/me/devices" },
  password: { fragment: "#/me/password" },
  consents: { fragment: `#/c/${collection.id}/consents` },
  orders: { fragment: `#/c/${collection.id}/orders` },
  parcels: { fragment: `#/c/${collection.id}/prints` },
  group: { fragment: "#/group/K7M2QX", stage: grouped },
  printing: { fragment: `#/c/${collection.id}/prints`, stage: (stage) => invoiceless(stage, []) },
};
for (const [name, { fragment, stage: more }] of Object.entries(ASIDES)) {
  test(`${name} stands`, async ({ page }) => {
    const stage = await staged(page, states.chooseRoute);
    mineOf(stage, [printOrder, { ...printOrder, order: "0190a000-0000-7000-8000-00000000000d", state: "sent", courier: "示范快递", courier_number: "SF0000000001", closes_at: null }]);
    more?.(stage);
    await page.goto(`/phone.html${fragment}`);
    await stands(page, name, true);
  });
}

function grouped(stage: Stage): unknown {
  const orders = ["林**", "陈**", "王*"].map((masked_name, at) => ({ order: String(at), masked_name, total: 1500, state: at === 0 ? "paid" : "unpaid" }));
  return stage.on("GET /api/pay-groups/K7M2QX", { json: { code: "K7M2QX", title: "软件工程 2 班", orders, unpaid_total: 3000 } });
}

test("welcome, who, sign-in and sign-up stand", async ({ page }) => {
  await strangers(page);
  await page.goto("/phone.html");
  await stands(page, "welcome");
  await page.goto("/phone.html?lang=zh#/sign");
  await stands(page, "who");
  await page.goto("/phone.html?lang=zh&at=new#/sign");
  await page.getByRole("button", { name: /第一次使用/ }).click();
  await stands(page, "sign-up");
});

test("the friend's page stands", async ({ page }) => {
  const stage = await strangers(page);
  stage.on("GET /api/pay-links/invented-token", { json: { masked_name: "林**", total: 3500, state: "unpaid", closes_at: new Date(Date.now() + 20 * 60_000).toISOString(), sandbox: true } });
  await page.goto("/phone.html#/pay/invented-token");
  await stands(page, "friend");
});
