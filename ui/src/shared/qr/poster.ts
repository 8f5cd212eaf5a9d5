/** What a poster says around its code, in one language. */
export interface PosterWords {
  scan: string;
  /** What may be typed instead of scanning. */
  typed: string;
  steps: readonly { title: string; how: string }[];
  foot: string;
}
