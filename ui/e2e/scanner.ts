import type { Page } from "@playwright/test";

/** Between two characters of a USB scanner, seconds. */
const GAP_S = 0.008;

/**
 * Types like a USB scanner, Enter included. The keys carry a scanner's own times, so that a busy machine, on which they
 * arrive late, changes nothing.
 */
export async function scan(page: Page, text: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const startS = Date.now() / 1000;
  const keys = [...[...text].map((key) => ({ key, text: key })), { key: "Enter", text: "\r" }];
  for (const [index, { key, text: typed }] of keys.entries()) {
    const timestamp = startS + index * GAP_S;
    await keyboard.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: typed, timestamp });
    await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", key, timestamp });
  }
  await keyboard.detach();
}
