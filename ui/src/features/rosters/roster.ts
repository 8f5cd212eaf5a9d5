import type { Category, RosterError } from "@/shared/api/types";
import type { SheetRow } from "./sheet";
import { decoded, rowsOfCsv } from "./sheet";
import { rowsOfWorkbook } from "./workbook";

/** The columns of a roster by the names that the server has for them. */
export const COLUMNS = ["姓名", "学号", "身份证后四位", "学历类别"] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** What a column may be called in a file. The server decides; this only finds the cell that it means. */
const HEADERS: Readonly<Record<ColumnName, RegExp>> = {
  姓名: /^(学生|考生)?(姓名|名字)$/,
  学号: /^(学生学号|学号|学籍号)$/,
  身份证后四位: /^(身份证|身份证号|身份证号码|证件号|证件号码)后[四4]位$/,
  学历类别: /^(学历|学历类别|学历层次|培养层次|层次|类别)$/,
};

const ID_NUMBER = /^(身份证号|身份证号码|证件号|证件号码|身份证件号)$/;

/** How the server reads a category. */
export const CATEGORY_WORDS: Readonly<Record<Category, string>> = { associate: "专科", bachelor: "本科", master: "硕士", doctor: "博士", continuing: "成人" };

/** Rows above the headers that are passed over. */
const ROWS_ABOVE = 10;
/** The largest file that is mended on the page, bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A roster as this page holds it: rows that say something, and where its columns stand. */
export interface Roster {
  rows: SheetRow[];
  places: Partial<Record<ColumnName, number>>;
  /** Whether the file has the last four only, and not whole ID numbers. */
  isLast4: boolean;
}

/** A row that has to be mended: where it is, and what is said of its cells. */
export interface WrongRow {
  at: number;
  line: number;
  cells: readonly string[];
  wrong: Partial<Record<string, { zh: string; en: string }>>;
}

/** Reads a file so that it can be mended here; `undefined` when it has to be mended elsewhere. */
export async function readRoster(file: File): Promise<Roster | undefined> {
  if (file.size > MOST_BYTES) return undefined;
  const bytes = await file.arrayBuffer();
  if (isWorkbook(file)) return withZeros(rosterOf(await rowsOfWorkbook(bytes)));
  const text = decoded(bytes);
  return text === undefined ? undefined : rosterOf(rowsOfCsv(text));
}

/** Excel took the leading zeros of numbers; the server puts them back, and so does this. */
function withZeros(roster: Roster | undefined): Roster | undefined {
  const last4 = roster?.places.身份证后四位;
  if (!roster || last4 === undefined || !roster.isLast4) return roster;
  const rows = roster.rows.map((row) => (row.numbers?.[last4] ? { ...row, cells: row.cells.map((cell, at) => (at === last4 ? cell.padStart(4, "0") : cell)) } : row));
  return { ...roster, rows };
}

export function isWorkbook(file: File): boolean {
  return /\.xlsx$/i.test(file.name);
}

/**
 * The errors by row; `undefined` when one of them is about a row that this page did not find. `byLine`: the server counted the
 * lines of the file, and not the rows that this page sent.
 */
export function wrongRows(roster: Roster, errors: readonly RosterError[], byLine: boolean): WrongRow[] | undefined {
  const found = new Map<number, WrongRow>();
  for (const { row, column, zh, en } of errors) {
    const at = byLine ? roster.rows.findIndex(({ line }) => line === row) : row - 1;
    const there = roster.rows[at];
    if (!there) return undefined;
    const wrong = found.get(at) ?? { at, line: there.line, cells: there.cells, wrong: {} };
    wrong.wrong[column] = { zh, en };
    found.set(at, wrong);
  }
  return [...found.values()];
}

/** The roster with cells written anew and rows left out. */
export function mended(roster: Roster, edits: ReadonlyMap<string, string>, left: ReadonlySet<number>): Roster {
  const rows = roster.rows.map(({ line, cells }, at) => ({
    line,
    cells: Array.from({ length: Math.max(cells.length, ...Object.values(roster.places).map((place) => place + 1)) }, (_, place) => edits.get(`${at}:${place}`) ?? cells[place] ?? ""),
  }));
  return { rows: rows.filter(({ cells }, at) => !left.has(at) && cells.some((cell) => cell !== "")), places: roster.places, isLast4: roster.isLast4 };
}

function rosterOf(rows: SheetRow[] | undefined): Roster | undefined {
  for (const row of (rows ?? []).slice(0, ROWS_ABOVE)) {
    const titles = row.cells.map(plain);
    const place = (header: RegExp) => {
      const at = titles.findIndex((title) => header.test(title));
      return at < 0 ? undefined : at;
    };
    const [name, number, last4, category] = COLUMNS.map((column) => place(HEADERS[column]));
    const id = last4 ?? place(ID_NUMBER);
    if (name === undefined || number === undefined || id === undefined) continue;
    return { rows: rows ?? [], places: { 姓名: name, 学号: number, 身份证后四位: id, ...(category === undefined ? {} : { 学历类别: category }) }, isLast4: last4 !== undefined };
  }
  return undefined;
}

/** A header without spaces, stars and what stands in brackets. */
function plain(header: string): string {
  return (header.split(/[(（:：]/)[0] ?? "").replace(/[\s*]/g, "");
}
