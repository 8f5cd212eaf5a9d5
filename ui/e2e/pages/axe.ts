import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds against the rules of WCAG, each with its places; what is grave alone where so said. */
export async function faults(page: Page, part?: string, grave = false): Promise<string[]> {
  // In one go in the page itself: there are no frames from elsewhere, for which axe opens a page of its own each time.
  const axe = new AxeBuilder({ page }).withTags(WCAG).setLegacyMode(true);
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  const counted = violations.filter(({ impact }) => !grave || impact === "serious" || impact === "critical");
  return counted.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
