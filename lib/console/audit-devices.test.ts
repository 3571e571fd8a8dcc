import { beforeAll, describe, expect, it } from "vitest"
import { connectDevice } from "@/lib/store/connect-device"
import { removeDevice } from "@/lib/store/remove-device"
import { renameDevice } from "@/lib/store/rename-device"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { admin, knock } from "@/lib/store/testing-connect"
import { devicesMeant, mostDevices } from "./audit-devices"
import { parseAuditFilter } from "./audit-filter"
import { readEntries } from "./audit-rows"

const [tablet, phone, watch, laptop] = ["67f27860", "aaaa1111", "bbbb2222", "cccc3333"].map((id) => id.repeat(8))
const names = new Map([
  [tablet, "tablet"],
  [phone, "phone"],
  [watch, "watch"],
  [laptop, "laptop"],
])
let store: Store

beforeAll(async () => {
  store = await openTestStore("sqlite")
  const come = (device: string | undefined, displayName: string, from: "lan" | "loopback") =>
    connectDevice(store, knock({ device: device ?? "", from, metadata: { ...knock().metadata, displayName } }))
  const by = { actor: admin, nowMs: 2_000_000 }
  await come(tablet, "Kitchen tablet", "loopback")
  await come(phone, "Stranger phone", "lan")
  await come(watch, "Kitchen watch", "loopback")
  await removeDevice(store, { deviceId: watch ?? "", ...by })
  await come(laptop, "ops-laptop", "loopback")
  await renameDevice(store, { deviceId: laptop ?? "", label: "Mara's", ...by })
  await renameDevice(store, { deviceId: laptop ?? "", label: "Büro 2", ...by })
})

/** Whose entries the log shows for a text. */
async function found(device: string): Promise<readonly (string | undefined)[]> {
  const entries = await readEntries(store, { ...parseAuditFilter({ device }) }, null, 100)
  return [...new Set(entries.map(({ deviceId }) => names.get(deviceId ?? "")))].sort()
}

describe("the log by device finds", () => {
  it.each([
    ["one by a word of its name", "tablet", ["tablet"]],
    ["one by its whole name", "Kitchen tablet", ["tablet"]],
    ["one by beginnings of words in any order", " TAB kit ", ["tablet"]],
    ["all that share a word", "kitchen", ["tablet", "watch"]],
    ["one that only knocked, by the name it gave", "Stranger phone", ["phone"]],
    ["one that was removed, by its name", "Kitchen watch", ["watch"]],
    ["one by what it was called before", "mara's", ["laptop"]],
    ["one by what it is called now", "büro", ["laptop"]],
    ["one by a part of a word", "laptop", ["laptop"]],
    ["one by a pasted fingerprint", "67F2 7860 · 67F2 7860", ["tablet"]],
    ["one by a fingerprint with colons", "aa:aa:11:11", ["phone"]],
    ["one by the beginning of its id", "BBBB2222b", ["watch"]],
    ["one by its whole id", phone ?? "", ["phone"]],
    ["none by words of two devices", "stranger tablet", []],
    ["none by a word inside another", "itchen", []],
    ["none by a name that nobody has", "toaster", []],
    ["none by signs only", "· :", []],
  ])("%s", async (_case, text, expected) => {
    expect(await found(text)).toEqual(expected)
  })
})

describe("where more devices match than one filter shows", () => {
  beforeAll(async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => `crowd-${index}`)
    await store.db.knownName.createMany({ data: many.map((deviceId) => ({ deviceId, term: "crowd" })) })
    const few = many.slice(-3)
    await store.db.knownName.createMany({ data: few.map((deviceId) => ({ deviceId, term: "last" })) })
    const some = many.slice(0, mostDevices + 1)
    await store.db.knownName.createMany({ data: some.map((deviceId) => ({ deviceId, term: "some" })) })
  })

  it.each([
    ["says so", "some", true],
    ["says so for a word that not even all are looked at of", "crowd", true],
    ["does not where the rarest word leaves a few", "crowd last", false],
    ["does not where nothing matches", "crowd toaster", false],
  ])("%s", async (_case, text, isCut) => {
    expect(await devicesMeant(store, text)).toMatchObject({ isCut })
  })

  it("finds the few by the rare word", async () => {
    const { where } = await devicesMeant(store, "crowd last")
    expect(where.OR).toEqual([{ deviceId: { in: ["crowd-2497", "crowd-2498", "crowd-2499"] } }])
  })
})
