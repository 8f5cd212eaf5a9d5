import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { chromium, expect, test } from "@playwright/test";
import lighthouse from "lighthouse";

import { RunningStudio } from "./running-studio";

/** The phone's first screen from a real server, as Lighthouse sees it, and over a slow line. */
test.describe.configure({ mode: "serial", timeout: 180_000 });

/** What a phone may load for its first screen, bytes over the line. */
const MOST_BYTES = 150 * 1024;
/**
 * Lighthouse computes what a phone four times slower would need from what this machine needed. Other work on the machine makes
 * that more and never less, so the best of a few runs is the one that speaks of the page.
 */
const MOST_RUNS = 4;
/** Below this figure Lighthouse itself warns that the machine is too slow, or too busy, to be judged from. */
const QUICK_ENOUGH = 1000;
const GOAL = 0.95;

const KBIT_S = 1000 / 8;
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 400 * KBIT_S, uploadThroughput: 400 * KBIT_S };

let studio: RunningStudio;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  studio = await RunningStudio.start();
});
test.afterAll(() => studio?.stop());

/** Prints figures, and keeps them where the benches keep theirs. */
function keep(name: string, figures: Record<string, number>): void {
  const folder = fileURLToPath(new URL("../../../target/bench/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(`${name}: ${Object.entries(figures).map(([what, figure]) => `${what} ${figure}`).join(", ")}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** One look by Lighthouse's own defaults: a phone of the middle class on a slow 4G line, nothing cached. */
async function look(): Promise<{ figures: Record<string, number>; complaints: string[] }> {
  const port = await freePort();
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  const browser = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });
  try {
    const seen = (await lighthouse(studio.addresses.phone, { port, logLevel: "error" }))?.lhr;
    if (!seen || seen.runtimeError) throw new Error(seen?.runtimeError?.message ?? "Lighthouse saw nothing");
    const score = (category: string) => seen.categories[category]?.score ?? 0;
    const measured = (audit: string) => Math.round((seen.audits[audit]?.numericValue ?? Number.NaN) * 1000) / 1000;
    const faults = ["accessibility", "best-practices", "seo"].flatMap((category) => seen.categories[category]?.auditRefs ?? []);
    return {
      figures: {
        performance: score("performance"),
        accessibility: score("accessibility"),
        best_practices: score("best-practices"),
        seo: score("seo"),
        first_contentful_paint_ms: Math.round(measured("first-contentful-paint")),
        largest_contentful_paint_ms: Math.round(measured("largest-contentful-paint")),
        speed_index_ms: Math.round(measured("speed-index")),
        total_blocking_time_ms: Math.round(measured("total-blocking-time")),
        cumulative_layout_shift: measured("cumulative-layout-shift"),
        total_bytes: measured("total-byte-weight"),
        machine_index: seen.environment.benchmarkIndex,
      },
      complaints: faults.filter(({ id }) => (seen.audits[id]?.score ?? 1) < 1).map(({ id }) => `${id}: ${seen.audits[id]?.title}`),
    };
  } finally {
    await browser.close();
  }
}

test("Lighthouse finds nothing to mend on the phone's first screen, and it is quick", async () => {
  const looks = [await look()];
  while (looks.length < MOST_RUNS && looks.every(({ figures }) => (figures.performance ?? 0) < GOAL)) looks.push(await look());
  const [{ figures, complaints }] = looks.sort((a, b) => (b.figures.performance ?? 0) - (a.figures.performance ?? 0)) as [Awaited<ReturnType<typeof look>>];
  keep("lighthouse", { ...figures, runs: looks.length });

  expect(complaints).toEqual([]);
  expect(figures).toMatchObject({ accessibility: 1, best_practices: 1, seo: 1 });
  expect(figures.total_bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect(figures.cumulative_layout_shift, "nothing jumps").toBe(0);
  if ((figures.machine_index ?? 0) >= QUICK_ENOUGH) expect(figures.performance).toBeGreaterThanOrEqual(GOAL);
});

test("over slow 3G and on a slow phone something is seen soon, and the first screen can be used", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: "zh-CN" });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", SLOW_3G);
  await line.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const enter = page.getByRole("button", { name: "立即进入" });

  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  await page.goto(studio.addresses.phone, { waitUntil: "commit" });
  await expect(enter).toBeEnabled();
  const usable = since();
  const seen = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  await enter.click();
  await expect(page.getByRole("heading", { name: "请选择身份" })).toBeVisible();
  keep("slow-3g", { first_sight_ms: Math.round(seen), usable_ms: usable, next_screen_ms: since() });
  await context.close();
});
