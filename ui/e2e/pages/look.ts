/** Pictures of screens, compared with those in `tests/pictures/looks`; `cargo xtask pictures` makes them anew. */
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

/** Marks a test that compares pictures: these alone are run to make them anew. */
export const LOOKS = { tag: "@looks" };

const FOLDER = join(import.meta.dirname, "../../../tests/pictures/looks");
/** All pictures together, bytes. */
const MOST_IN_ALL = 11 * 1024 * 1024;

/** Compares what is seen, or one part of it, with `tests/pictures/looks/FACE/NAME.webp`, once every picture in the page has come. */
export async function looksAsKept(page: Page, face: string, name: string, part?: Locator): Promise<void> {
  await page.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
  await expect(part ?? page).toHaveScreenshot([face, `${name}.webp`]);
}

/** A picture whose screen is no more is found; it is taken away where pictures are made anew. */
export function nothingLeftOver(face: string, names: readonly string[]): void {
  test(`${face}: every picture has a screen, and all are small`, LOOKS, ({}, { config }) => {
    const folder = join(FOLDER, face);
    const wanted = names.map((name) => `${name}.webp`);
    expect(new Set(wanted).size, "each screen has a name of its own").toBe(wanted.length);
    if (config.updateSnapshots !== "none") mkdirSync(folder, { recursive: true });
    const left = readdirSync(folder).filter((file) => !wanted.includes(file));
    if (config.updateSnapshots !== "none") for (const file of left) rmSync(join(folder, file));
    else expect(left).toEqual([]);
    // What has just been made is made small afterwards.
    const sizes = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).map((file) => statSync(join(FOLDER, file)));
    if (config.updateSnapshots === "none") expect(sizes.filter((it) => it.isFile()).reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(MOST_IN_ALL);
  });
}
