import type { InjectionKey } from "vue";
import { inject } from "vue";

/** Fetches a picture of a shot. */
export type FetchPicture = (shot: string, kind: "shot" | "portrait") => Promise<Blob>;

/** Given by the view, which alone knows the host. */
export const pictures: InjectionKey<FetchPicture> = Symbol("pictures");

export function usePictures(): FetchPicture {
  return inject(pictures, () => Promise.reject(new Error("no pictures here")));
}

/** The key of a shot's portrait, which changes with each edition of it. */
export function editionKey(shot: { id: string; edition: number }): string {
  return `${shot.id} ${shot.edition}`;
}

/** The shot of such a key. */
export function shotOfKey(key: string): string {
  return key.split(" ")[0] ?? "";
}

/** Whether two such keys are editions of one shot's portrait. */
export function sameShot(before: string, next: string): boolean {
  return shotOfKey(before) === shotOfKey(next);
}
