/**
 * A ticket number as somebody typed it: `12` and `012` become A012 when A011 was called, `a012` becomes A012. Anything
 * else is passed on as it is, for the station to judge.
 */
export function completeNumber(typed: string, called: string): string {
  const text = typed.trim();
  if (/^\d{1,3}$/.test(text)) return called.slice(0, 1) + text.padStart(3, "0");
  return /^[A-Za-z]\d{3}$/.test(text) ? text.toUpperCase() : text;
}
