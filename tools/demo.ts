import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { createAdmin } from "@/lib/store/create-admin"
import { currentStore } from "@/lib/store/instance"
import { hashPassword } from "@/lib/store/password"
import type { Store } from "@/lib/store/store"
import { consoleAdmin } from "./as-console"
import { startDemoClock } from "./demo/clock"
import { type Stage, setStage } from "./demo/stage"
import { type Admins, knocking, online, tellStory } from "./demo/story"
import { inherited, settleEnvironment } from "./environment"

const usage = `npm run demo [-- --fresh]

Starts Gatehouse with a made-up fleet that really connects, in ./demo-data. The first run tells the story of six
weeks in half a minute; later runs go on from there, --fresh begins again.`

const dataDir = resolve("demo-data")
const passwordFile = join(dataDir, "demo-password")
const toldFile = join(dataDir, "demo-told")
const dayMs = 86_400_000
const ownerEmail = "olivia@example.com"

function keepPassword(): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, `demo-${randomBytes(6).toString("base64url")}\n`, { mode: 0o600 })
  }
  return readFileSync(passwordFile, "utf8").trim()
}

/** Starts the server in this process, so that the store's commands here reach its sockets, as the console's do. */
async function startHere(password: string): Promise<{ store: Store; url: string }> {
  const port = inherited.PORT || "18790"
  settleEnvironment({
    HOST: "127.0.0.1",
    PORT: port,
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_OWNER_EMAIL: ownerEmail,
    GATEHOUSE_OWNER_PASSWORD: password,
    GATEHOUSE_TRUSTED_PROXIES: "127.0.0.2",
    // Blank counts as absent: the demo keeps to its own directory whatever the shell has set.
    DATABASE_URL: "",
    GATEHOUSE_URL: "",
    GATEHOUSE_GATEWAY_TOKEN: "",
    GATEHOUSE_SERVER_KEY: "",
    GATEHOUSE_SERVER_KEY_FILE: "",
    GATEHOUSE_TLS_CERT: "",
    GATEHOUSE_TLS_KEY: "",
  })
  await import(pathToFileURL(resolve("tools/start.mjs")).href)
  const address = `127.0.0.1:${port}`
  const store = await installedStore()
  while (!(await fetch(`http://${address}/readyz`).catch(() => null))?.ok) await pause(100)
  return { store, url: `ws://${address}` }
}

/** The store of the server that starts in this process. If it cannot start, it says why and ends the process. */
async function installedStore(): Promise<Store> {
  for (;;) {
    try {
      return currentStore()
    } catch {
      await pause(100)
    }
  }
}

async function hireAdmins(store: Store, password: string): Promise<Admins> {
  const nowMs = Date.now()
  const actor = { kind: "system", name: "demo" } as const
  const passwordHash = await hashPassword(password)
  const people = [
    { email: "ben@example.com", name: "Ben", role: "approver" },
    { email: "vera@example.com", name: "Vera", role: "viewer" },
  ] as const
  for (const person of people) await createAdmin(store, { admin: { ...person, passwordHash }, actor, nowMs })
  await store.db.admin.update({ where: { email: ownerEmail }, data: { name: "Olivia" }, select: { adminId: true } })
  const admins = await store.db.admin.findMany({ select: { adminId: true, name: true, email: true } })
  const byEmail = (email: string) => {
    const admin = admins.find((each) => each.email === email)
    if (admin === undefined) throw new Error(`There is no admin ${email}.`)
    return consoleAdmin({ id: admin.adminId, name: admin.name })
  }
  return { olivia: byEmail(ownerEmail), ben: byEmail("ben@example.com") }
}

/** Plays the scenes in the order of their time, with the clock of this process where each of them happened. */
async function play(stage: Stage, admins: Admins, endMs: number, moveTo: (atMs: number) => void): Promise<void> {
  const scenes = [...tellStory(stage, admins)].sort((one, other) => other.daysAgo - one.daysAgo)
  for (const scene of scenes) {
    moveTo(endMs - scene.daysAgo * dayMs)
    await scene.act()
  }
}

/** The first run: the server starts six weeks ago, and time passes with the story until it is now. */
async function beginWithStory(password: string): Promise<{ stage: Stage; url: string }> {
  const endMs = Date.now()
  const clock = startDemoClock(endMs - 43 * dayMs)
  const { store, url } = await startHere(password)
  const stage = setStage(store, { url, dataDir })
  console.log("Telling the story of six weeks (half a minute) …")
  const mark = { value: "true", updatedAtMs: Date.now(), updatedBy: "demo" }
  await store.db.setting.upsert({ where: { key: "demo" }, create: { key: "demo", ...mark }, update: mark })
  await play(stage, await hireAdmins(store, password), endMs, clock.moveTo)
  await store.observed.flush()
  clock.end()
  writeFileSync(toldFile, `${new Date(endMs).toISOString()}\n`)
  return { stage, url }
}

async function goOn(password: string): Promise<{ stage: Stage; url: string }> {
  const { store, url } = await startHere(password)
  return { url, stage: setStage(store, { url, dataDir }) }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { fresh: { type: "boolean" }, help: { type: "boolean" } } })
  if (values.help) return console.log(usage)
  if (process.platform !== "linux") {
    console.error("The demo needs Linux: its devices look remote by dialling from 127.0.0.2, which other systems lack.")
    process.exitCode = 1
    return
  }
  // A story that broke off in the middle cannot be gone on with.
  if (values.fresh || !existsSync(toldFile)) rmSync(dataDir, { recursive: true, force: true })
  const password = keepPassword()
  const { stage, url } = existsSync(toldFile) ? await goOn(password) : await beginWithStory(password)
  for (const character of online) stage.stay(character)
  for (const [character, ask] of knocking) stage.stay(character, ask)
  const waiting = `${online.length} devices are online, ${knocking.length} knock and wait for you.`
  console.log(`
This is a demo: everything in ${dataDir} is made up, though every device really connected.
  ${url.replace("ws:", "http:")}
  owner     ${ownerEmail}
  approver  ben@example.com
  viewer    vera@example.com
  password  ${password}   (all three)
${waiting} Ctrl-C ends it.`)
}

await main()
