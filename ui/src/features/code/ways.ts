/** The screens on the way to the image code, in their order: what stands on them and which row is touched. */
interface Screen {
  rows: readonly string[];
  touch?: number;
  wide?: boolean;
  code?: boolean;
}

export const WAYS: readonly { way: "archive" | "wechat" | "app"; screens: readonly Screen[] }[] = [
  {
    way: "archive",
    screens: [
      { rows: ["home", "archive", "look_up"], touch: 1, wide: true },
      { rows: ["archive_sign_in", "studies"], touch: 1 },
      { rows: ["pick_studies", "see_code"], touch: 1 },
      { rows: ["your_code"], code: true },
    ],
  },
  {
    way: "wechat",
    screens: [
      { rows: ["follow", "bind", "account"], touch: 2 },
      { rows: ["archive_sign_in", "archive_enter"], touch: 1 },
      { rows: ["studies", "pick_studies", "see_code"], touch: 2 },
      { rows: ["your_code"], code: true },
    ],
  },
  {
    way: "app",
    screens: [
      { rows: ["app_sign_in", "studies_query"], touch: 1 },
      { rows: ["pick_studies", "see_code"], touch: 1 },
      { rows: ["your_code"], code: true },
    ],
  },
];
