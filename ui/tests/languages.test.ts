import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import common from "@/shared/i18n/common";
import type { Bundle, Texts } from "@/shared/i18n/messages";
import nouns from "@/shared/i18n/nouns";

const modules = import.meta.glob<{ default: Bundle }>("../src/**/messages.ts", { eager: true });
const bundles = [common, nouns, ...Object.entries(modules).flatMap(([path, module]) => (path.endsWith("i18n/messages.ts") ? [] : [module.default]))];

function flat(texts: Texts, prefix = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") all.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(vue|ts)$/.test(entry.name)) yield path;
  }
}

const zh = new Map(bundles.flatMap((bundle) => [...flat(bundle.zh)]));
const en = new Map(bundles.flatMap((bundle) => [...flat(bundle.en)]));
const named = (text: string | undefined) => [...(text ?? "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("both languages say the same things with the same names", () => {
  expect(bundles.length).toBeGreaterThan(10);
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  for (const [key, text] of zh) {
    expect(text, key).not.toBe("");
    expect(named(en.get(key)), key).toEqual(named(text));
  }
});

test("no two parts of a page use the same top key", () => {
  const tops = bundles.flatMap((bundle) => Object.keys(bundle.zh));
  expect(new Set(tops).size).toBe(tops.length);
});

test("texts are calm: no exclamation marks, no characters that the message format would read", () => {
  for (const [key, text] of [...zh, ...en]) {
    expect(text, key).not.toMatch(/[!！]/);
    expect(text, key).not.toMatch(/[@|$]/);
  }
});

test("Chinese screens speak Chinese", () => {
  // Names of products, keys and file formats may stay.
  const allowed = /Gradshot|gradshot doctor|Windows|\/var\/spool\/cups|tmpfs|cupsd\.conf|PreserveJobFiles No|IPP?\b|CSV|XLSX|Shift|PDF|PNG|SVG|English|Enter|SHA-256|USB|SFZX|board\.html\?studio=|#bridge=|\{\w+\}|\b[NX]\b/g;
  for (const [key, text] of zh) expect(text.replace(allowed, ""), key).not.toMatch(/[A-Za-z]{2,}/);
});

test("every text that is asked for is there", () => {
  const missing: string[] = [];
  for (const path of sources(join(import.meta.dirname, "../src"))) {
    const code = readFileSync(path, "utf8");
    for (const [, key] of code.matchAll(/\bt\(\s*["']([\w.]+)["']/g)) if (key && !zh.has(key)) missing.push(`${path}: ${key}`);
    for (const [, head] of code.matchAll(/\bt\(\s*`([\w.]+)\$\{/g)) {
      if (head && ![...zh.keys()].some((key) => key.startsWith(head))) missing.push(`${path}: ${head}…`);
    }
  }
  expect(missing).toEqual([]);
});
