import { defineConfig } from "@playwright/test"
import { browserOptions } from "./tools/browser.mjs"

// Each test file starts servers of its own on free ports (e2e/fixtures.ts), so files may run side by side.
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  timeout: 120_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // On a busy machine alone, where a failure costs a whole run; what a repeat saved is named at the end of it.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: browserOptions(),
    locale: "en-GB",
    timezoneId: "Asia/Kathmandu",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
})
