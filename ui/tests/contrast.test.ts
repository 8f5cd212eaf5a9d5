import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Text has to stand out this much from its ground (WCAG 2.2, AA). */
const ENOUGH = 4.5;

const css = readFileSync(join(import.meta.dirname, "../src/shared/styles/tokens.css"), "utf8");

function tokens(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map([...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
}

function channels(colour: string): [number, number, number] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
}

function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const base = tokens(":root");

describe.each(["light", "dark"])("%s", (theme) => {
  const own = tokens(`:root[data-theme="${theme}"]`);
  const colour = (name: string) => channels(own.get(name) ?? base.get(name) ?? "");

  test("every text colour stands out on every ground", () => {
    for (const text of ["--ink", "--ink-2", "--ink-3", "--accent-ink", "--pass", "--retake", "--review", "--refused", "--waiting"]) {
      for (const ground of ["--paper", "--panel", "--raised"]) {
        expect(contrast(colour(text), colour(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(ENOUGH);
      }
    }
    expect(contrast(colour("--on-accent"), colour("--accent"))).toBeGreaterThanOrEqual(ENOUGH);
    expect(contrast(colour("--on-accent"), colour("--accent-strong"))).toBeGreaterThanOrEqual(ENOUGH);
  });
});

test("the person bar is readable in all its colours, hatched or not", () => {
  for (let person = 0; person < 6; person += 1) {
    const ground = channels(base.get(`--person-${person}`) ?? "");
    expect(contrast(channels("#ffffff"), ground), `person ${person}`).toBeGreaterThanOrEqual(7);
  }
  expect(contrast(channels(base.get("--on-plate") ?? ""), channels(base.get("--plate") ?? ""))).toBeGreaterThanOrEqual(ENOUGH);
});
