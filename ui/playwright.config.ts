import { join } from "node:path";
import type { Project } from "@playwright/test";
import { defineConfig, devices } from "@playwright/test";

const PORT = 4873;
const chromium = { executablePath: process.env.GRADSHOT_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] };
/** One font, one way to draw it and one language for the browser's own controls, whatever else this machine has: pictures are compared. */
const plain = { ...process.env, FONTCONFIG_FILE: join(import.meta.dirname, "e2e/fonts.conf"), LANG: "C.UTF-8", LANGUAGE: "en" } as Record<string, string>;

/** A reviewer at full speed: nothing else may run beside it. */
const PACE = "**/office-pace.spec.ts";
const played: Project = {
  testDir: "e2e/pages",
  ignoreSnapshots: process.platform !== "linux",
  use: { trace: "off", baseURL: `http://127.0.0.1:${PORT}`, launchOptions: { ...chromium, env: plain } },
};

/**
 * Three kinds of tests: `pages` (and `pace`, alone) shows each built page with a played server, `studio` drives the pages
 * against a real `gradshot studio`, which each test file starts for itself, and `manual` walks our own manual at one
 * (`cargo xtask manual`; not a part of every run).
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  timeout: 60_000,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A picture that is missing fails; `cargo xtask pictures` makes it.
  updateSnapshots: "none",
  expect: {
    toHaveScreenshot: {
      pathTemplate: "../tests/pictures/looks/{arg}{ext}",
      animations: "disabled",
      caret: "hide",
      // Another accent (a twelfth of its green), a button four pixels lower and one pixel more padding were told from what was
      // kept (0.003 to 0.06 of the pixels); the same page on the same Debian differed in none. Text that is drawn another way
      // everywhere, as with hinting, differs by 0.004 to 0.016: then all pictures are made anew.
      threshold: 0.05,
      maxDiffPixelRatio: 0.001,
    },
  },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: chromium,
  },
  projects: [
    { ...played, name: "pages", testIgnore: PACE },
    { ...played, name: "pace", testMatch: PACE, workers: 1 },
    { name: "studio", testDir: "e2e/studio", workers: 1 },
    { name: "manual", testDir: "e2e/manual", workers: 1 },
  ],
  webServer: {
    command: `npm run preview -- --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}/desk.html`,
    reuseExistingServer: !process.env.CI,
  },
});
