const KEPT = "gradshot.sandbox-wechat";

/** What the pretended WeChat would give this phone: the same person each time. */
export function wechatCode(): string {
  let name: string | null = null;
  try {
    name = localStorage.getItem(KEPT);
    if (!name) localStorage.setItem(KEPT, (name = crypto.randomUUID()));
  } catch {
    // A browser that keeps nothing is a new person each time.
  }
  return `sandbox-${name ?? crypto.randomUUID()}`;
}
