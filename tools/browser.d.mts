import type { LaunchOptions } from "@playwright/test"

/** How to launch a browser for the end-to-end tests: the given one, else an installed one, else Playwright's own. */
export function browserOptions(): LaunchOptions

/** Installs a browser where none is found. */
export function ensureBrowser(): Promise<void>
