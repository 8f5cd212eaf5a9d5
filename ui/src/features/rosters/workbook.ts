import type { SheetRow } from "./sheet";

/** What a workbook may unpack to here, bytes; a larger one is mended in Excel and chosen again. */
const MOST_BYTES = 24 * 1024 * 1024;

/** The rows of a workbook's first sheet that say something; `undefined` for what this page cannot read. */
export async function rowsOfWorkbook(bytes: ArrayBuffer): Promise<SheetRow[] | undefined> {
  if (typeof DecompressionStream === "undefined") return undefined;
  try {
    const files = filesOf(bytes);
    const open = async (name: string) => new DOMParser().parseFromString(new TextDecoder().decode(await unpacked(bytes, files.get(name))), "text/xml");
    const sheet = await open(await firstSheet(open));
    const texts = files.has("xl/sharedStrings.xml") ? [...(await open("xl/sharedStrings.xml")).getElementsByTagName("si")].map(spoken) : [];
    return [...sheet.getElementsByTagName("row")].flatMap((row, at) => {
      const [cells, numbers]: [string[], boolean[]] = [[], []];
      for (const cell of row.getElementsByTagName("c")) {
        const place = columnOf(cell, cells.length);
        [cells[place], numbers[place]] = read(cell, texts);
      }
      const all = Array.from(cells, (text) => (text ?? "").trim());
      return all.some((text) => text !== "") ? [{ line: Number(row.getAttribute("r") ?? at + 1), cells: all, numbers }] : [];
    });
  } catch {
    return undefined;
  }
}

async function firstSheet(open: (name: string) => Promise<Document>): Promise<string> {
  const id = (await open("xl/workbook.xml")).getElementsByTagName("sheet")[0]?.getAttribute("r:id");
  const link = [...(await open("xl/_rels/workbook.xml.rels")).getElementsByTagName("Relationship")].find((one) => one.getAttribute("Id") === id);
  const target = link?.getAttribute("Target") ?? "";
  return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
}

/** What stands in a text, without what only tells how it is read aloud. */
function spoken(holder: Element): string {
  return [...holder.getElementsByTagName("t")].filter((text) => (text.parentNode as Element | null)?.nodeName !== "rPh").map(({ textContent }) => textContent ?? "").join("");
}

/** A cell's text, and whether it is kept as a number. */
function read(cell: Element, texts: readonly string[]): [string, boolean] {
  const kind = cell.getAttribute("t") ?? "n";
  const value = cell.getElementsByTagName("v")[0]?.textContent ?? "";
  if (kind === "s") return [texts[Number(value)] ?? "", false];
  if (kind === "inlineStr") return [spoken(cell), false];
  return kind === "n" && value !== "" ? [String(Number(value)), true] : [value, false];
}

/** A is 0, AB is 27; where a cell does not say, it follows the one before. */
function columnOf(cell: Element, next: number): number {
  const letters = /^[A-Z]{1,3}/.exec(cell.getAttribute("r") ?? "")?.[0];
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : next;
}

interface Packed {
  at: number;
  bytes: number;
  isStored: boolean;
}

/** Where each file of a ZIP begins, by its directory at the end. */
function filesOf(zip: ArrayBuffer): Map<string, Packed> {
  const view = new DataView(zip);
  let end = zip.byteLength - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const files = new Map<string, Packed>();
  let at = view.getUint32(end + 16, true);
  let whole = 0;
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [name, extra, note] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    whole += view.getUint32(at + 24, true);
    if (whole > MOST_BYTES) throw new RangeError("too large to be read here");
    const begins = view.getUint32(at + 42, true);
    const data = begins + 30 + view.getUint16(begins + 26, true) + view.getUint16(begins + 28, true);
    files.set(new TextDecoder().decode(new Uint8Array(zip, at + 46, name)), { at: data, bytes: view.getUint32(at + 20, true), isStored: view.getUint16(at + 10, true) === 0 });
    at += 46 + name + extra + note;
  }
  return files;
}

async function unpacked(zip: ArrayBuffer, file: Packed | undefined): Promise<Uint8Array> {
  if (!file) throw new RangeError("not in this workbook");
  const packed = new Uint8Array(zip, file.at, file.bytes);
  if (file.isStored) return packed;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces: Uint8Array[] = [];
  // What a directory says of a file's size need not be so.
  for (let [whole, piece] = [0, await reader.read()]; !piece.done; piece = await reader.read()) {
    whole += piece.value.byteLength;
    if (whole > MOST_BYTES) throw new RangeError("too large to be read here");
    pieces.push(piece.value);
  }
  return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
}
