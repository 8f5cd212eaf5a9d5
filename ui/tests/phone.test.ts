import { afterEach, describe, expect, test, vi } from "vitest";

import { asPicture } from "@/features/photo/picture-kind";
import { spelt } from "@/features/student/attention";
import { isLast4, isPassword, isPhone, isSmsCode } from "@/features/student/credentials";
import { studioCodeOf } from "@/features/student/studio-code";
import { ProblemError } from "@/shared/api/problem";
import { once } from "@/shared/once";
import { fragmentOf, placeOf } from "@/views/phone/place";

describe("what a student may do twice is done once", () => {
  const shelf = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (name: string) => shelf.get(name) ?? null, setItem: (name: string, text: string) => shelf.set(name, text), removeItem: (name: string) => shelf.delete(name) });
  afterEach(() => shelf.clear());

  const refused = (status: number, code = "x") => new ProblemError({ code, status, zh: "", en: "" });
  async function keyOf(body: unknown, ends: unknown = "done"): Promise<string> {
    let used = "";
    await once("say", body, (key) => {
      used = key;
      return ends instanceof Error ? Promise.reject(ends) : Promise.resolve(ends);
    }).catch(() => undefined);
    return used;
  }

  test("a cut line keeps the key, an answer ends it", async () => {
    const first = await keyOf("hello", refused(0));
    expect(await keyOf("hello", refused(503)), "the server may have done it").toBe(first);
    expect(await keyOf("hello", refused(409, "idempotency.in_hand")), "the other tab's request is under way").toBe(first);
    expect(await keyOf("hello")).toBe(first);
    expect(await keyOf("hello"), "said again on purpose").not.toBe(first);
  });

  test("another request has another key, and a refusal ends one", async () => {
    const first = await keyOf("hello", refused(0));
    const other = await keyOf("goodbye", refused(422));
    expect(other).not.toBe(first);
    expect(await keyOf("goodbye")).not.toBe(other);
  });

  test("nothing of what is sent is kept", async () => {
    await keyOf({ name: "林小雨", address: "示范路 1 号" }, refused(0));
    expect([...shelf.values()].join()).not.toMatch(/林|示范/);
  });
});

test("the studio's code is read out of its address, on whatever host, and out of itself", () => {
  expect(["https://example.invalid/phone.html?studio=SFZX", "http://10.0.0.4:8750/phone.html?lang=en&studio=sfzx#/", " SFZX\n"].map(studioCodeOf)).toEqual(["SFZX", "SFZX", "SFZX"]);
  expect(["https://example.invalid/", "", "GST1.token.signature", "https://example.invalid/?studio=%E0%A4%A"].map(studioCodeOf)).toEqual([undefined, undefined, undefined, undefined]);
});

test("a picture is known by its first bytes, whatever the phone calls it", async () => {
  const file = (bytes: number[], type = "") => new File([new Uint8Array([...bytes, ...Array<number>(20).fill(0)])], "shot", { type });
  expect((await asPicture(file([0xff, 0xd8, 0xff, 0xe1])))?.type).toBe("image/jpeg");
  expect((await asPicture(file([0x89, 0x50, 0x4e, 0x47], "image/jpeg")))?.type).toBe("image/png");
  expect((await asPicture(file([0, 0, 0, 0x18, ...Buffer.from("ftypheic")])))?.type).toBe("image/heic");
  expect((await asPicture(file([0, 0, 0, 0x18, ...Buffer.from("ftypmif1")])))?.type).toBe("image/heif");
  expect((await asPicture(file([...Buffer.from("RIFF1234WEBP")])))?.type).toBe("image/webp");
  expect(await asPicture(file([...Buffer.from("%PDF-1.7")], "image/jpeg"))).toBeUndefined();
});

test("what the server would refuse is said before it is asked", () => {
  expect(["13900000001", " 13900000001 ", "1390000000", "23900000001"].map(isPhone)).toEqual([true, true, false, false]);
  expect(["1234567", "12345678", "x".repeat(65)].map(isPassword)).toEqual([false, true, false]);
  expect(["123456", "12345", "12345x"].map(isSmsCode)).toEqual([true, false, false]);
  expect(["0120", "012x", "012X", "12x", "x012"].map(isLast4)).toEqual([true, true, true, false, false]);
});

test("every place survives the address bar, and what was not meant leads to the start", () => {
  for (const place of [
    { at: "start" },
    { at: "sign" },
    { at: "code" },
    { at: "help" },
    { at: "help", talks: true },
    { at: "new" },
    { at: "new", campaign: "EK43", category: "bachelor" },
    { at: "mine", page: "menu" },
    { at: "mine", page: "data" },
    { at: "pay", token: "a-Token_1" },
    { at: "group", code: "K7M2QX" },
    { at: "collection", id: "0190a000-0000-7000-8000-000000000007" },
    { at: "collection", id: "0190a000-0000-7000-8000-000000000007", aside: "prints" },
  ] as const) {
    expect(placeOf(fragmentOf(place))).toEqual(place);
  }
  for (const odd of ["#/c/<script>", "#/pay/", "#/pay/a b", "#/nowhere", "#/c/"]) expect(placeOf(odd), odd).toEqual({ at: "start" });
  expect(placeOf("#/new/EK43/professor")).toEqual({ at: "new" });
});

test("a number is read aloud sign by sign", () => {
  expect(spelt("A012")).toBe("A 0 1 2");
});
