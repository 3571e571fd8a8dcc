import { beforeEach, describe, expect, it, vi } from "vitest"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { connectDevice } from "@/lib/store/connect-device"
import { removeDevice } from "@/lib/store/remove-device"
import { renameDevice } from "@/lib/store/rename-device"
import type { Store } from "@/lib/store/store"
import { admin, askToWait, called, knock } from "@/lib/store/testing-connect"
import { loadRequest } from "./requests"
import { openTestConsole } from "./testing-console"

vi.mock("next/headers", () => import("./testing-console"))

let store: Store
let nowMs: number

beforeEach(async () => {
  store = await openTestConsole("viewer")
  nowMs = Date.now()
})

const at = (peerAddress: string) => ({ net: { ...knock().net, peerAddress } })

const ask = (over: Parameters<typeof knock>[0] = {}) => askToWait(store, knock({ nowMs, ...over }))

async function pair(over: Parameters<typeof knock>[0]): Promise<void> {
  await approveRequest(store, { requestId: await ask(over), from: "console", actor: admin, nowMs })
}

const warningsOf = async (requestId: string) => (await loadRequest(requestId))?.warnings
const asked = async (over: Parameters<typeof knock>[0]) => warningsOf(await ask(over))

describe("a name", () => {
  it("of others that look nearly the same is named, paired or asking too", async () => {
    await connectDevice(store, knock({ nowMs, from: "loopback", device: "paired", ...called("Ops laptop") }))
    const twin = await ask({ device: "twin", ...called("Ops Iaptop") })
    await ask({ device: "other", ...called("Studio") })
    expect(await asked({ device: "me", ...called("Орѕ laptop") })).toMatchObject([
      {
        kind: "name",
        others: [
          { deviceId: "paired", requestId: null },
          { deviceId: "twin", requestId: twin, address: "192.168.1.20" },
        ],
      },
    ])
  })

  it.each([
    ["a longer name", "Ops laptop", null, "Ops Iaptop", "Ops laptop"],
    ["one word", "laptop", null, "1apt0p", "laptop"],
    ["letters of another script", "Nordic hall", null, "Nоrdіc hаll", "Nordic hall"],
    ["what an admin calls it", "host-17", "Kitchen tablet", "Kitchen tab1et", "Kitchen tablet"],
    ["what it calls itself below that", "Ops laptop", "Mara's", "Ops Iaptop", "Ops laptop"],
  ])("that is easily taken for a paired device's, by %s", async (_, own, label, asking, shown) => {
    await connectDevice(store, knock({ nowMs, from: "loopback", device: "paired", ...called(own) }))
    if (label !== null) await renameDevice(store, { deviceId: "paired", label, actor: admin, nowMs })
    const others = [{ deviceId: "paired", requestId: null, name: shown, address: expect.any(String) }]
    expect(await asked({ device: "me", ...called(asking) })).toEqual([{ kind: "name", others }])
  })

  it.each(["Ops laptop 2", "laptop", "Ops"])(
    "of %s is taken for nothing but what looks like the whole of it",
    async (name) => {
      await connectDevice(store, knock({ nowMs, from: "loopback", device: "paired", ...called("Ops laptop") }))
      expect(await asked({ device: "me", ...called(name) })).toEqual([])
    },
  )
})

describe("an address", () => {
  it("where a paired device was last seen is named when another key asks from it", async () => {
    await pair({ device: "old", ...called("Studio"), ...at("192.168.1.30") })
    expect(await asked({ device: "me", ...called("Workshop"), ...at("192.168.1.30") })).toMatchObject([
      { kind: "address", address: "192.168.1.30", others: [{ deviceId: "old", name: "Studio" }] },
    ])
    expect(await asked({ device: "else", ...called("Attic"), ...at("192.168.1.31") })).toEqual([])
  })

  it("that many devices share says nothing", async () => {
    for (const name of ["Alpha", "Bravo", "Chess", "Delta"]) {
      await pair({ device: name, ...called(name), ...at("192.168.1.30") })
    }
    expect(await asked({ device: "me", ...called("Workshop"), ...at("192.168.1.30") })).toEqual([])
  })

  it("of this very device is no warning when it asks for more", async () => {
    await pair({ device: "old", ...called("Studio") })
    expect(await asked({ device: "old", ...called("Studio"), scopes: ["operator.write"] })).toEqual([])
  })

  it("from which many keys ask at once is named, with their number", async () => {
    for (let key = 1; key < 5; key++) {
      expect(await asked({ device: `key ${key}`, ...called(`Name ${"x".repeat(key)}`) })).toEqual([])
    }
    expect(await asked({ device: "key 5", ...called("Name five") })).toEqual([
      { kind: "burst", address: "192.168.1.20", keys: 5 },
    ])
  })
})

describe("what is over", () => {
  it("a key that was removed is recognised, with who did it and why", async () => {
    await pair({ device: "old", ...called("Studio") })
    await removeDevice(store, { deviceId: "old", note: "sold", actor: admin, nowMs })
    expect(await asked({ device: "old", ...called("Renamed") })).toEqual([
      { kind: "removed-key", atMs: nowMs, by: "Ada", note: "sold" },
    ])
  })

  it("a removed device is recognised by its name under another key, also by the name it was given", async () => {
    await pair({ device: "old", ...called("host-17") })
    await renameDevice(store, { deviceId: "old", label: "Kitchen tablet", actor: admin, nowMs })
    await removeDevice(store, { deviceId: "old", actor: admin, nowMs })
    const warning = { kind: "removed-name", deviceId: "old", atMs: nowMs, by: "Ada" }
    expect(await asked({ device: "me", ...called("host-17") })).toEqual([warning])
    expect(await asked({ device: "you", ...called("Kitсhen tаblet") })).toContainEqual(warning)
  })

  it("a blocked device is recognised by its name under another key, removed or not", async () => {
    await pair({ device: "bad", ...called("Studio") })
    await blockDevice(store, { deviceId: "bad", actor: admin, nowMs })
    const warning = { kind: "blocked-name", deviceId: "bad", atMs: nowMs, by: "Ada" }
    expect(await asked({ device: "me", ...called("Studio") })).toContainEqual(warning)
    await removeDevice(store, { deviceId: "bad", actor: admin, nowMs })
    expect(await asked({ device: "you", ...called("Studio") })).toContainEqual(warning)
  })

  it("a device that was removed and is paired again is no warning", async () => {
    await pair({ device: "old", ...called("Studio") })
    await removeDevice(store, { deviceId: "old", actor: admin, nowMs })
    await pair({ device: "old", ...called("Studio") })
    expect(await asked({ device: "old", ...called("Studio"), scopes: ["operator.write"] })).toEqual([])
  })
})
