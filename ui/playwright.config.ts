import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";

const PORT = 4873;
const chromium = { executablePath: process.env.GRADSHOT_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] };
/** One font and one way to draw it, whatever else this machine has: pictures are compared. */
const fonts = { ...process.env, FONTCONFIG_FILE: join(import.meta.dirname, "e2e/fonts.conf") } as Record<string, string>;

/**
 * Three kinds of tests: `pages` shows each built page with a played server, `studio` drives the pages against a real
 * `gradshot studio`, which each test file starts for itself, and `manual` walks our own manual at one
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
      threshold: 0.1,
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
    { name: "pages", testDir: "e2e/pages", ignoreSnapshots: process.platform !== "linux", use: { baseURL: `http://127.0.0.1:${PORT}`, launchOptions: { ...chromium, env: fonts } } },
    { name: "studio", testDir: "e2e/studio" },
    { name: "manual", testDir: "e2e/manual" },
  ],
  webServer: {
    command: `npm run preview -- --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}/desk.html`,
    reuseExistingServer: !process.env.CI,
  },
});
