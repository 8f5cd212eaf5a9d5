import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

import { campaign, clean } from "./invented";
import { PORTRAIT_SVG } from "./drawn";
import { furnish, id, portraits, reviewer } from "./office-invented";
import { Stage } from "./stage";

/** How fast a reviewer can be: no decision waits for a picture. */
test.use({ viewport: { width: 1280, height: 720 } });

const many = Array.from({ length: 20 }, (_, at) => ({ ...portraits[0], portrait: id("fa", at), verdict: clean, picture_url: `/api/portraits/${id("fa", at)}/picture.jpg` }));

/** A server with many portraits that gives each once, as long as it was not decided. */
function queueOf(stage: Stage): void {
  const decided = new Set<string>();
  stage.on("POST /api/review/next", ({ url }) => {
    const beside = (url.searchParams.get("beside") ?? "").split(",");
    expect(beside.length, "the server gives twelve beside").toBeLessThanOrEqual(12);
    const left = many.filter(({ portrait }) => !decided.has(portrait));
    return { json: { item: left.find(({ portrait }) => !beside.includes(portrait)) ?? null, waiting: left.length, decided_today: decided.size } };
  });
  for (const { portrait } of many) {
    stage.on(`POST /api/review/portraits/${portrait}`, () => {
      decided.add(portrait);
      return { json: { item: null, waiting: many.length - decided.size, decided_today: decided.size } };
    });
  }
}

const decisions = (stage: Stage) => stage.asked.filter(({ method, path }) => method === "POST" && path.startsWith("/api/review/portraits/")).map(({ path }) => path.split("/").at(-1));

/** Writes down what stands on the plate in every frame from now on: which picture, or the grey. */
async function film(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const shown = [...document.querySelectorAll<HTMLImageElement>(".picture img")].filter((image) => getComputedStyle(image).visibility === "visible");
      const one = shown.length === 1 && shown[0]?.complete && shown[0].naturalWidth > 0 ? shown[0].src : `${shown.length} pictures, grey`;
      if (seen.at(-1) !== one) seen.push(one);
      requestAnimationFrame(look);
    };
    look();
  });
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

test("twenty portraits by keyboard: each next one is there with the next frame, and none is lost", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  furnish(stage, { ...reviewer, grants: [{ role: "reviewer" }, { role: "admin" }] });
  queueOf(stage);
  await page.goto("/office.html#/review");
  const shown = page.getByRole("img", { name: campaign.title });
  await expect(shown).toBeVisible();
  await expect.poll(() => page.locator(".picture img").count(), "the next three are fetched meanwhile").toBe(4);
  const filmed = await film(page);

  const decided = new Set<string | null>();
  const loaded = () => page.locator(".picture img").evaluateAll((images) => images.flatMap((image) => (image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0 ? [image.getAttribute("src")] : [])));
  const atHand = async () => (await loaded()).filter((one) => !decided.has(one)).length;
  const begun = performance.now();
  for (let at = 0; at < many.length; at += 1) {
    // These hands are faster than a reviewer's: they decide as soon as the next three are there, not sooner.
    await expect.poll(atHand).toBe(Math.min(4, many.length - at));
    const before = await shown.getAttribute("src");
    decided.add(before);
    // What differs from one to the other does not slow a reviewer down.
    if (at % 5 === 4) await page.keyboard.press("5");
    await page.keyboard.press("Enter");
    if (at < many.length - 1) await expect(shown).not.toHaveAttribute("src", before ?? "");
  }
  await expect(page.getByText("没有待审的标准照")).toBeVisible();
  const minutes = (performance.now() - begun) / 60_000;
  const frames = (await filmed()).filter((one, at, all) => !(at === all.length - 1 && one.startsWith("0 pictures")));
  expect(frames.filter((one) => one.endsWith("grey")), "never a grey plate, never two portraits on top of each other").toEqual([]);
  expect(new Set(frames).size).toBe(many.length);
  console.log(`    ${Math.round(many.length / minutes)} reviews a minute of the machine's own time (goal: 20, most of it the reviewer's)`);

  await page.getByRole("link", { name: "采集批次", exact: true }).click();
  await expect.poll(() => [...decisions(stage)].sort()).toEqual(many.map(({ portrait }) => portrait));
});

test("on a slow line three decisions go by before anything is waited for, and nothing is decided unseen", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: reviewer });
  queueOf(stage);
  let arrive = () => {};
  const slow = new Promise<void>((done) => (arrive = done));
  await page.route(`**/api/portraits/${many[4]?.portrait}/picture.jpg`, async (route) => {
    await slow;
    await route.fulfill({ contentType: "image/svg+xml", body: PORTRAIT_SVG });
  });
  await page.goto("/office.html");
  await expect.poll(() => page.locator(".picture img").count()).toBe(4);
  for (let at = 0; at < 3; at += 1) await page.keyboard.press("Enter");
  const shown = page.getByRole("img", { name: campaign.title });
  await expect(shown).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("正在取标准照")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("共 4 个决定可撤销"), "a fifth was not taken").toBeVisible();
  arrive();
  await expect(shown).toBeVisible();
});

test("the loupe follows the pointer, by L or while pressed, and the bands show where the pointer is", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: reviewer });
  queueOf(stage);
  await page.goto("/office.html");
  const shown = page.getByRole("img", { name: campaign.title });
  await expect(shown).toBeInViewport({ ratio: 1 });
  const lens = page.locator(".lens");
  await expect(page.getByText("发际 50–110")).toBeHidden();
  await shown.hover({ position: { x: 200, y: 262 } });
  await expect(page.getByText("发际 50–110")).toBeVisible();
  await expect(lens).toHaveCount(0);
  await page.mouse.down();
  await expect(lens).toHaveCSS("background-position", "-480px -666px");
  await page.mouse.up();
  await expect(lens).toHaveCount(0);
  await page.keyboard.press("l");
  await expect(lens).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(lens, "the next one is seen whole first").toHaveCount(0);
});

test("a portrait is compared with the one before it at 100 %, which is fetched only then", async ({ page }) => {
  const stage = new Stage(page);
  await stage.open();
  stage.on("GET /api/account", { json: reviewer });
  const before = { portrait: id("fb", 1), state: "rejected", sealed_at: "2026-05-16T06:05:00Z", picture_url: `/api/portraits/${id("fb", 1)}/picture.jpg`, reject_reasons: ["light"], reject_note: "请面向窗户" };
  const [first, second] = portraits;
  const items = [{ ...first, earlier: before }, second];
  stage.on("POST /api/review/next", ({ url }) => ({ json: { item: items.find((item) => !(url.searchParams.get("beside") ?? "").includes(item?.portrait ?? "")) ?? null, waiting: 0, decided_today: 3 } }));
  const fetched: string[] = [];
  page.on("request", (request) => void (request.url().endsWith("picture.jpg") && fetched.push(new URL(request.url()).pathname)));
  await page.goto("/office.html");
  const present = page.getByRole("img", { name: campaign.title });
  await expect(present).toBeVisible();
  await expect(page.getByText("上一张：审核未通过")).toBeVisible();
  await expect(page.getByText("请面向窗户")).toBeVisible();
  expect(fetched).not.toContain(before.picture_url);

  await page.keyboard.press("c");
  const earlier = page.getByRole("img", { name: "上一张标准照" });
  await expect(earlier).toBeVisible();
  for (const picture of [earlier, present]) {
    await expect(picture).toBeInViewport({ ratio: 1 });
    expect(await picture.boundingBox()).toMatchObject({ width: 480, height: 640 });
  }
  await expect(page.getByText("2026-05-16 · 审核未通过 · 光线不均或过曝 · 请面向窗户")).toBeVisible();
  await page.keyboard.press("l");
  await expect(page.locator(".lens"), "the same place on both").toHaveCount(2);
  await page.keyboard.press("c");
  await expect(earlier).toHaveCount(0);
  await page.keyboard.press("c");
  await expect(earlier).toBeVisible();
  expect(fetched.filter((path) => path === before.picture_url), "one look is one look").toHaveLength(1);

  await page.keyboard.press("Enter");
  await expect(earlier).toHaveCount(0);
  await page.keyboard.press("c");
  await expect(earlier, "this one has none before it").toHaveCount(0);
});
