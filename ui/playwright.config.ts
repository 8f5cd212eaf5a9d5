import { defineConfig, devices } from "@playwright/test";

const PORT = 4873;

/**
 * Three kinds of tests: `pages` shows each built page with a played server, `studio` drives the pages against a real
 * `gradshot studio`, which each test file starts for itself, and `manual` walks our own manual at one
 * (`cargo xtask manual`; not a part of every run).
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  timeout: 60_000,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.GRADSHOT_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] },
  },
  projects: [
    { name: "pages", testDir: "e2e/pages", use: { baseURL: `http://127.0.0.1:${PORT}` } },
    { name: "studio", testDir: "e2e/studio" },
    { name: "manual", testDir: "e2e/manual" },
  ],
  webServer: {
    command: `npm run preview -- --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}/desk.html`,
    reuseExistingServer: !process.env.CI,
  },
});
