import { beforeAll, describe, expect, it, vi } from "vitest"
import { connectDevice } from "@/lib/store/connect-device"
import { installStore } from "@/lib/store/instance"
import { rejectRequest } from "@/lib/store/reject-request"
import { renameDevice } from "@/lib/store/rename-device"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { admin, askToWait, knock } from "@/lib/store/testing-connect"
import { loadFound } from "./search"
import { readAs } from "./testing-console"

vi.mock("next/headers", () => import("./testing-console"))

const nowMs = Date.now()
const [laptop, phone, tablet] = ["aaaa1111", "bbbb2222", "cccc3333"].map((id) => id.repeat(8))
let store: Store
let rejectedId: string
let waitingId: string

async function ask(device: string | undefined, displayName: string, address = "lan" as const): Promise<string> {
  const metadata = { ...knock().metadata, displayName }
  return askToWait(store, knock({ device: device ?? "", from: address, metadata, nowMs }))
}

beforeAll(async () => {
  store = await openTestStore("sqlite", { chores: "leave" })
  installStore(store)
  await connectDevice(
    store,
    knock({
      device: laptop ?? "",
      from: "loopback",
      metadata: { ...knock().metadata, displayName: "Ops laptop" },
      nowMs,
    }),
  )
  await renameDevice(store, { deviceId: laptop ?? "", label: "Mara's machine", actor: admin, nowMs })
  rejectedId = await ask(phone, "Old phone")
  await rejectRequest(store, { requestId: rejectedId, note: "", actor: admin, nowMs })
  waitingId = await ask(tablet, "Kitchen tablet")
  await readAs(store, "owner")
})

const devices = async (text: string) => (await loadFound(text)).devices.rows.map((row) => row.name)
const requests = async (text: string) => (await loadFound(text)).requests.rows.map((row) => row.requestId)

describe("a search finds", () => {
  it.each([
    ["a device by what an admin calls it", "mara", ["Mara's machine"]],
    ["a device by what it calls itself", "ops lap", ["Mara's machine"]],
    ["a device by its fingerprint", "AAAA 1111", ["Mara's machine"]],
    ["none by the inside of a word", "achine", []],
    ["none that is not paired", "phone", []],
    ["nothing for nothing", "  ", []],
  ])("%s", async (_case, text, names) => {
    expect(await devices(text)).toEqual(names)
  })

  it.each([
    ["one that waits, by its name", "tab kit", () => [waitingId]],
    ["one that waits, by its address", "192.168.1.2", () => [waitingId]],
    ["one that waits, by its id", "", () => [waitingId]],
    ["one that ended, by its name", "old", () => [rejectedId]],
    ["one that ended, by its device's id", "bbbb2222b", () => [rejectedId]],
    ["none by a name that nobody has", "toaster", () => []],
  ])("a request: %s", async (_case, text, ids) => {
    expect(await requests(text === "" ? waitingId : text)).toEqual(ids())
  })

  it("how each request stands, those that wait first", async () => {
    const { rows } = (await loadFound("192.168 ")).requests
    expect(rows).toMatchObject([{ name: "Kitchen tablet", status: "pending", atMs: nowMs }])
    expect((await loadFound(rejectedId)).requests.rows).toMatchObject([{ name: "Old phone", status: "rejected" }])
  })

  it("people for owners, and says to others that it did not look", async () => {
    await store.db.admin.create({
      data: { adminId: "jonas", email: "jw@example.org", name: "Jonas Weber", role: "approver", createdAtMs: nowMs },
    })
    expect((await loadFound("weber")).people?.rows).toMatchObject([{ name: "Jonas Weber", role: "approver" }])
    expect((await loadFound("jw@")).people?.rows).toHaveLength(1)
    await readAs(store, "viewer")
    const found = await loadFound("mara")
    expect(found.people).toBeNull()
    expect(found.devices.rows).toHaveLength(1)
    await readAs(store, "owner")
  })

  it("five of a kind, and whether there are more", async () => {
    for (let number = 1; number <= 6; number += 1) await ask(`swarm-${number}`, `Swarm ${number}`)
    const found = await loadFound("swarm")
    expect(found.requests.rows).toHaveLength(5)
    expect(found.requests.isMore).toBe(true)
    expect((await loadFound("swarm 6")).requests).toMatchObject({ rows: [{ name: "Swarm 6" }], isMore: false })
  })
})
