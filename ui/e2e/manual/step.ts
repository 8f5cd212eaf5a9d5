import type { Browser, Page } from "@playwright/test";

import type { Addresses } from "../studio/running-studio";

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The pages of the manual, in their order. */
export const CHAPTERS = ["phone", "preview", "studio", "desk", "office"] as const;
export type ChapterId = (typeof CHAPTERS)[number];

/** Whose screens are seen. Nobody here exists. */
export const SCREENS = {
  lin: "phone",
  chen: "phone",
  wu: "phone",
  friend: "phone",
  desk: "desk",
  board: "desk",
  office: "office",
  reviewer: "office",
} as const;
export type ScreenName = keyof typeof SCREENS;

/** What the people of the story have in their hands. */
export type Scene = Record<ScreenName, Page> & {
  addresses: Addresses;
  browser: Browser;
  /** The administrator and the reviewer at work elsewhere. */
  admin: (path: string, body?: object | string) => Promise<Record<string, unknown>>;
  review: (path: string, body?: object | string) => Promise<Record<string, unknown>>;
};

export interface Words {
  title: string;
  text: string;
}

/**
 * One step of the manual: what is done, and what is said about it beside the picture of the screen afterwards. A step cannot be
 * written without both languages, and the picture is made by doing it.
 */
export interface Step extends Record<Language, Words> {
  chapter: ChapterId;
  /** The picture's name. */
  name: string;
  on: ScreenName;
  act: (scene: Scene) => Promise<void>;
  /** Done once more in each language, for what keeps the words with which it was opened. */
  anew?: (page: Page) => Promise<void>;
}
