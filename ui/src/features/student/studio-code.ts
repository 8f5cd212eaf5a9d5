/**
 * The studio's code in what was scanned: its QR code is this page's address with `?studio=CODE`, on whatever host; the code
 * alone will do too.
 */
export function studioCodeOf(text: string): string | undefined {
  const plain = text.trim();
  const asked = /[?&]studio=([^&#]+)/.exec(plain)?.[1];
  const code = asked === undefined ? plain : decoded(asked);
  return /^[0-9A-Za-z]{2,12}$/.test(code) ? code.toUpperCase() : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return "";
  }
}
