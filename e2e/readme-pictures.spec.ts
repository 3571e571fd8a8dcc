import { createHash } from "node:crypto"
import type { Page } from "@playwright/test"
import { connectDevice } from "@/lib/store/connect-device"
import { rejectRequest } from "@/lib/store/reject-request"
import { rotateToken } from "@/lib/store/rotate-token"
import type { Store } from "@/lib/store/store"
import { knock } from "@/lib/store/testing-connect"
import { approveAsConsole, consoleAdmin } from "@/tools/as-console"
import { startServer } from "@/tools/server-process"
import { arrive, expect, type Gate, owner, test } from "./fixtures"

const dayMs = 86_400_000
const [read, write, approvals, pairing] = ["operator.read", "operator.write", "operator.approvals", "operator.pairing"]

test.use({ viewport: { width: 1200, height: 740 } })

const macos = { platform: "darwin", deviceFamily: "Mac" }
const linux = { platform: "linux", deviceFamily: "Linux" }

/** Where a device comes from, and what it says of its system. */
const cast: Readonly<
  Record<string, { readonly address: string; readonly platform: string; readonly deviceFamily: string }>
> = {
  "Ops laptop": { address: "192.168.1.20", ...linux },
  "Pixel of Jonas": { address: "192.168.1.77", platform: "android 17", deviceFamily: "Android" },
  "rack-03": { address: "10.0.3.3", ...linux },
  "kitchen display": { address: "10.0.3.7", ...linux },
  "MacBook of Olga": { address: "192.168.1.21", ...macos },
}

/** A past made by the commands themselves, each told another time; keys are made of names, so each picture is the same. */
async function tell(store: Store) {
  const { adminId } = await store.db.admin.findFirstOrThrow({ where: { email: owner.email } })
  const actor = consoleAdmin({ id: adminId, name: owner.name })
  const nowMs = Date.now()
  const at = (daysAgo: number) => nowMs - daysAgo * dayMs
  const idOf = (name: string) => createHash("sha256").update(name).digest("hex")

  const comes = async (name: string, daysAgo: number, scopes: readonly string[], from: "lan" | "loopback" = "lan") => {
    const { address, ...system } = cast[name] ?? { address: "192.168.1.30", ...linux }
    const role = scopes.length === 0 ? "node" : "operator"
    const clientId = role === "node" ? "node-host" : "gateway-client"
    const input = knock({ device: idOf(name), scopes, from, role, nowMs: at(daysAgo) })
    return connectDevice(store, {
      ...input,
      net: { ...input.net, ...(from === "lan" && { peerAddress: address }) },
      metadata: { displayName: name, clientId, clientMode: "ui", clientVersion: "2026.9.6", ...system, commands: [] },
    })
  }
  const waiting = async (name: string) =>
    (await store.db.request.findFirstOrThrow({ where: { deviceId: idOf(name), status: "pending" } })).requestId

  return {
    actor,
    adminId,
    at,
    idOf,
    comes,
    /** Asks, waits a while, is approved in full or in part, and comes in. */
    async joins(name: string, daysAgo: number, scopes: readonly string[], grant = scopes): Promise<void> {
      await comes(name, daysAgo, scopes)
      await approveAsConsole(store, { requestId: await waiting(name), grant, actor }, at(daysAgo - 0.001))
      await comes(name, daysAgo - 0.002, grant)
    },
    async isRejected(name: string, daysAgo: number, scopes: readonly string[]): Promise<void> {
      await comes(name, daysAgo, scopes)
      await rejectRequest(store, { requestId: await waiting(name), actor, nowMs: at(daysAgo - 0.001) })
    },
  }
}

/** Has the past told while no server is there that would call its requests expired, and goes on with one. */
async function withPast(
  page: Page,
  gate: Gate,
  tellIt: () => Promise<unknown>,
  goOn: () => Promise<void>,
): Promise<void> {
  await page.goto("about:blank")
  await gate.stop()
  await tellIt()
  const again = await startServer({ dataDir: gate.dataDir, port: gate.port })
  try {
    await goOn()
  } finally {
    await again.stop()
  }
}

/** Kept under docs when asked for, so that a run of the tests leaves the checkout as it is. */
async function keep(page: Page, gate: Gate, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" })
  await expect(page.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible()
  // The port is another one each time.
  await page.getByText(`ws://127.0.0.1:${gate.port}`).evaluateAll((all) => {
    for (const element of all) element.textContent = "ws://127.0.0.1:18790"
  })
  await page.mouse.move(0, 0)
  const folder = process.env.README_PICTURES ? "docs" : "test-results/pages"
  const picture = await page.screenshot({ path: `${folder}/screenshot-${name}.png`, animations: "disabled" })
  expect(picture.length, "a picture that a README can carry").toBeLessThan(200_000)
}

test("the queue", async ({ ownerPage: page, gate, store }) => {
  const { comes } = await tell(store)
  await comes("Ops laptop", 9, [read, write], "loopback")
  await comes("rack-03", 6, [read], "loopback")
  const secondsAgo = (seconds: number) => seconds / 86_400
  await comes("Ops laptop", secondsAgo(70), [read, approvals, "operator.admin"])
  await comes("Pixel of Jonas", secondsAgo(40), [read, write])
  await comes("rack-03", secondsAgo(20), [])
  await comes("kitchen display", secondsAgo(5), [])
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Ops laptop" })
  const everything = pane.getByRole("row", { name: /operator\.admin/ })
  await everything.getByRole("checkbox").click()
  await expect(pane.getByRole("button", { name: "Approve approvals, not admin" })).toBeVisible()
  await keep(page, gate, "requests")
})

test("a device with its history", async ({ ownerPage: page, gate, store }) => {
  await page.setViewportSize({ width: 1200, height: 1000 })
  const { actor, at, idOf, comes, joins } = await tell(store)
  const name = "MacBook of Olga"
  const deviceId = idOf(name)
  const rotated = async () => {
    const about = { deviceId, role: "operator", mode: { kind: "at-once" }, rememberNarrowing: true } as const
    const rotation = await rotateToken(store, { ...about, scopes: [read, approvals], actor, nowMs: at(12) })
    if (!rotation.ok) throw new Error(rotation.because)
  }
  const past = async () => {
    await joins(name, 41, [read])
    await joins(name, 33, [read, write])
    await joins(name, 24, [read, write, approvals, pairing], [read, write, approvals])
    await rotated()
    await comes(name, 11.9, [read, approvals])
    await joins(name, 5, [read, approvals, "operator.talk"])
    // What a socket tells of a device that is in.
    const seen = { lastSeenAtMs: at(0.1), operatorUsedAtMs: at(0.1) }
    await store.db.device.update({ where: { deviceId }, data: seen })
    await store.db.token.updateMany({ where: { deviceId }, data: { usedAtMs: at(4.9), predecessors: "[]" } })
  }
  await withPast(page, gate, past, async () => {
    await arrive(page, `${gate.url}/devices/${deviceId}`)
    await expect(page.getByRole("figure", { name: "Scope history over time" })).toBeInViewport({ ratio: 1 })
    await keep(page, gate, "device")
  })
})

test("the overview", async ({ ownerPage: page, gate, store }) => {
  const { adminId, comes, joins, isRejected } = await tell(store)
  const today = Math.floor(Date.now() / dayMs)
  const kinds = [
    ["request.approved", "admin", adminId, 7],
    ["request.rejected", "admin", adminId, 3],
    ["device.approved-silently", "rule", "local", 11],
    ["request.expired", "system", "", 4],
  ] as const
  const past = async () => {
    for (const [index, name] of ["Pixel of Jonas", "Ops laptop", "rack-03", "Kitchen display", "Studio Mac"].entries())
      await joins(name, 26 - index * 5, [read, write])
    for (const [index, name] of ["CI runner", "Desktop", "Workshop PC"].entries())
      await comes(name, 20 - index * 6, [read], "loopback")
    await isRejected("Stranger", 8, [read])
    await isRejected("Another stranger", 3, ["operator.admin"])
    await store.db.decisionCount.createMany({
      data: kinds.flatMap(([action, actorKind, actor, most], kind) =>
        Array.from({ length: 88 }, (_, index) => {
          const count = Math.round(most * Math.abs(Math.sin(index * (kind + 2) * 0.37)))
          return { day: today - 1 - index, action, actorKind, actor, part: 1, count }
        }),
      ),
    })
  }
  await withPast(page, gate, past, async () => {
    await comes("Tablet", 0, [read])
    await comes("Ops laptop", 0, [read, write, approvals])
    await arrive(page, `${gate.url}/overview`)
    await expect(page.getByRole("region", { name: "Decisions", exact: true })).toBeVisible()
    await keep(page, gate, "overview")
  })
})
