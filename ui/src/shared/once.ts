import { ProblemError } from "./api/problem";
import { onceKey } from "./idempotency";

const PREFIX = "gradshot.once.";
/** As long as the server keeps an answer, milliseconds; later a key is worth nothing. */
const KEPT_MS = 24 * 60 * 60_000;

interface Kept {
  key: string;
  of: number;
  at: number;
}

/**
 * Does something under one key until the server has answered: pressed again after a cut line, after a refresh or in another
 * tab it is still the same request, which the server does once. Another `body` is another request.
 */
export async function once<T>(what: string, body: unknown, work: (key: string) => Promise<T>): Promise<T> {
  const name = PREFIX + what;
  const of = digest(JSON.stringify(body ?? null));
  const kept = read(name);
  const key = kept && kept.of === of && Date.now() - kept.at < KEPT_MS ? kept.key : onceKey();
  write(name, { key, of, at: Date.now() });
  try {
    const done = await work(key);
    forget(name);
    return done;
  } catch (cause) {
    // Only an answer ends it; a request that is still in hand is not answered.
    if (cause instanceof ProblemError && cause.problem.status > 0 && cause.problem.status < 500 && cause.problem.code !== "idempotency.in_hand") forget(name);
    throw cause;
  }
}

/** FNV-1a: tells two requests apart, and says nothing of what is in them. */
function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

function read(name: string): Kept | undefined {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? "null") as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(name: string, kept: Kept): void {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // Where nothing may be kept, a key lasts as long as its request.
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
