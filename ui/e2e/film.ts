import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { chromium, test } from "@playwright/test";
import { renderSVG } from "uqr";

/** How often a picture is filmed before the next one comes, at Chromium's thirty frames a second. */
const FRAMES_EACH = 45;

/** A QR code on a wall as a phone sees it, a little askew, or with one half of it out of sight. */
export type Sight = string | { half: string };

async function wall(page: Page, sight: Sight): Promise<Buffer> {
  const [text, aside] = typeof sight === "string" ? [sight, 0] : [sight.half, 300];
  const code = `<div style="width:230px;transform:translateX(${aside}px) rotate(5deg);background:#fff;padding:14px">${renderSVG(text, { ecc: "M" })}</div>`;
  await page.setContent(`<body style="display:grid;place-items:center;margin:0;height:100vh;overflow:hidden;background:#b9b4ac">${code}</body>`);
  return page.screenshot({ type: "jpeg" });
}

/** A browser whose camera films these, one after the other, for ever. */
export async function browserWithCamera(browser: Browser, sights: readonly Sight[]): Promise<Browser> {
  const painter = await browser.newPage({ viewport: { width: 640, height: 480 } });
  const frames: Buffer[] = [];
  for (const sight of sights) frames.push(...Array<Buffer>(FRAMES_EACH).fill(await wall(painter, sight)));
  await painter.close();
  const film = join(test.info().outputPath(), "film.mjpeg");
  writeFileSync(film, Buffer.concat(frames));
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  const camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
  return chromium.launch({ executablePath, args: [...args, ...camera] });
}
