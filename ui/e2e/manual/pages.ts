import { CHAPTERS, LANGUAGES, SCREENS } from "./step";
import type { ChapterId, Language, Step, Words } from "./step";
import { STORY } from "./story";

/** The manual's pages, made of nothing but the steps. */

const TITLE: Record<Language, Words> = {
  zh: { title: "使用手册", text: "每一步都有一张真实画面。画面里的学校、照相馆和人名都是虚构的。" },
  en: { title: "Manual", text: "Each step has a picture of the real screen. Schools, studios and names in them are invented." },
};

/** Whose photos are seen. */
const CREDITS = {
  zh: "画面里的人像是示例照片，作者和许可写在[示例照片](../../../assets/photos/README.md)一页。",
  en: "The people in the pictures come from the [sample photos](../../../assets/photos/README.md), where authors and licences are named.",
} as const;

const ABOUT: Record<ChapterId, Record<Language, Words>> = {
  phone: {
    zh: { title: "学生：手机拍照，先付款", text: "从扫码到审核，一个人不出门就能办完。一次付款，提交之前不限次数重拍。" },
    en: { title: "Students: by phone, paid first", text: "From the code to the review without leaving home. One payment, any number of photos until one is submitted." },
  },
  preview: {
    zh: { title: "学生：先看标准照，满意再付款", text: "有的学校先拍后付。拍到满意再提交、付款；付款之后不能再用手机重拍。" },
    en: { title: "Students: see the portrait, then pay", text: "Some schools take the money last. Shoot until you are content, then submit and pay; after paying there are no more photos by phone." },
  },
  studio: {
    zh: { title: "学生：到照相馆拍", text: "在手机上选店、付款，到店扫码排队，照片当场看、当场定。" },
    en: { title: "Students: at a studio", text: "Choose and pay on the phone, scan the studio's code, wait for the call, and decide on the portrait on the spot." },
  },
  desk: {
    zh: { title: "照相馆：采集台", text: "一位操作员、一台相机、一块叫号屏。每个动作一个键，键名写在按钮上。" },
    en: { title: "Studios: the desk", text: "One operator, one camera, one board. Each action has one key, and the key stands on its button." },
  },
  office: {
    zh: { title: "学校与公司：后台", text: "开批次、传名单、审照片、交学信网，都在浏览器里。" },
    en: { title: "Schools and companies: the office", text: "Campaigns, rosters, review and hand-over, all in a browser." },
  },
};

const OTHER = { zh: { language: "en", name: "English" }, en: { language: "zh", name: "中文" } } as const;
const INDEX = { zh: "目录", en: "Contents" } as const;
/** How wide a phone's picture stands beside its words, pixels. */
const PHONE_WIDTH_PX = 240;

export const stepsOf = (chapter: ChapterId): readonly Step[] => STORY.filter((step) => step.chapter === chapter);

/** Where a step's picture lies, from the manual's folder. */
export const pictureOf = (step: Step, language: Language): string => `${language}/${step.chapter}/${step.name}.webp`;

/** A file's path from the manual's folder, and its text. */
export function pages(): Map<string, string> {
  const all = new Map<string, string>();
  for (const language of LANGUAGES) {
    all.set(`${language}/README.md`, index(language));
    for (const chapter of CHAPTERS) all.set(`${language}/${chapter}.md`, page(chapter, language));
  }
  return all;
}

function index(language: Language): string {
  const { title, text } = TITLE[language];
  const other = OTHER[language];
  const rows = CHAPTERS.map((chapter) => `- [${ABOUT[chapter][language].title}](${chapter}.md)\n  ${ABOUT[chapter][language].text}`);
  return [`# ${title}`, text, `[${other.name}](../${other.language}/README.md)`, rows.join("\n"), CREDITS[language]].join("\n\n") + "\n";
}

function page(chapter: ChapterId, language: Language): string {
  const { title, text } = ABOUT[chapter][language];
  const other = OTHER[language];
  const steps = stepsOf(chapter);
  const isHandheld = steps.every(({ on }) => SCREENS[on] === "phone");
  const body = isHandheld ? table(steps, language) : steps.map((step, at) => section(step, at, language)).join("\n\n");
  const links = `[${INDEX[language]}](README.md) · [${other.name}](../${other.language}/${chapter}.md)`;
  return [`# ${title}`, text, links, body].join("\n\n") + "\n";
}

function table(steps: readonly Step[], language: Language): string {
  const rows = steps.map((step, at) => `| ${image(step, language)} | **${at + 1}. ${step[language].title}**<br><br>${step[language].text} |`);
  return ["| | |", "|---|---|", ...rows].join("\n");
}

function section(step: Step, at: number, language: Language): string {
  return `## ${at + 1}. ${step[language].title}\n\n${step[language].text}\n\n${image(step, language)}`;
}

function image(step: Step, language: Language): string {
  const source = `${step.chapter}/${step.name}.webp`;
  const alt = step[language].title;
  return SCREENS[step.on] === "phone" ? `<img src="${source}" width="${PHONE_WIDTH_PX}" alt="${alt}">` : `![${alt}](${source})`;
}
