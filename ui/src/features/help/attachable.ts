import { smallerJpeg } from "@/shared/picture";

/** What support takes at most, bytes. */
const MOST_BYTES = 2 * 1024 * 1024;

/** A file as it may be attached: a picture is made smaller, a PDF goes as it is. Throws for anything else. */
export async function attachable(file: File): Promise<Blob> {
  if (file.type === "application/pdf" && file.size <= MOST_BYTES) return file;
  if (!file.type.startsWith("image/")) throw new Error("neither a picture nor a small PDF");
  const bytes = Uint8Array.from(atob(await smallerJpeg(file)), (char) => char.charCodeAt(0));
  if (bytes.length > MOST_BYTES) throw new Error("too large");
  return new Blob([bytes], { type: "image/jpeg" });
}
