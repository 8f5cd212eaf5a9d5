/** Drawn stand-ins for photographs of people. */
import type { Browser } from "@playwright/test";

const PERSON = `<path d="M10 640q10-140 150-172h160q140 32 150 172z" fill="#e8e6e3"/><path d="M198 390h84v96h-84z" fill="#d9a98a"/><ellipse cx="240" cy="262" rx="118" ry="160" fill="#2b2320"/><ellipse cx="240" cy="286" rx="98" ry="138" fill="#e6bb9c"/><ellipse cx="240" cy="176" rx="96" ry="44" fill="#2b2320"/><circle cx="200" cy="262" r="7" fill="#30221a"/><circle cx="280" cy="262" r="7" fill="#30221a"/><ellipse cx="240" cy="352" rx="26" ry="6" fill="#b4665c"/>`;
const picture = (width: number, height: number, what: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${what}</svg>`;
const portrait = `<rect width="480" height="640" fill="#64c5ff"/>${PERSON}`;

/** A 3:4 picture in the standard's blue, for wherever a portrait belongs. */
export const PORTRAIT_SVG = picture(480, 640, portrait);
/** A 3:2 shot before a studio's wall. */
export const SHOT_SVG = picture(960, 640, `<rect width="960" height="640" fill="#d8d5cf"/><g transform="translate(240)">${PERSON}</g>`);
/** Eight small portraits on one sheet, to be cut out. */
export const SHEET_SVG = picture(1524, 1016, `<rect width="1524" height="1016" fill="#fff"/>${[0, 1, 2, 3, 4, 5, 6, 7].map((at) => `<svg x="${112 + (at % 4) * 330}" y="${78 + Math.floor(at / 4) * 440}" width="315" height="420" viewBox="0 0 480 640">${portrait}</svg>`).join("")}`);

/** A shot of a phone held upright. */
export const PHONE_SHOT_SVG = picture(480, 640, `<rect width="480" height="640" fill="#d8d5cf"/>${PERSON}`);

const drawings = new Map<string, Promise<Buffer>>();

/** A drawing as the bytes of a picture, as a camera gives them. */
export function framed(browser: Browser, svg: string): Promise<Buffer> {
  const drawn = drawings.get(svg) ?? draw(browser, svg);
  drawings.set(svg, drawn);
  return drawn;
}

async function draw(browser: Browser, svg: string): Promise<Buffer> {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const painter = await browser.newPage({ viewport: { width: Number(width), height: Number(height) }, isMobile: false, hasTouch: false });
  await painter.setContent(`<body style="margin:0;overflow:hidden">${svg}</body>`);
  const bytes = await painter.screenshot({ type: "png" });
  await painter.close();
  return bytes;
}
