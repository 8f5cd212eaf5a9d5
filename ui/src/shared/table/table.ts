/** A table's state without its looks: what is filtered, sorted, chosen and exported. */

export type Value = string | number | null | undefined;

export interface Column<Row> {
  key: string;
  title: string;
  /** What is sorted by, looked through and exported. */
  value: (row: Row) => Value;
  /** How it stands: figures and money to the right, moments relative with the exact one on hover. */
  kind?: "text" | "figure" | "money" | "time";
  /** Its values become chips that filter. */
  chips?: boolean;
  /** Not shown until somebody chooses it. */
  spare?: boolean;
  /** Cannot be put away. */
  fixed?: boolean;
}

export interface Sort {
  key: string;
  down: boolean;
}

export interface TableState {
  search: string;
  sort: Sort | undefined;
  /** The value chosen by column. */
  chips: Readonly<Record<string, string>>;
}

/** Rows that pass search and chips, in their order. Equal ones stay as they came. */
export function shownRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], { search, sort, chips }: TableState): Row[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rows.filter((row) => {
    for (const column of columns) {
      const wanted = chips[column.key];
      if (wanted !== undefined && String(column.value(row) ?? "") !== wanted) return false;
    }
    if (words.length === 0) return true;
    const text = columns.map((column) => String(column.value(row) ?? "").toLowerCase()).join("\n");
    return words.every((word) => text.includes(word));
  });
  const by = sort && columns.find(({ key }) => key === sort.key);
  if (!sort || !by) return kept;
  return kept.sort((one, other) => compared(by.value(one), by.value(other), sort.down));
}

/** The values of a column with how often each is there, the most frequent first. */
export function chipsOf<Row>(rows: readonly Row[], column: Column<Row>): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = String(column.value(row) ?? "");
    if (value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, "zh-CN"));
}

/** Up, down, then as it came. */
export function turnedSort(sort: Sort | undefined, key: string): Sort | undefined {
  if (sort?.key !== key) return { key, down: false };
  return sort.down ? undefined : { key, down: true };
}

/**
 * CSV that Excel opens as it is: UTF-8 with its mark, CRLF, quotes where needed. A text that a spreadsheet would take for
 * a formula is led by an apostrophe.
 */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => written(column, row)))];
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function written<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row);
  if (typeof value === "number") return column.kind === "money" ? (value / 100).toFixed(2) : String(value);
  const text = value ?? "";
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

function compared(one: Value, other: Value, down: boolean): number {
  const [isNothing, otherIsNothing] = [one ?? "", other ?? ""].map((value) => value === "");
  // What is not there stands last, whichever way.
  if (isNothing || otherIsNothing) return Number(isNothing) - Number(otherIsNothing);
  const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh-CN", { numeric: true });
  return down ? -order : order;
}
