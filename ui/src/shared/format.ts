/** How figures, money and times are written. Times are China's, wherever the page is opened. */

export type Language = "zh" | "en";

const ZONE = "Asia/Shanghai";

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function fields(at: Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** An amount in fen as ￥35.00. */
export function money(fen: number): string {
  const rest = String(fen % 100).padStart(2, "0");
  return `￥${Math.floor(fen / 100)}.${rest}`;
}

/** 2026-05-18 14:05 */
export function dateTime(at: string | Date): string {
  const f = fields(new Date(at));
  return `${f.year}-${f.month}-${f.day} ${f.hour}:${f.minute}`;
}

/** 14:05 */
export function clockTime(at: string | Date): string {
  const f = fields(new Date(at));
  return `${f.hour}:${f.minute}`;
}

/** 2026-05-18 */
export function calendarDay(at: string | Date): string {
  return dateTime(at).slice(0, 10);
}

/** How long ago: 刚刚, 40 秒, 4 分钟, 2 小时. A moment that a fast clock puts in the future is now. */
export function since(at: string, now: Date, language: Language): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 1000));
  if (seconds < 10) return language === "zh" ? "刚刚" : "now";
  if (seconds < 60) return language === "zh" ? `${seconds} 秒` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return language === "zh" ? `${minutes} 分钟` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return language === "zh" ? `${hours} 小时` : `${hours} h`;
}

/** A moment in the past as people say it: 刚刚, 4 分钟前, 3 天前; the day once a month has passed. */
export function ago(at: string, now: Date, language: Language): string {
  const days = Math.floor((now.getTime() - new Date(at).getTime()) / 86_400_000);
  if (days >= 30) return calendarDay(at);
  if (days >= 1) return language === "zh" ? `${days} 天前` : `${days} d ago`;
  const short = since(at, now, language);
  if (short === "刚刚" || short === "now") return short;
  return language === "zh" ? `${short}前` : `${short} ago`;
}

/** How long until: 9:05, and 0:00 once it is over. */
export function countdown(until: string, now: Date): string {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Several words in one sentence. */
export function listed(words: readonly string[], language: Language): string {
  return words.join(language === "zh" ? "、" : ", ");
}

/** Bytes of a file as 36 KB. */
export function kilobytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

/** Milliseconds as 0.4 秒. */
export function secondsOf(millis: number, language: Language): string {
  const seconds = (millis / 1000).toFixed(1);
  return language === "zh" ? `${seconds} 秒` : `${seconds} s`;
}

/** A distance as people say it: tens of metres, or kilometres from the first one on. */
export function distance(metres: number): { unit: "metres" | "kilometres"; count: string } {
  return metres < 1000 ? { unit: "metres", count: String(Math.max(10, Math.round(metres / 10) * 10)) } : { unit: "kilometres", count: (metres / 1000).toFixed(1) };
}
