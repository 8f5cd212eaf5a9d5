/** What a picture begins with, and what it then is. Some phones say nothing of a file's type. */
const STARTS: { at: number; bytes: readonly number[]; type: string }[] = [
  { at: 0, bytes: [0xff, 0xd8, 0xff], type: "image/jpeg" },
  { at: 0, bytes: [0x89, 0x50, 0x4e, 0x47], type: "image/png" },
  { at: 8, bytes: [0x57, 0x45, 0x42, 0x50], type: "image/webp" },
  { at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65], type: "image/heic" },
  { at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x6d, 0x69], type: "image/heif" },
];

/** The file under its true type, or nothing when it is no picture that the server reads. */
export async function asPicture(file: File): Promise<File | undefined> {
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const kind = STARTS.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (!kind) return undefined;
  return file.type === kind.type ? file : new File([file], file.name, { type: kind.type });
}
