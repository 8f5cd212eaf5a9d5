import { describe, expect, test } from "vitest";

import { mended, readRoster, wrongRows } from "@/features/rosters/roster";
import { csvOfRows, decoded, rowsOfCsv } from "@/features/rosters/sheet";

const HEAD = "姓名,学号,身份证后四位,学历类别";
const file = (text: BlobPart, name = "roster.csv") => new File([text], name);

describe("a list as a spreadsheet writes it", () => {
  test("is read with its quotes, and each row knows its line", () => {
    expect(rowsOfCsv('a, b ,"c ""d"", e"\r\n\r\n"two\nlines",x\n,,\nlast')).toEqual([
      { line: 1, cells: ["a", "b", 'c "d", e'] },
      { line: 3, cells: ["two\nlines", "x"] },
      { line: 6, cells: ["last"] },
    ]);
    expect(rowsOfCsv('a,"never ends'), "no list").toBeUndefined();
  });

  test("is written again so that a row is a line", () => {
    const rows = rowsOfCsv('a,"b, c"\n"two\nlines","say ""x"""\n') ?? [];
    expect(csvOfRows(rows)).toBe('a,"b, c"\ntwo lines,"say ""x"""\n');
    expect(rowsOfCsv(csvOfRows(rows))?.map(({ line }) => line)).toEqual([1, 2]);
  });

  test("comes in either of the two encodings that Excel uses in China", () => {
    expect(decoded(new TextEncoder().encode("\uFEFF姓名").buffer)).toBe("姓名");
    expect(decoded(Uint8Array.from([0xd0, 0xd5, 0xc3, 0xfb]).buffer)).toBe("姓名");
  });
});

describe("a roster that is mended on the page", () => {
  const text = `2027 届名单\n\n${HEAD}\n林小雨,20230101,02,本科\n欧阳明月,20230102,041X,本科\n周念,,2027\n`;

  test("has its columns under whatever title, and the server's errors at their cells", async () => {
    const roster = await readRoster(file(text));
    expect(roster?.places).toEqual({ 姓名: 0, 学号: 1, 身份证后四位: 2, 学历类别: 3 });
    if (!roster) return;
    const told = { zh: "应为四位", en: "four" };
    // This page sent five lines: the title, the headers and three students.
    const wrong = wrongRows(roster, [{ row: 3, column: "身份证后四位", ...told }, { row: 5, column: "学号", ...told }, { row: 5, column: "学历类别", ...told }], false);
    expect(wrong?.map(({ at, line, wrong: cells }) => [at, line, Object.keys(cells)])).toEqual([[2, 4, ["身份证后四位"]], [4, 6, ["学号", "学历类别"]]]);
    expect(wrongRows(roster, [{ row: 9, column: "学号", ...told }], false), "a row that is not here is mended elsewhere").toBeUndefined();
    const next = mended(roster, new Map([["2:2", "0213"], ["4:1", "20230103"], ["4:3", "硕士"]]), new Set([3]));
    expect(csvOfRows(next.rows).trim().split("\n")).toEqual(["2027 届名单,,,", HEAD, "林小雨,20230101,0213,本科", "周念,20230103,2027,硕士"]);
    expect(next.rows.map(({ line }) => line), "the lines of the file that the clerk has").toEqual([1, 3, 4, 6]);
  });

  test("is found by what schools call its columns, and is left alone where they are missing", async () => {
    expect((await readRoster(file("学生姓名*,学 号,证件号码,身份证后4位（末位可为X）\n")))?.places.身份证后四位, "the last four before the whole number").toBe(3);
    expect((await readRoster(file("姓名,学号,身份证号\n")))?.isLast4).toBe(false);
    expect(await readRoster(file("name,number\n"))).toBeUndefined();
  });
});
