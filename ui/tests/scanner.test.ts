import { expect, test } from "vitest";

import { ScannerBuffer } from "@/features/arrival/scanner";

/** Types `text` with `gapMs` between the keys; answers what was swallowed, let through, and heard. */
function typed(buffer: ScannerBuffer, keys: readonly string[], gapMs: number, fromMs = 1000) {
  const heard = { swallowed: "", passed: "", released: "", tokens: [] as string[], endMs: fromMs };
  keys.forEach((key, index) => {
    heard.endMs = fromMs + index * gapMs;
    const { swallow, token, released } = buffer.press(key, heard.endMs);
    if (key.length === 1) heard[swallow ? "swallowed" : "passed"] += key;
    else if (!swallow) heard.passed += `<${key}>`;
    if (token) heard.tokens.push(token);
    if (released) heard.released += released;
  });
  return heard;
}

const TOKEN = "GST1.eyJuIjoiQTAxMiIsIm0iOiLmnpcqKiJ9.nNrRxX-_abc";
const SCAN = [...TOKEN, "Enter"];

test("a scanned code is heard whole, and none of its letters reaches a shortcut", () => {
  const heard = typed(new ScannerBuffer(), SCAN, 8);
  expect(heard.tokens).toEqual([TOKEN]);
  expect(heard.passed, "only its first letter, which is no shortcut").toBe("G");
  expect(heard.swallowed).toBe(TOKEN.slice(1));
});

test("a scanner that holds shift for capitals is heard as well", () => {
  const keys = SCAN.flatMap((key) => (/^[A-Z]$/.test(key) ? ["Shift", key] : [key]));
  expect(typed(new ScannerBuffer(), keys, 5).tokens).toEqual([TOKEN]);
});

test("two codes in a row are two codes", () => {
  const heard = typed(new ScannerBuffer(), [...SCAN, ...SCAN], 10);
  expect(heard.tokens).toEqual([TOKEN, TOKEN]);
});

test("a scanner without Enter is heard once it is quiet", () => {
  const buffer = new ScannerBuffer();
  const { endMs, tokens } = typed(buffer, [...TOKEN], 10);
  expect(tokens).toEqual([]);
  expect(buffer.rest(endMs + 100)).toBeUndefined();
  expect(buffer.rest(endMs + ScannerBuffer.REST_MS)).toBe(TOKEN);
  expect(buffer.rest(endMs + 10_000), "only once").toBeUndefined();
});

test("a slow wireless scanner may pause after the prefix", () => {
  const buffer = new ScannerBuffer();
  typed(buffer, [..."GST1."], 40);
  const heard = typed(buffer, [...TOKEN.slice(5), "Enter"], 120, 1400);
  expect(heard.tokens).toEqual([TOKEN]);
});

test("what a person types goes where it should, Enter included", () => {
  const heard = typed(new ScannerBuffer(), [..."A012", "Enter", "n", "x", " "], 120);
  expect(heard).toMatchObject({ passed: "A012<Enter>nx ", swallowed: "", tokens: [] });
});

test("a number of the series G keeps its letters, however fast it is typed", () => {
  const heard = typed(new ScannerBuffer(), [..."G012", "Enter"], 20);
  expect(heard).toMatchObject({ passed: "G012<Enter>", tokens: [] });
});

test("letters that only began like a code are given back", () => {
  const heard = typed(new ScannerBuffer(), [..."GSA"], 20);
  expect(heard.swallowed).toBe("S");
  expect(heard.released).toBe("S");
  expect(heard.passed).toBe("GA");
});

test("another kind of code is not taken for a ticket", () => {
  expect(typed(new ScannerBuffer(), [..."https://example.com/GST", "Enter"], 8).tokens).toEqual([]);
});

test("a text too long to be a code is dropped whole, and still presses no shortcut", () => {
  const heard = typed(new ScannerBuffer(), [..."GST1.", ..."nrx ".repeat(2000), "Enter"], 1);
  expect(heard).toMatchObject({ tokens: [], released: "", passed: "G" });
});
