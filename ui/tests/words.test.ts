import { describe, expect, test } from "vitest";

import { freshCalls } from "@/features/board/fresh-calls";
import { REASONS } from "@/features/review/reasons";
import { stepOf } from "@/features/student/steps";
import { adviceOf, complaintsOf, passedOf, questionsOf } from "@/features/verdict/contents";
import { allowed, measured } from "@/features/verdict/figures";
import verdictTexts from "@/features/verdict/messages";
import { GLARE, TILTED, verdictWith } from "@/host/play-verdicts";
import { ProblemError, problemOf } from "@/shared/api/problem";
import type { BoardCall, Finding } from "@/shared/api/types";
import { clockTime, countdown, dateTime, kilobytes, money, secondsOf, since } from "@/shared/format";
import { fragmentOf, placeOf } from "@/views/phone/place";
import serverTypes from "../openapi/server.json";

const at = (seconds: number) => new Date(Date.UTC(2026, 4, 18, 6, 5, seconds));

describe("figures and times", () => {
  test("money as people write it", () => {
    expect([money(3500), money(1350), money(5), money(0)]).toEqual(["￥35.00", "￥13.50", "￥0.05", "￥0.00"]);
  });

  test("times are China's", () => {
    expect(dateTime("2026-05-18T06:05:00Z")).toBe("2026-05-18 14:05");
    expect(dateTime("2026-05-18T16:00:00Z")).toBe("2026-05-19 00:00");
    expect(clockTime("2026-05-18T16:00:00Z")).toBe("00:00");
  });

  test("durations are short, and a fast clock does no harm", () => {
    const start = at(0).toISOString();
    expect(since(start, at(5), "zh")).toBe("刚刚");
    expect(since(start, at(40), "zh")).toBe("40 秒");
    expect(since(start, at(240), "zh")).toBe("4 分钟");
    expect(since(start, at(7300), "en")).toBe("2 h");
    expect(since(start, at(-30), "en")).toBe("now");
    expect(countdown(at(545).toISOString(), at(0))).toBe("9:05");
    expect(countdown(start, at(60))).toBe("0:00");
  });

  test("sizes and seconds", () => {
    expect(kilobytes(41_000)).toBe("40 KB");
    expect(secondsOf(412, "zh")).toBe("0.4 秒");
  });
});

describe("findings", () => {
  const finding = (rest: Partial<Finding>): Finding => ({ id: "pose.roll", severity: "retake", measured: 6.24, limit: { min: -4.5, max: 4.5 }, unit: "deg", zh: "", en: "", ...rest }) as Finding;

  test("measured and allowed are written in their unit", () => {
    expect([measured(finding({})), allowed(finding({}))]).toEqual(["6.2°", "±4.5°"]);
    expect(measured(finding({ measured: -3 }))).toBe("−3°");
    expect(allowed(finding({ limit: { min: 200, max: 300 }, unit: "px" }))).toBe("200–300 px");
    expect(allowed(finding({ limit: { max: 1 }, unit: "times" }))).toBe("≤ 1×");
    expect(allowed(finding({ limit: { min: 1, max: 1 }, unit: "count" }))).toBe("1");
    expect(measured(finding({ measured: 100, unit: "px" })), "no digit is lost").toBe("100 px");
    expect([measured(finding({ measured: null })), allowed(finding({ limit: null }))]).toEqual(["", ""]);
  });

  test("complaints come gravest first, and among equals in the order given", () => {
    const findings = (["pass", "review", "retake", "review"] as const).map((severity, at) => finding({ severity, measured: at }));
    expect(complaintsOf(findings).map(({ severity, measured: at }) => [severity, at])).toEqual([
      ["retake", 2],
      ["review", 1],
      ["review", 3],
    ]);
    expect(passedOf(findings)).toHaveLength(1);
  });

  test("a student hears what to do, and what was found where there is nothing to do", () => {
    const words = { zh: "头向画面右侧歪了 6°", en: "tilted 6°" };
    expect(adviceOf({ ...finding(words), student_zh: "头歪了，请摆正再拍", student_en: "Hold your head upright" })).toEqual({ zh: "头歪了，请摆正再拍", en: "Hold your head upright" });
    expect(adviceOf({ ...finding(words), student_zh: "", student_en: "" })).toEqual(words);
    expect(adviceOf(finding(words))).toEqual(words);
  });

  test("a verdict without questions asks nothing", () => {
    expect(questionsOf({ outcome: "pass", findings: [] })).toEqual([]);
    expect(questionsOf(verdictWith()).map(({ id }) => id)).toContain("jewellery");
  });

  test("a played verdict is as thorough as a real one", () => {
    const { outcome, findings } = verdictWith(TILTED, GLARE);
    expect(outcome).toBe("retake");
    expect(new Set(findings.map(({ id }) => id)).size).toBe(33);
    expect([complaintsOf(findings).length, passedOf(findings).length]).toEqual([2, 31]);
  });

  test("everything that can be found or asked has a short name", () => {
    const names = verdictTexts.zh.finding as Record<string, string>;
    const known = serverTypes.components.schemas.FindingId.enum.map((id) => id.replace(".", "_"));
    expect(Object.keys(names).sort()).toEqual(known.sort());
    expect(Object.values(names).filter((name) => name.length > 5)).toEqual([]);
  });
});

describe("board", () => {
  const call = (number: string, rest: Partial<BoardCall> = {}): BoardCall => ({ number, masked_name: "林**", station_name: "1号机位", times: 1, at: "", arrived: false, ...rest });

  test("only what was not called before flashes", () => {
    expect(freshCalls(undefined, [call("A012")]), "not when the board was just switched on").toEqual([]);
    expect(freshCalls([call("A012")], [call("A013"), call("A012")])).toEqual(["A013"]);
    expect(freshCalls([call("A012")], [call("A012", { times: 2 })])).toEqual(["A012"]);
    expect(freshCalls([call("A012")], [call("A012", { arrived: true })])).toEqual([]);
    expect(freshCalls([], [call("A014", { arrived: true })])).toEqual([]);
  });
});

describe("phone", () => {
  test("places survive the address bar", () => {
    for (const place of [{ at: "start" }, { at: "new" }, { at: "collection", id: "0190a000-0000-7000-8000-000000000007" }] as const) {
      expect(placeOf(fragmentOf(place))).toEqual(place);
    }
    expect(placeOf("#/c/<script>")).toEqual({ at: "start" });
  });

  test("the four steps follow the server's next step", () => {
    expect([undefined, "consent", "come", "decide", "wait_for_review", "done"].map((next) => stepOf(next as Parameters<typeof stepOf>[0]))).toEqual([0, 0, 1, 2, 3, 4]);
  });
});

test("each reason has its own digit", () => {
  expect(new Set(REASONS.map(({ key }) => key)).size).toBe(REASONS.length);
  expect(new Set(REASONS.map(({ reason }) => reason)).size).toBe(REASONS.length);
});

test("whatever goes wrong becomes words in both languages", () => {
  const told = { code: "ticket.not_found", status: 404, zh: "没有这个号码", en: "No such number" };
  expect(problemOf(new ProblemError(told))).toBe(told);
  expect(problemOf(told)).toBe(told);
  expect(problemOf(new TypeError("fetch failed")).code).toBe("link.lost");
  expect(problemOf(undefined).zh).not.toBe("");
});
