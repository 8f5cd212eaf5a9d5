/** Texts of one part of a page, in both languages. */
export interface Texts {
  [key: string]: string | Texts;
}

type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

export interface Bundle {
  zh: Texts;
  en: Texts;
}

/** Puts Chinese and English side by side; a key that only one of them has does not compile. */
export function texts<const T extends Texts>(zh: T, en: SameKeys<T>): Bundle {
  return { zh, en: en as Texts };
}

/** One bundle of many; each brings its own top key. */
export function merged(bundles: Bundle[]): Bundle {
  return {
    zh: Object.assign({}, ...bundles.map((bundle) => bundle.zh)) as Texts,
    en: Object.assign({}, ...bundles.map((bundle) => bundle.en)) as Texts,
  };
}
