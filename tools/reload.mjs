import { spawn } from "node:child_process"
import { readFileSync, watch } from "node:fs"
import { compileTools, root } from "./setup.mjs"

const program = "dist/server.mjs"
const quietForMs = 200

/** Runs the server in development mode, and again whenever its compiled form has changed. Ends with Ctrl-C. */
export function reload() {
  let child = start()
  let running = compiled()
  let timer
  let busy = Promise.resolve()
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      busy = busy.then(renew, renew)
    }, quietForMs)
  }
  for (const path of ["server.ts", "lib"]) watch(path, { recursive: path === "lib" }, changed)
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => {
      child.once("exit", () => process.exit(0))
      child.kill(signal)
    })

  async function renew() {
    // A mistake in the source is said by the compiler; the server goes on as it was.
    const works = await compileTools().then(
      () => true,
      () => false,
    )
    if (!works || compiled() === running) return
    running = compiled()
    await new Promise((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once("exit", resolve)
      child.kill("SIGTERM")
    })
    child = start()
  }
}

function start() {
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" }
  return spawn(process.execPath, ["--enable-source-maps", program], { cwd: root, stdio: "inherit", env })
}

function compiled() {
  return readFileSync(program, "utf8")
}
