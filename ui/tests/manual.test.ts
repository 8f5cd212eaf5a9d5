import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

import { MOST_BYTES } from "../e2e/manual/limits";
import { pages, pictureOf } from "../e2e/manual/pages";
import { LANGUAGES, SCREENS } from "../e2e/manual/step";
import { STORY } from "../e2e/manual/story";

/** The manual in `docs` is what its steps say; `cargo xtask manual` makes it anew, pictures and pages. */
const DOCS = join(import.meta.dirname, "../../docs/manual");
const REMEDY = "run cargo xtask manual";
/** All pictures together, bytes. */
const MOST_IN_ALL = 4 * 1024 * 1024;
const WIDTH_PX = { phone: 360, desk: 960, office: 960 } as const;

const pictures = STORY.flatMap((step) => LANGUAGES.map((language) => ({ file: pictureOf(step, language), width: WIDTH_PX[SCREENS[step.on]] })));

test("each page says what its steps say, in both languages", () => {
  for (const [path, text] of pages()) expect(readFileSync(join(DOCS, path), "utf8"), `${path}: ${REMEDY}`).toBe(text);
});

test("each step has its picture in both languages, small and of its size, and no picture is left over", () => {
  const there = readdirSync(DOCS, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = there.map(({ parentPath, name }) => relative(DOCS, join(parentPath, name)).replaceAll("\\", "/"));
  expect(names.sort(), REMEDY).toEqual([...pages().keys(), ...pictures.map(({ file }) => file)].sort());
  let all = 0;
  for (const { file, width } of pictures) {
    const picture = readFileSync(join(DOCS, file));
    all += picture.length;
    expect(picture.length, file).toBeLessThanOrEqual(MOST_BYTES);
    // An extended WebP begins with the canvas's size, less one.
    expect(picture.toString("latin1", 8, 16), file).toBe("WEBPVP8X");
    expect(picture.readUIntLE(24, 3) + 1, file).toBe(width);
  }
  expect(all).toBeLessThanOrEqual(MOST_IN_ALL);
});

test("every step has a name of its own and calm words", () => {
  const names = STORY.map(({ chapter, name }) => `${chapter}/${name}`);
  expect(new Set(names).size).toBe(names.length);
  for (const step of STORY) {
    for (const words of LANGUAGES.flatMap((language) => Object.values(step[language]))) expect(words, step.name).toMatch(/^[^!！|<>]{2,}$/);
    expect(step.en.title + step.en.text, step.name).not.toMatch(/[\u4e00-\u9fff]/);
    const foreign = `${step.zh.title}${step.zh.text}`.replace(/CSV|XLSX|Enter|\bF\d\b|\b[A-Z]\b/g, "");
    expect(foreign, step.name).not.toMatch(/[A-Za-z]{2,}/);
  }
});
