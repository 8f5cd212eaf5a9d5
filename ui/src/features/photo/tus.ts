import { ProblemError, isProblem, problemOf } from "@/shared/api/problem";

/** A piece small enough that little is lost when the line is cut on a slow network, bytes. */
const PIECE_BYTES = 512 * 1024;
/** Longest silence of one request, milliseconds. */
const PATIENCE_MS = 60_000;

const RESUMABLE = { "Tus-Resumable": "1.0.0" };

/** Where a photo comes from. */
export type ShotSource = "camera" | "album";

/** Announces a shot (tus 1.0.0, creation). Answers where its pieces go. */
export async function announce(collection: string, file: Blob, source: ShotSource, key: string): Promise<string> {
  const metadata = `filetype ${btoa(file.type || "image/jpeg")},source ${btoa(source)}`;
  const headers = { ...RESUMABLE, "Idempotency-Key": key, "Upload-Length": String(file.size), "Upload-Metadata": metadata };
  const answered = await ask("POST", `/api/collections/${collection}/shots`, headers);
  const location = answered.getResponseHeader("Location");
  if (!location) throw new ProblemError(problemOf(undefined));
  return new URL(location, window.location.origin).pathname;
}

/** How many bytes of a shot the server has. */
export async function offsetOf(shot: string): Promise<number> {
  const answered = await ask("HEAD", shot, RESUMABLE);
  return Number(answered.getResponseHeader("Upload-Offset") ?? 0);
}

/** Takes a shot back that did not become a portrait yet. */
export async function drop(shot: string): Promise<void> {
  await ask("DELETE", shot, RESUMABLE);
}

/** Sends what the server does not have yet, piece by piece, from where it stands. */
export async function sendFrom(shot: string, file: Blob, offset: number, mostBytes: number, told: (bytes: number) => void, stop: AbortSignal): Promise<void> {
  let from = offset;
  while (from < file.size) {
    const to = Math.min(from + Math.min(PIECE_BYTES, mostBytes), file.size);
    const piece = file.slice(from, to);
    const headers = { ...RESUMABLE, "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream", ...(await checksum(piece)) };
    const start = from;
    await ask("PATCH", shot, headers, piece, (sent) => told(start + sent), stop);
    from = to;
    told(from);
  }
}

/** Only pages that came over a safe line may compute digests; without one the server trusts TCP. */
async function checksum(piece: Blob): Promise<Record<string, string>> {
  if (!window.crypto.subtle) return {};
  const digest = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
  return { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}` };
}

/** `fetch` does not say how much was sent; the older way does. */
function ask(method: string, path: string, headers: Record<string, string>, body?: Blob, told?: (sent: number) => void, stop?: AbortSignal): Promise<XMLHttpRequest> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    const cut = () => failed(new ProblemError(problemOf(new TypeError("no answer"))));
    request.open(method, path);
    request.timeout = PATIENCE_MS;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (told) request.upload.onprogress = ({ loaded }) => told(loaded);
    request.onerror = cut;
    request.ontimeout = cut;
    request.onabort = cut;
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) done(request);
      else failed(new ProblemError(refusal(request)));
    };
    stop?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body ?? null);
  });
}

function refusal({ responseText, status }: XMLHttpRequest) {
  try {
    const told: unknown = JSON.parse(responseText);
    if (isProblem(told)) return told;
  } catch {
    // An answer to HEAD has no words.
  }
  return { ...problemOf(undefined), status };
}
