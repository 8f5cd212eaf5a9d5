/** Longest side of a picture in which a code is looked for, pixels: enough for a code on a wall, little for a slow phone. */
const LONGEST_SIDE_PX = 1000;

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

let detector: Detector | undefined;

/** What a QR code in a picture says; nothing where there is none. The browser's own reader where it has one. */
export async function readQr(source: CanvasImageSource, width: number, height: number): Promise<string | undefined> {
  if (width === 0 || height === 0) return undefined;
  const Native = (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (Native) {
    detector ??= new Native({ formats: ["qr_code"] });
    const found = await detector.detect(source).catch(() => undefined);
    if (found) return found[0]?.rawValue;
  }
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return undefined;
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const { default: read } = await import("jsqr");
  return read(data, canvas.width, canvas.height)?.data || undefined;
}
