import { gzipSync } from "node:zlib";
import type { Response } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { strangers } from "./phone-invented";

/** What a phone loads before its first screen can be used, compressed, KB. */
const LIMIT_KB = 150;

test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

test("the phone's first screen weighs no more than it may, and nothing that comes later is loaded with it", async ({ page }) => {
  await strangers(page);
  const loaded = new Map<string, Response>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/api/")) loaded.set(pathname, response);
  });
  await page.goto("/phone.html");
  await expect(page.getByRole("button", { name: "立即进入" })).toBeEnabled();
  // What comes next is loaded afterwards, while somebody reads.
  const first = new Map(loaded);
  const weights = await Promise.all([...first].map(async ([name, response]) => [name, gzipSync(await response.body()).length / 1024] as const));
  const total = weights.reduce((sum, [, kb]) => sum + kb, 0);
  console.log(`phone.html: ${total.toFixed(1)} KB compressed in ${weights.length} files`);
  expect(total, weights.map(([name, kb]) => `${name} ${kb.toFixed(1)}`).join("\n")).toBeLessThanOrEqual(LIMIT_KB);
  expect([...first.keys()].filter((name) => /StudentSign|OneCollection|PhotoRules|TakePhoto|HowToCode|Prints|MyData|HelpPage|FriendPays|jsQR/i.test(name))).toEqual([]);
  await expect.poll(() => [...loaded.keys()].some((name) => /StudentSign/.test(name)), "the next screen comes by itself").toBe(true);
});
