import { spawn } from "node:child_process"
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { buildPages, compileTools, root, setUp } from "./setup.mjs"

const reports = ".cache/test"
const bin = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  tsc: "node_modules/typescript/bin/tsc",
  knip: "node_modules/knip/bin/knip.js",
  vitest: "node_modules/vitest/vitest.mjs",
  playwright: "node_modules/@playwright/test/cli.js",
}

/** Runs every suite, goes on after a failure, and closes with `N passed, N failed`; exit code 1 on any failure. */
export async function runSuites() {
  const results = []
  const record = (result) => {
    results.push(result)
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ""
    console.log(`${result.name}: ${result.passed} passed, ${result.failed} failed${skipped} (${result.seconds} s)`)
  }
  try {
    await setUp()
  } catch (error) {
    return close([...results, failedStep("set-up", error)])
  }
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  record(await check("lint", [bin.biome, "check", "--error-on-warnings", "."]))
  record(await check("types", [bin.tsc, "--noEmit"]))
  record(await check("unused code", [bin.knip]))
  for (const project of ["unit", "store", "wire"]) record(await vitest(project))
  const build = await timed("build", async () => {
    await compileTools()
    await buildPages()
  })
  record(build)
  if (build.failed === 0) record(await vitest("processes"))
  if (build.failed === 0) record(await playwright())
  close(results)
}

function close(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const failing = results.filter((result) => result.failed > 0).map((result) => result.name)
  if (failing.length > 0) console.log(`Failing: ${failing.join(", ")}`)
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`)
  process.exitCode = failing.length > 0 ? 1 : 0
}

async function check(name, args) {
  return timed(name, async () => {
    const { code, said } = await run(args)
    if (code !== 0) throw new Error(said)
  })
}

async function timed(name, work) {
  const startedAt = performance.now()
  try {
    await work()
    return { name, passed: 1, failed: 0, skipped: 0, seconds: secondsSince(startedAt) }
  } catch (error) {
    return { ...failedStep(name, error), seconds: secondsSince(startedAt) }
  }
}

function failedStep(name, error) {
  console.log(`\n${error instanceof Error ? error.message : error}\n`)
  return { name, passed: 0, failed: 1, skipped: 0, seconds: 0 }
}

async function vitest(project) {
  const startedAt = performance.now()
  const file = `${reports}/${project}.json`
  const args = ["run", "--project", project, "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`]
  const { code, said } = await run([bin.vitest, ...args])
  const report = readReport(file)
  const passed = report?.numPassedTests ?? 0
  // A file that does not load fails without a test of its own.
  const failed = Math.max(report?.numFailedTests ?? 0, code === 0 ? 0 : 1)
  if (failed > 0) console.log(`\n${said.trim()}\n`)
  return { name: project, passed, failed, skipped: report?.numPendingTests ?? 0, seconds: secondsSince(startedAt) }
}

async function playwright() {
  const startedAt = performance.now()
  const name = "end-to-end"
  try {
    const { ensureBrowser } = await import("./browser.mjs")
    await ensureBrowser()
  } catch (error) {
    return failedStep(name, error)
  }
  const file = `${reports}/e2e.json`
  const { code, said } = await run([bin.playwright, "test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  const report = readReport(file)
  const stats = report?.stats
  const failed = Math.max(stats?.unexpected ?? 0, code === 0 ? 0 : 1)
  if (failed > 0 || stats?.flaky > 0) console.log(`\n${said.trim()}\n`)
  for (const title of unsteady(report ?? {})) console.log(`Failed once, passed when repeated: ${title}`)
  for (const reason of new Set(whySkipped(report ?? {}))) console.log(`Some browser tests were not run: ${reason}`)
  const seconds = secondsSince(startedAt)
  const passed = (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  return { name, passed, failed, skipped: stats?.skipped ?? 0, seconds }
}

/** The tests that a repeat saved: each of them is a race, in the product or in the test. */
function unsteady({ suites = [], specs = [] }) {
  const titles = specs.flatMap((spec) => (spec.tests.some((test) => test.status === "flaky") ? [spec.title] : []))
  return [...titles, ...suites.flatMap(unsteady)]
}

function whySkipped({ suites = [], specs = [] }) {
  const annotations = specs.flatMap((spec) => spec.tests.flatMap((test) => test.annotations))
  const reasons = annotations.flatMap(({ type, description }) => (type === "skip" ? [description] : []))
  return [...reasons, ...suites.flatMap(whySkipped)]
}

function run(args, extraEnv = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ...extraEnv },
    })
    const end = (signal) => {
      child.kill(signal)
      process.exit(1)
    }
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, end)
    let said = ""
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        said += text
      })
    child.on("exit", (code) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, end)
      resolve({ code: code ?? 1, said })
    })
  })
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return null
  }
}

function secondsSince(startedAt) {
  return Math.round((performance.now() - startedAt) / 1000)
}
