import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium } from "@playwright/test"
import { quietly } from "./setup.mjs"

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/** How to launch a browser for the end-to-end tests: the given one, else an installed one, else Playwright's own. */
export function browserOptions() {
  const executablePath = findBrowser()
  // Chromium's sandbox does not work for root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : []
  return { args, ...(executablePath === null ? {} : { executablePath }) }
}

/** The path of a browser, or null where none is found. */
export function findBrowser() {
  const given = process.env.GATEHOUSE_TEST_BROWSER
  if (given) return given
  const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin", "/usr/local/bin", "/snap/bin")
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...candidates, ...elsewhere, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/** Installs a browser where none is found: Debian's as root, Playwright's own otherwise. */
export async function ensureBrowser() {
  if (findBrowser() !== null) return
  console.log("Installing a browser for the end-to-end tests …")
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await quietly("apt-get", ["update", "-q"]).catch(() => undefined)
    await quietly("apt-get", ["install", "-y", "-q", "chromium"], { DEBIAN_FRONTEND: "noninteractive" }).catch(
      () => undefined,
    )
  }
  if (findBrowser() !== null) return
  await quietly(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"])
}
