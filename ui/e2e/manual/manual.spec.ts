import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { test } from "@playwright/test";

import { browserWithCamera } from "../film";
import { staff } from "../people/staff";
import { DEMO, RunningStudio } from "../studio/running-studio";
import { pages, pictureOf } from "./pages";
import { photograph, speak } from "./picture";
import { LANGUAGES, SCREENS } from "./step";
import type { Scene, ScreenName } from "./step";
import { STORY } from "./story";

/**
 * Walks the whole manual at a real studio, and takes the pictures on the way. `cargo xtask manual` keeps them in the docs; other
 * runs leave them with the rest of what tests leave, as a proof that every step can still be done.
 */
test.describe.configure({ mode: "serial", timeout: 600_000 });

const DOCS = fileURLToPath(new URL("../../../docs/manual/", import.meta.url));
const KINDS = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1280, height: 720 } },
  office: { viewport: { width: 1280, height: 800 } },
} as const;
/** Three quarters of a real screen: small enough to be fetched, large enough to be read. */
const SCALE = { phone: 1, desk: 0.75, office: 0.75 } as const;

let studio: RunningStudio;
let filming: Browser;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  studio = await RunningStudio.start();
});
test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await filming?.close();
  await studio?.stop();
});

async function opened(name: ScreenName, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ ...KINDS[SCREENS[name]], locale: "zh-CN", timezoneId: "Asia/Shanghai", reducedMotion: "reduce" });
  contexts.push(context);
  const page = await context.newPage();
  const { phone, desk, board, office } = studio.addresses;
  const address = { phone, desk: name === "board" ? board : desk, office }[SCREENS[name]];
  if (name !== "friend") await page.goto(address);
  return page;
}

test("every step of the manual is done, and its picture taken in both languages", async ({ browser, request }) => {
  const { server, phone } = studio.addresses;
  const keep = process.env.GRADSHOT_MANUAL === "keep";
  const folder = keep ? DOCS : test.info().outputPath("manual");
  filming = await browserWithCamera(browser, [{ half: `${phone}?studio=SFZX` }, `${phone}?studio=SFZX`]);
  const [admin, review] = await Promise.all([staff(request, server, DEMO.admin), staff(request, server, DEMO.reviewer)]);
  const screens = {} as Record<ScreenName, Page>;
  for (const name of Object.keys(SCREENS) as ScreenName[]) screens[name] = await opened(name, name === "wu" ? filming : browser);
  const scene: Scene = { ...screens, addresses: studio.addresses, browser, admin, review };

  if (keep) for (const language of LANGUAGES) rmSync(join(DOCS, language), { recursive: true, force: true });
  for (const step of STORY) {
    await test.step(`${step.chapter}: ${step.zh.title}`, async () => {
      await step.act(scene);
      const page = scene[step.on];
      for (const language of [...LANGUAGES].reverse()) {
        await speak(page, language);
        await step.anew?.(page);
        await photograph(page, join(folder, pictureOf(step, language)), SCALE[SCREENS[step.on]]);
      }
    });
  }
  for (const [path, text] of pages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(`${STORY.length} steps, ${readdirSync(folder).join(" and ")} in ${folder}`);
});
