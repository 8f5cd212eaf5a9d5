/** What the server will say no to is said before it is asked. */
export function isPhone(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text.trim());
}

export function isPassword(text: string): boolean {
  return text.length >= 8 && text.length <= 64;
}

export function isSmsCode(text: string): boolean {
  return /^\d{6}$/.test(text.trim());
}

export function isLast4(text: string): boolean {
  return /^\d{3}[\dXx]$/.test(text.trim());
}
