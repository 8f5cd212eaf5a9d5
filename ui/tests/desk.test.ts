import { describe, expect, test } from "vitest";

import { completeNumber } from "@/features/arrival/number";
import { COLOURS, colourOf } from "@/features/person/colour";
import { grouped } from "@/features/queue/groups";
import type { CurrentStudent, DeskState, QueueEntry, Severity, Shot } from "@/shared/api/types";
import { hintOf } from "@/views/desk/hint";
import { isAcceptable, primaryOf } from "@/views/desk/primary";
import { newer } from "@/views/desk/store";

function state(revision: number): DeskState {
  return { revision, station_name: "1号机位", studio_name: "示范照相馆", demo: false, waiting_for_yes: [], outbox: [], server: "connected", camera: { model: "", ready: true } };
}

function ready(id: string, outcome: Severity, has_portrait = true): Shot {
  const verdict = { outcome, findings: outcome === "pass" ? [] : [{ id: "pose.roll" as const, severity: outcome, unit: "deg" as const, zh: "头部右倾", en: "Head tilted" }] };
  return { id, taken_at: "2026-05-18T06:05:00Z", progress: { stage: "ready", verdict, has_portrait, millis: 400 } };
}

function student(rest: Partial<CurrentStudent>): CurrentStudent {
  return { ticket: "t", number: "A012", masked_name: "林**", category: "bachelor", phase: "arrived", times_called: 1, shots: [], ...rest } as CurrentStudent;
}

describe("state", () => {
  test("an older state never replaces a newer one", () => {
    const held = state(7);
    expect(newer(held, state(6))).toBe(held);
    expect(newer(held, state(8)).revision).toBe(8);
    expect(newer(undefined, state(1)).revision).toBe(1);
  });

  test("a station that was started again counts from the beginning", () => {
    expect(newer(state(700), state(1), true).revision).toBe(1);
  });
});

describe("the one primary action", () => {
  test("follows the student from call to seal", () => {
    expect(primaryOf(null)).toBe("call_next");
    expect(primaryOf(student({ phase: "called" }))).toBe("confirm_arrival");
    expect(primaryOf(student({}))).toBe("shoot");
    expect(primaryOf(student({ shots: [ready("s", "pass")], selected: "s" }))).toBe("accept");
    expect(primaryOf(student({ phase: "sealing" }))).toBe("wait");
  });

  test("a portrait that violates the standard cannot be accepted", () => {
    expect(isAcceptable(ready("s", "pass"))).toBe(true);
    expect(isAcceptable(ready("s", "review"))).toBe(true);
    expect(isAcceptable(ready("s", "retake"))).toBe(false);
    expect(isAcceptable(ready("s", "pass", false))).toBe(false);
    expect(primaryOf(student({ shots: [ready("s", "retake")], selected: "s" }))).toBe("shoot");
  });

  test("重拍 brings shooting back, until another shot is looked at", () => {
    const shots = [ready("one", "pass"), ready("two", "pass")];
    expect(primaryOf(student({ shots, selected: "one" }), "one")).toBe("shoot");
    expect(primaryOf(student({ shots, selected: "two" }), "one")).toBe("accept");
  });

  test("the hint says the gravest finding in its own words", () => {
    expect(hintOf(student({ shots: [ready("s", "retake")], selected: "s" }))).toEqual({ zh: "头部右倾", en: "Head tilted", tone: "retake" });
    expect(hintOf(null)).toEqual({ key: "desk.hint_free" });
  });
});

describe("the wrong-face guard", () => {
  test("two people in a row never share a colour", () => {
    let worn: { number: string; colour: number } | undefined;
    for (const number of ["A001", "A002", "A008", "A014", "A002", "B002", "A999"]) {
      const colour = colourOf(number, worn);
      expect(colour).not.toBe(worn?.colour);
      expect(colour).toBeLessThan(COLOURS);
      worn = { number, colour };
    }
  });

  test("the same person keeps the colour", () => {
    const worn = { number: "A012", colour: 5 };
    expect(colourOf("A012", worn)).toBe(5);
  });
});

describe("a typed number", () => {
  test.each([
    ["12", "A011", "A012"],
    ["012", "B011", "B012"],
    [" a012 ", "A011", "A012"],
    ["1234", "A011", "1234"],
    ["GST1.abc", "A011", "GST1.abc"],
  ])("%s", (typed, called, number) => expect(completeNumber(typed, called)).toBe(number));
});

test("the queue keeps its order within called, waiting and passed over", () => {
  const entry = (number: string, at: QueueEntry["state"]) => ({ number, state: at }) as QueueEntry;
  const groups = grouped([entry("A1", "called"), entry("A2", "arrived"), entry("A4", "waiting"), entry("A3", "waiting"), entry("A5", "skipped"), entry("A6", "served")]);
  expect(groups.atStations.map(({ number }) => number)).toEqual(["A1", "A2"]);
  expect(groups.waiting.map(({ number }) => number)).toEqual(["A4", "A3"]);
  expect(groups.skipped.map(({ number }) => number)).toEqual(["A5"]);
});
