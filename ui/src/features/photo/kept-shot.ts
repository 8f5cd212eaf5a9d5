import type { ShotSource } from "./tus";

/** A photo that was taken and is not decided yet. It rests on this phone only, so that a refresh loses nothing. */
export interface KeptShot {
  collection: string;
  file: Blob;
  source: ShotSource;
  /** Where its pieces go, once the server knows of it. */
  shot?: string;
  takenAt: number;
}

const NAME = "gradshot";
const TABLE = "shots";
/** The server gives an upload up after a day. */
const KEPT_MS = 24 * 60 * 60_000;

/** Where nothing may be kept, it lasts as long as the page. */
const memory = new Map<string, KeptShot>();

/** Keeps the newest photo of a collection in the place of the one before. */
export async function keepShot(kept: KeptShot): Promise<void> {
  memory.set(kept.collection, kept);
  await table("readwrite", (shots) => shots.put(kept, kept.collection)).catch(() => undefined);
}

/** The photo of a collection that is on this phone. */
export async function keptShot(collection: string): Promise<KeptShot | undefined> {
  const kept = memory.get(collection) ?? (await table<KeptShot | undefined>("readonly", (shots) => shots.get(collection)).catch(() => undefined));
  if (!kept || Date.now() - kept.takenAt < KEPT_MS) return kept;
  await forgetShot(collection);
  return undefined;
}

/** Forgets a collection's photo. */
export async function forgetShot(collection: string): Promise<void> {
  memory.delete(collection);
  await table("readwrite", (shots) => shots.delete(collection)).catch(() => undefined);
}

/** Forgets all of them: somebody else may use this phone next. */
export async function forgetAllShots(): Promise<void> {
  memory.clear();
  await table("readwrite", (shots) => shots.clear()).catch(() => undefined);
}

function table<T>(mode: IDBTransactionMode, work: (shots: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
    opening.onerror = () => failed(opening.error ?? new Error("nothing may be kept"));
    opening.onsuccess = () => {
      const base = opening.result;
      const turn = base.transaction(TABLE, mode);
      const asked = work(turn.objectStore(TABLE));
      turn.oncomplete = () => {
        base.close();
        done(asked.result as T);
      };
      turn.onerror = turn.onabort = () => {
        base.close();
        failed(turn.error ?? new Error("nothing may be kept"));
      };
    };
  });
}
