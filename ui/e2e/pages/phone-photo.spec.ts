import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";

import { events, path, phone, PICTURE, shot, shotPath, staged, states } from "./phone-invented";
import type { Stage } from "./stage";

/** A photo by phone: looked at, sent piece by piece, gone on with where it was cut, and never announced twice. */
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });

/** Larger than one piece. */
const LARGE = { ...PICTURE, buffer: Buffer.concat([PICTURE.buffer, Buffer.alloc(1_200_000, 7)]) };

/** A server that keeps what comes, and counts announcements by their key as the real one does. */
function receiving(stage: Stage) {
  const kept = { bytes: 0, total: 0, keys: [] as string[], cutAt: Infinity, sources: [] as string[] };
  stage
    .on(`POST ${path}/shots`, ({ headers }) => {
      kept.keys.push(headers["idempotency-key"] ?? "");
      kept.total = Number(headers["upload-length"]);
      kept.sources.push(headers["upload-metadata"] ?? "");
      return { status: 201, headers: { Location: shotPath, "Tus-Resumable": "1.0.0" } };
    })
    .on(`HEAD ${shotPath}`, () => ({ status: 200, json: {}, headers: { "Upload-Offset": String(kept.bytes), "Upload-Length": String(kept.total) } }))
    .on(`PATCH ${shotPath}`, ({ headers }) => {
      const from = Number(headers["upload-offset"]);
      if (from !== kept.bytes) return { status: 409, json: { code: "shot.offset", status: 409, zh: "位置不符", en: "Another offset" } };
      if (from >= kept.cutAt) return "cut";
      kept.bytes = Math.min(kept.total, from + 512 * 1024);
      return { status: 204, headers: { "Upload-Offset": String(kept.bytes) } };
    })
    .on(`DELETE ${shotPath}`, { status: 204 });
  return kept;
}

async function take(page: Page, file = PICTURE): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "拍照", exact: true }).click();
  await (await chooser).setFiles(file);
}

test("the phone's own rear camera is asked for, and the album only where the policy allows it", async ({ page }) => {
  await staged(page, states.takePhoto);
  await page.goto("/phone.html");
  const camera = page.locator("input[capture]");
  await expect(camera).toHaveAttribute("capture", "environment");
  await expect(camera).toHaveAttribute("accept", "image/*");
  await expect(page.locator("input[type=file]:not([capture])")).toHaveCount(1);
  await page.unrouteAll();
  await staged(page, states.cameraOnly);
  await page.reload();
  await expect(page.getByRole("button", { name: "拍照", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "从相册选取" })).toHaveCount(0);
  await expect(page.getByText("本批次只能现场拍摄，不能从相册选取")).toBeVisible();
});

test("what is no photo, and what is too large, is said before a byte is sent", async ({ page }) => {
  const stage = await staged(page, { ...states.takePhoto, phone: { ...phone, max_shot_bytes: 1_100_000 } });
  await page.goto("/phone.html");
  await take(page, { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByRole("alert")).toContainText("这个文件不是照片");
  await take(page, LARGE);
  await expect(page.getByRole("alert")).toContainText("照片超过 1 兆");
  expect(stage.asked.some(({ path: at }) => at.endsWith("/shots"))).toBe(false);
});

test("a photo is looked at first, taken again, then sent; its place in line is live", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  const kept = receiving(stage);
  await page.goto("/phone.html");
  await take(page);
  await expect(page.getByRole("heading", { name: "先看看这张" })).toBeVisible();
  await expect(page.getByRole("img", { name: "你拍的照片" })).toBeVisible();
  const again = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "重拍" }).click();
  await (await again).setFiles(LARGE);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("已传完，正在排队")).toBeVisible();
  expect([kept.bytes, kept.keys.length]).toEqual([LARGE.buffer.length, 1]);
  expect(atob(/source (\S+)/.exec(kept.sources[0] ?? "")?.[1] ?? "")).toBe("camera");
  const patches = stage.asked.filter(({ method }) => method === "PATCH");
  expect(patches.map(({ headers }) => headers["upload-offset"]), "no byte is sent twice").toEqual(["0", "524288", "1048576"]);
  expect(patches[0]?.headers["upload-checksum"]).toMatch(/^sha256 /);

  await stage.send(events, "collection", states.making);
  await expect(page.getByText("前面还有 2 张")).toBeVisible();
  await stage.send(events, "collection", { ...states.making, phone: { ...phone, shot: { ...shot, ahead: 0 } } });
  await expect(page.getByText("正在处理你的照片")).toBeVisible();
  await stage.send(events, "collection", states.decide);
  await expect(page.getByRole("button", { name: "确认提交" })).toBeVisible();
  await page.getByRole("button", { name: "看原片" }).click();
  await expect(page.getByRole("img", { name: "你拍的照片" }), "before and after").toBeVisible();
});

test("a shot that failed before anybody heard of it waiting is said too", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  receiving(stage);
  await page.goto("/phone.html");
  await take(page);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("已传完，正在排队")).toBeVisible();
  await stage.send(events, "collection", states.unfit);
  await expect(page.getByRole("alert")).toContainText("画面里要正好有一个人");
  await expect(page.getByRole("button", { name: "拍照", exact: true })).toBeVisible();
});

test("a cut line says so, and the upload goes on by itself where it stood", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  const kept = receiving(stage);
  kept.cutAt = 524_288;
  await page.goto("/phone.html");
  await take(page, LARGE);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("网络中断，已传的部分都在")).toBeVisible();
  kept.cutAt = Infinity;
  await expect(page.getByText("已传完，正在排队")).toBeVisible({ timeout: 15_000 });
  expect(kept.keys).toHaveLength(1);
});

test("a refresh in the middle loses nothing and announces nothing twice", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  const kept = receiving(stage);
  kept.cutAt = 524_288;
  await page.goto("/phone.html");
  await take(page, LARGE);
  await expect(page.getByRole("heading", { name: "先看看这张" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "先看看这张" }), "what was only chosen is still here").toBeVisible();
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("网络中断，已传的部分都在")).toBeVisible();
  const uploading = { ...states.takePhoto, phone: { ...phone, shot: { id: shotPath.split("/").pop() ?? "", state: "uploading" as const, received_bytes: kept.bytes, total_bytes: kept.total, ahead: 0, verdict: null } } };
  stage.on(`GET ${path}`, { json: uploading }).on("GET /api/collections", { json: { collections: [uploading] } });
  kept.cutAt = Infinity;
  await page.reload();
  await expect(page.getByText("已传完，正在排队")).toBeVisible();
  expect([kept.bytes, kept.keys.length]).toEqual([LARGE.buffer.length, 1]);
});

test("an answer that was lost is asked for again under the same key", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  const kept = receiving(stage);
  let first = true;
  stage.on(`POST ${path}/shots`, ({ headers }) => {
    kept.keys.push(headers["idempotency-key"] ?? "");
    kept.total = Number(headers["upload-length"]);
    if (first) {
      first = false;
      return "cut";
    }
    return { status: 201, headers: { Location: shotPath } };
  });
  await page.goto("/phone.html");
  await take(page);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("已传完，正在排队")).toBeVisible({ timeout: 15_000 });
  expect(kept.keys).toHaveLength(2);
  expect(new Set(kept.keys).size).toBe(1);
});

test("a shot that another device replaced is announced anew", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  const kept = receiving(stage);
  stage.on(`HEAD ${shotPath}`, () => (kept.keys.length < 2 ? { status: 404, json: {} } : { status: 200, json: {}, headers: { "Upload-Offset": "0" } }));
  await page.goto("/phone.html");
  await take(page);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("已传完，正在排队")).toBeVisible();
  expect(new Set(kept.keys).size, "another shot, another key").toBe(2);
});

test("the queue being full is said in the server's words, and tried again", async ({ page }) => {
  const stage = await staged(page, states.takePhoto);
  receiving(stage);
  stage.on(`POST ${path}/shots`, { status: 409, json: { code: "shot.limit", status: 429, zh: "今天拍的次数已满，请明天再来", en: "No more shots today" } });
  await page.goto("/phone.html");
  await take(page);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByRole("alert")).toContainText("今天拍的次数已满");
  await expect(page.getByRole("button", { name: "上传" })).toBeVisible();
});

test("enlarged, the portrait shows the face, for people who want no motion too", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await staged(page, states.decide);
  await page.goto("/phone.html");
  await page.getByRole("button", { name: "放大看" }).click();
  const corner = await page.getByRole("group", { name: "放大看" }).evaluate((it) => [it.scrollLeft > 0, it.scrollTop > 0]);
  expect(corner, "not a corner of the background").toEqual([true, true]);
});
