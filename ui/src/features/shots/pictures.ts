import type { InjectionKey } from "vue";
import { inject } from "vue";

/** Fetches a picture of a shot. */
export type FetchPicture = (shot: string, kind: "shot" | "portrait") => Promise<Blob>;

/** Given by the view, which alone knows the host. */
export const pictures: InjectionKey<FetchPicture> = Symbol("pictures");

export function usePictures(): FetchPicture {
  return inject(pictures, () => Promise.reject(new Error("no pictures here")));
}
