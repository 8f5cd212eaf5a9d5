import { encode } from "uqr";

/** White modules around a code. */
const QUIET = 4;
/** From this length on larger modules help a scanner more than redundancy does. */
const LONG = 150;

/** A QR code as one path of black modules; `size` counts modules with the quiet zone. */
export function qrDrawing(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: text.length > LONG ? "L" : "M", border: 0 });
  const rows = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  return { path: rows.join(""), size: size + QUIET * 2 };
}

/** A QR code as a file that scales to any size. */
export function qrSvg(text: string): string {
  const { path, size } = qrDrawing(text);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>\n`;
}

/** A QR code as a PNG of at least `side_px`, each module a whole number of pixels. */
export async function qrPng(text: string, sidePx: number): Promise<Blob | undefined> {
  const { path, size } = qrDrawing(text);
  const scale = Math.ceil(sidePx / size);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * scale;
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.fillStyle = "#000";
  pen.fill(new Path2D(path));
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? undefined), "image/png"));
}
