/** One row of a list, and the line of the file that it stands on. */
export interface SheetRow {
  line: number;
  cells: string[];
  /** Which cells a workbook keeps as numbers, which have lost their leading zeros. */
  numbers?: boolean[];
}

/** The text of a file that Excel saved in one of the two encodings it uses in China. */
export function decoded(bytes: ArrayBuffer): string | undefined {
  for (const encoding of ["utf-8", "gbk"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Then the other one.
    }
  }
  return undefined;
}

/** The rows of a CSV text that say something. A quote that nothing ends makes it none. */
export function rowsOfCsv(text: string): SheetRow[] | undefined {
  const rows: SheetRow[] = [];
  let [line, begun, cell, at] = [1, 1, "", 0];
  let cells: string[] = [];
  const endCell = () => {
    cells.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (cells.some((it) => it !== "")) rows.push({ line: begun, cells });
    cells = [];
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"' && cell.trim() === "") {
      let end = at + 1;
      for (cell = ""; ; end += 1) {
        const inside = text.charAt(end);
        if (inside === "") return undefined;
        if (inside === '"' && text.charAt(end + 1) !== '"') break;
        if (inside === '"') end += 1;
        if (inside === "\n") line += 1;
        cell += inside;
      }
      at = end + 1;
      continue;
    }
    if (char === ",") endCell();
    else if (char === "\n" || char === "\r") {
      endRow();
      if (char === "\r" && text.charAt(at + 1) === "\n") at += 1;
      line += 1;
      begun = line;
    } else cell += char;
    at += 1;
  }
  endRow();
  return rows;
}

/** Rows as CSV, one line each, whatever stood in them. */
export function csvOfRows(rows: readonly SheetRow[]): string {
  return rows.map(({ cells }) => `${cells.map((cell) => quoted(cell.replace(/\s*[\r\n]+\s*/g, " "))).join(",")}\n`).join("");
}

function quoted(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}
