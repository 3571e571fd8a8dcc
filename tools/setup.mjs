import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { compressPages } from "./compress-pages.mjs"

/** The root of the project; every program runs there. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const lockCopy = join(root, "node_modules/.package-lock.json")
const abiMark = join(root, "node_modules/.gatehouse-abi")
const clientsMark = join(root, "lib/store/generated/.made-from")
const toolsMark = join(root, "dist/.made-from")
const pagesMark = join(root, ".next/.made-from")

/** Installs the packages and generates the database clients, where they are missing or stale. */
export async function setUp() {
  process.chdir(root)
  if (!installed()) {
    await step("Installing packages (a few minutes the first time)", () => npm(["ci", "--include=dev"]))
    writeFileSync(abiMark, abi())
  }
  const made = hash([join(root, "prisma/sqlite/schema.prisma"), join(root, "node_modules/prisma/package.json")])
  if (read(clientsMark) !== made) {
    await step("Generating database clients", async () => {
      const { generate } = await import("./db-generate.mjs")
      generate()
    })
    writeFileSync(clientsMark, made)
  }
}

/** Compiles the server and the tools into dist/, where they are missing or stale. */
export async function compileTools() {
  const made = hash(["server.ts", "lib", "tools", "package.json", "package-lock.json", "tsconfig.json"])
  if (read(toolsMark) === made) return
  const { build, stop } = await import("esbuild")
  const { outputFiles } = await build({
    entryPoints: ["server.ts", ...toolNames().map((name) => `tools/${name}.ts`)],
    outdir: "dist",
    outbase: ".",
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    packages: "external",
    plugins: [{ name: "inline", setup: inlineZod }],
    sourcemap: "linked",
    write: false,
    logLevel: "warning",
  }).catch(() => {
    throw new StepFailed("The server could not be compiled, for the reasons above.")
  })
  await stop()
  mkdirSync("dist", { recursive: true })
  // By rename, so that a program that starts at this moment never reads half a file.
  for (const { path, contents } of outputFiles) {
    writeFileSync(`${path}.new`, contents)
    renameSync(`${path}.new`, path)
  }
  writeFileSync(toolsMark, made)
}

/** Builds the pages into .next/, where they are missing or stale. */
export async function buildPages() {
  const sources = [
    "app",
    "components",
    "lib",
    "public",
    "proxy.ts",
    "next.config.mjs",
    "postcss.config.mjs",
    "tools/compress-pages.mjs",
  ]
  const made = hash([...sources, "package.json", "package-lock.json", "tsconfig.json"])
  if (read(pagesMark) === made && existsSync(".next/BUILD_ID")) return
  rmSync(pagesMark, { force: true })
  await step("Building the pages (a minute or so)", async () => {
    await quietly(process.execPath, ["node_modules/next/dist/bin/next", "build"], { NODE_ENV: "production" })
    await compressPages(".next/static")
  })
  writeFileSync(pagesMark, made)
}

// Loading its two hundred files one by one costs a start more than everything else that is ours.
function inlineZod(build) {
  build.onResolve({ filter: /^zod$/ }, () => ({ path: join(root, "node_modules/zod/index.js") }))
}

/** The names of the programs that package.json runs through tools/run.mjs. */
export function toolNames() {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  const names = Object.values(scripts).flatMap((line) => /tools\/run\.mjs (\S+)/.exec(line)?.[1] ?? [])
  return names.filter((name) => existsSync(join(root, "tools", `${name}.ts`)))
}

/** Goes on as a compiled program, in this very process. */
export async function become(program, args) {
  process.argv = [process.argv[0], join(root, program), ...args]
  endWithStarter()
  await import(pathToFileURL(join(root, program)).href)
}

// npm ends the shell between itself and this process when it is told to stop, and the shell tells nobody.
function endWithStarter() {
  const starter = process.ppid
  if (process.env.npm_lifecycle_event === undefined) return
  setInterval(() => {
    if (process.ppid !== starter) process.kill(process.pid, "SIGTERM")
  }, 500).unref()
}

/** Runs a program in this console, to its end; says with which code it ended. */
export function follow(args, extraEnv = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...extraEnv } })
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)))
}

/** Runs a program without a sound; throws with all it said where it fails. */
export function quietly(command, args, extraEnv = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...extraEnv },
      shell: process.platform === "win32" && !command.endsWith(".exe"),
    })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text))
    child.on("error", reject)
    child.on("exit", (code) =>
      code === 0
        ? resolve(said)
        : reject(new StepFailed(`${basename(command)} ${args.join(" ")} failed:\n${said.trim()}`)),
    )
  })
}

/** Ends the process with one sentence, and without a stack where the cause is known. */
export function fail(error) {
  console.error(error instanceof StepFailed ? error.message : error)
  process.exit(1)
}

class StepFailed extends Error {}

async function step(words, work) {
  const startedAt = performance.now()
  process.stdout.write(`${words} … `)
  try {
    await work()
  } catch (error) {
    process.stdout.write("failed\n")
    throw error
  }
  process.stdout.write(`done in ${Math.max(1, Math.round((performance.now() - startedAt) / 1000))} s\n`)
}

function npm(args) {
  const env = {
    // Without this, Prisma tries to download an engine that nothing here uses.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    npm_config_loglevel: "error",
    NODE_ENV: "development",
  }
  const own = process.env.npm_execpath
  return own ? quietly(process.execPath, [own, ...args], env) : quietly("npm", args, env)
}

function abi() {
  return `${process.platform} ${process.arch} ${process.versions.modules}`
}

// npm leaves a copy of what it installed. Optional packages of other platforms are not in it.
function installed() {
  if (!existsSync(lockCopy)) return false
  const mark = read(abiMark)
  if (mark === null) writeFileSync(abiMark, abi())
  else if (mark !== abi()) return false
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages
  const present = JSON.parse(readFileSync(lockCopy, "utf8")).packages
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" ||
      (present[path]
        ? present[path].version === entry.version
        : Boolean(entry.optional || entry.devOptional || entry.peer)),
  )
}

function hash(paths) {
  const sum = createHash("sha256").update(process.versions.modules)
  for (const path of paths.flatMap(files).sort()) sum.update(`\0${relative(root, path)}\0`).update(readFileSync(path))
  return sum.digest("hex")
}

function files(path) {
  const full = join(root, relative(root, path.startsWith(root) ? path : join(root, path)))
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { withFileTypes: true }).flatMap((entry) =>
      entry.name === "generated" || /\.(test|spec)\.tsx?$/.test(entry.name) ? [] : files(join(full, entry.name)),
    )
  } catch {
    return [full]
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}
