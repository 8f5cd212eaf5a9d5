/** Packages and prints have a Chinese name and perhaps an English one; a closed campaign takes nobody. */
import { expect, test } from "@playwright/test";

import { collection, studio } from "./invented";
import { manualOne, path, printOrder, school, staged, states } from "./phone-invented";

test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

const packages = [
  { id: "p1", name: "毕业证照采集", en_name: "Graduation ID photo", price: 3500 },
  { id: "p2", name: "采集加精修", en_name: null, price: 6000 },
];

for (const [language, names] of [
  ["zh", ["毕业证照采集", "采集加精修"]],
  ["en", ["Graduation ID photo", "采集加精修"]],
] as const) {
  test(`a studio's packages are read in ${language}, in Chinese where there is no English name`, async ({ page }) => {
    const stage = await staged(page, states.chooseRoute);
    stage.on("GET /api/studios", { json: { studios: [{ ...studio, packages }] } });
    await page.goto(`/phone.html?lang=${language}#/c/${collection.id}/studio`);
    await page.getByRole("button", { name: new RegExp(studio.name) }).first().click();
    for (const name of names) await expect(page.getByRole("radio", { name: new RegExp(name) })).toBeVisible();
  });
}

test("what is paid for and printed is named in English", async ({ page }) => {
  const booked = { id: studio.id, name: studio.name, address: studio.address, phone: studio.phone, package_name: "毕业证照采集", en_package_name: "Graduation ID photo" };
  const stage = await staged(page, { ...states.pay, studio: booked });
  stage.on(`GET ${path}/prints`, { json: { may_order: true, products: [], orders: [{ ...printOrder, product: { ...printOrder.product, en_title: "One inch, 8 prints" } }] } });
  await page.goto("/phone.html?lang=en");
  await expect(page.getByText("Graduation ID photo")).toBeVisible();
  await page.goto(`/phone.html?lang=en#/c/${collection.id}/orders`);
  await expect(page.getByText("One inch, 8 prints × 2")).toBeVisible();
});

test("a closed campaign is seen and cannot be chosen", async ({ page }) => {
  const stage = await staged(page, undefined);
  stage.on("GET /api/schools", { json: { schools: [school({ ...manualOne, closed_at: "2026-05-17T09:00:00Z" }, { ...manualOne, id: "0190a000-0000-7000-8000-0000000000cc", title: "2028 届毕业生图像采集", code: "NEXT28" })] } });
  await page.goto("/phone.html#/new");
  const closed = page.getByRole("button", { name: /2027 届/ });
  await expect(closed).toBeDisabled();
  await expect(closed).toContainText("已关闭，不再登记");
  await page.getByRole("button", { name: /2028 届/ }).click();
  await expect(page.getByRole("radio").first()).toBeVisible();
});
