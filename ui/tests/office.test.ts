import { beforeEach, describe, expect, test, vi } from "vitest";

import { PRESETS, presetOf, printsOf, studentSteps, turned, wrongWith } from "@/features/campaigns/policy";
import { due, pace, undone } from "@/features/review/held";
import type { Held } from "@/features/review/held";
import { daysBetween, lastDays, roundTop, summed, totals } from "@/features/stats/days";
import { fenOf } from "@/shared/yuan";
import type { Account } from "@/shared/api/types";
import { ago } from "@/shared/format";
import type { Column } from "@/shared/table/table";
import { chipsOf, csvOf, shownRows, turnedSort } from "@/shared/table/table";
import { pageAt, pagesOf } from "@/views/office/pages";

describe("a table", () => {
  interface Row {
    name: string;
    kind: string;
    total: number | undefined;
  }
  const columns: Column<Row>[] = [
    { key: "name", title: "名称", value: ({ name }) => name },
    { key: "kind", title: "类别", value: ({ kind }) => kind, chips: true },
    { key: "total", title: "金额", value: ({ total }) => total, kind: "money" },
  ];
  const rows: Row[] = [
    { name: "示范大学 10", kind: "本科", total: 3500 },
    { name: "示范学院 9", kind: "专科", total: undefined },
    { name: "示范大学 2", kind: "本科", total: 500 },
  ];
  const names = (state: Partial<Parameters<typeof shownRows>[2]>) => shownRows(rows, columns, { search: "", sort: undefined, chips: {}, ...state }).map(({ name }) => name);

  test("is found by every word, filtered by a chip, and empty cells stand last either way", () => {
    expect(names({ search: " 大学  本科 " })).toEqual(["示范大学 10", "示范大学 2"]);
    expect(names({ chips: { kind: "专科" } })).toEqual(["示范学院 9"]);
    expect(names({ sort: { key: "name", down: false } }), "figures in names count as figures").toEqual(["示范大学 2", "示范大学 10", "示范学院 9"]);
    expect(names({ sort: { key: "total", down: true } })).toEqual(["示范大学 10", "示范大学 2", "示范学院 9"]);
    expect(names({ sort: { key: "total", down: false } })).toEqual(["示范大学 2", "示范大学 10", "示范学院 9"]);
    expect(rows[0]?.name, "what came is left as it came").toBe("示范大学 10");
  });

  test("offers each value as a chip with its count, and a header sorts up, down, not", () => {
    expect(chipsOf(rows, columns[1] as Column<Row>)).toEqual([{ value: "本科", count: 2 }, { value: "专科", count: 1 }]);
    const up = turnedSort(undefined, "name");
    const down = turnedSort(up, "name");
    expect([up, down, turnedSort(down, "name"), turnedSort(down, "kind")]).toEqual([{ key: "name", down: false }, { key: "name", down: true }, undefined, { key: "kind", down: false }]);
  });

  test("becomes a file that a spreadsheet opens as it is and never takes for formulas", () => {
    const odd: Row[] = [{ name: '=1+1,"甲"', kind: "两\n行", total: 1350 }, { name: "-", kind: "", total: undefined }];
    expect(csvOf(odd, columns)).toBe('\uFEFF名称,类别,金额\r\n"\'=1+1,""甲""","两\n行",13.50\r\n\'-,,\r\n');
  });
});

describe("decisions that are held back", () => {
  const held = (name: string, until: number): Held<string> => ({ item: name, decision: { decision: "approve" }, key: name, until });

  test("go out when they are due, the oldest first, and the newest is taken back", () => {
    const all = [held("a", 10), held("b", 20), held("c", 30)];
    expect(due(all, 20).out.map(({ item }) => item)).toEqual(["a", "b"]);
    expect(due(all, 20).rest.map(({ item }) => item)).toEqual(["c"]);
    expect(undone(all).last?.item).toBe("c");
    expect(undone([]).last).toBeUndefined();
  });

  test("tell the pace of the last five minutes", () => {
    const every3s = Array.from({ length: 41 }, (_, at) => at * 3000);
    expect(pace(every3s, 120_000)).toBe(20);
    expect(pace([0, 1000], 2000)).toBeUndefined();
    expect(pace(every3s, 3_000_000), "a pause is no pace").toBeUndefined();
  });
});

describe("decisions outlive their page", () => {
  const store = new Map<string, string>();
  beforeEach(() => {
    store.clear();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, text: string) => void store.set(key, text),
      removeItem: (key: string) => void store.delete(key),
    });
  });

  test("what is written down is found again, and what is broken is left alone", async () => {
    const { keep, leftBehind } = await import("@/features/review/held");
    const kept = [{ account: "me", portrait: "p", decision: { decision: "approve" } as const, key: "k" }];
    keep(kept);
    expect(leftBehind()).toEqual(kept);
    keep([]);
    expect(store.size).toBe(0);
    store.set("gradshot.review.held", "{broken");
    expect(leftBehind()).toEqual([]);
  });
});

describe("a campaign's policy", () => {
  test("is one of the two manuals' or one's own", () => {
    expect(presetOf(PRESETS.pay_first)).toBe("pay_first");
    expect(presetOf({ ...PRESETS.pay_after_preview, payers: [...PRESETS.pay_after_preview.payers].reverse() })).toBe("pay_after_preview");
    expect(presetOf({ ...PRESETS.pay_first, review_promise_days: 3 })).toBeUndefined();
  });

  test("tells its students when they pay, from where pictures come, and what a rejection means", () => {
    const first = studentSteps(PRESETS.pay_first);
    expect(first.indexOf("pay_first")).toBeLessThan(first.indexOf("shoot_album"));
    const after = studentSteps(PRESETS.pay_after_preview);
    expect(after.indexOf("retake_paid")).toBeLessThan(after.indexOf("pay_after"));
    expect(after).toContain("rejected_refund");
    expect(studentSteps({ ...PRESETS.pay_first, routes: ["studio"] })).not.toContain("choose");
  });

  test("offers prints by a Chinese name, and by an English one where it was typed", () => {
    const row = { title: " 一寸 8 张 ", en_title: "", layout: "5in", copies: 8, price: "8", postage: "12.00" };
    const one = { id: "5in-1", title: "一寸 8 张", layout: "5in", copies: 8, price: 800, postage: 1200 };
    expect(printsOf([row])).toEqual([one]);
    expect(printsOf([{ ...row, en_title: " One inch, 8 prints " }])).toEqual([{ ...one, en_title: "One inch, 8 prints" }]);
    expect(printsOf([{ ...row, en_title: "x".repeat(41) }])).toBeUndefined();
  });

  test("names every field that keeps a campaign from being opened", () => {
    const good = { school_name: "示范大学", title: "2027 届", code: "", categories: ["bachelor"], policy: PRESETS.pay_first };
    expect(wrongWith(good)).toEqual([]);
    expect(wrongWith({ ...good, code: "EK43" })).toEqual([]);
    expect(wrongWith({ school_name: " ", title: "", code: "a-b", categories: [], policy: { ...PRESETS.pay_first, routes: [], payers: [], unpaid_order_minutes: 0, review_promise_days: 1.5 } })).toEqual(["school", "title", "code", "categories", "routes", "payers", "minutes", "days"]);
    expect(turned(["studio"], "phone", ["phone", "studio"])).toEqual(["phone", "studio"]);
  });
});

describe("pages by role", () => {
  const account = (grants: Account["grants"], role: Account["role"]): Account => ({ id: "a", role, grants, masked_login: "x", identities: [], has_password: true });

  test("each sees its own, and several grants add up", () => {
    const of = (grants: Account["grants"], role: Account["role"]) => pagesOf(account(grants, role)).map(({ at }) => at);
    expect(of([{ role: "reviewer" }], "reviewer")).toEqual(["review", "account"]);
    expect(of([{ role: "school", school: "s" }], "school")).toEqual(["requests", "rosters", "campaigns", "looks", "account"]);
    expect(of([{ role: "support" }, { role: "reviewer" }], "support")).toEqual(["review", "inbox", "live", "orders", "refunds", "messages", "account"]);
    expect(of([{ role: "admin" }], "admin")).not.toContain("review");
    expect(of([{ role: "student" }], "student")).toEqual([]);
  });

  test("an address that is not open leads to the first page", () => {
    const reviewer = account([{ role: "reviewer" }], "reviewer");
    expect([pageAt("#/account", reviewer), pageAt("#/audit", reviewer), pageAt("", account([{ role: "student" }], "student"))]).toEqual(["account", "review", undefined]);
  });
});

test("statistics are summed by reviewer, and the chart's top is a round figure", () => {
  const day = (reviewers: { reviewer: string; approved: number; rejected: number }[]) => ({ waiting: 0, reviewers });
  const days = [day([{ reviewer: "a", approved: 2, rejected: 1 }]), day([{ reviewer: "b", approved: 9, rejected: 0 }, { reviewer: "a", approved: 1, rejected: 0 }])];
  expect(summed(days)).toEqual([{ reviewer: "b", approved: 9, rejected: 0 }, { reviewer: "a", approved: 3, rejected: 1 }]);
  expect(totals(days[1] ?? day([]))).toEqual({ approved: 10, rejected: 0 });
  expect([0, 7, 130, 500, 501].map(roundTop)).toEqual([5, 10, 200, 500, 1000]);
  expect([daysBetween("2026-05-18", "2026-05-18"), daysBetween("2026-01-01", "2026-04-30"), daysBetween("2026-05-18", "2026-05-17"), daysBetween("", "2026-05-17")]).toEqual([1, 120, 0, 0]);
  expect(lastDays(3, new Date("2026-05-18T17:00:00Z"))).toEqual(["2026-05-17", "2026-05-18", "2026-05-19"]);
});

test("yuan as people type them become fen, and nothing else does", () => {
  expect([fenOf("35"), fenOf(" 13.5 "), fenOf("0.05"), fenOf("-1"), fenOf("1.234"), fenOf("")]).toEqual([3500, 1350, 5, undefined, undefined, undefined]);
});

test("a moment in the past is told as people say it", () => {
  const now = new Date("2026-05-18T06:05:00Z");
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  expect([before(0), before(4), before(180), before(3 * 1440), before(40 * 1440)].map((at) => ago(at, now, "zh"))).toEqual(["刚刚", "4 分钟前", "3 小时前", "3 天前", "2026-04-08"]);
  expect(ago(before(4), now, "en")).toBe("4 min ago");
});
