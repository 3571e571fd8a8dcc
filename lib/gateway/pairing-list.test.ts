import { afterAll, beforeAll, expect, it } from "vitest"
import { z } from "zod"
import type { Connected } from "@/tools/wire-client"
import { readPlace, writePairingList } from "./pairing-list"
import { startTestGateway, type TestGateway } from "./testing"

// More than one reading, with many that were paired in the same millisecond.
const count = 620

let gateway: TestGateway
let admin: Connected

beforeAll(async () => {
  gateway = await startTestGateway()
  const about = { publicKey: "key", roles: "operator", approvedScopes: "operator.read", approvedVia: "person" }
  await gateway.store.db.device.createMany({
    data: Array.from({ length: count }, (_, index) => {
      const [deviceId, pairedAtMs] = [`dev-${String(index).padStart(4, "0")}`, 1_000 + Math.floor(index / 100)]
      return { deviceId, sortName: deviceId, pairedAtMs, approvedAtMs: pairedAtMs, revision: 1, ...about }
    }),
  })
  admin = await gateway.enter({ identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.admin"] })
})
afterAll(() => gateway.close())

const listed = z.object({
  paired: z.array(z.looseObject({ deviceId: z.string() })),
  next: z.string().optional(),
  isCut: z.boolean().optional(),
})

async function list(params: unknown) {
  const answer = await admin.request("device.pair.list", params)
  if (!answer.ok) throw new Error(answer.error.message)
  return listed.parse(answer.payload)
}

const newestFirst = Array.from({ length: count }, (_, index) => `dev-${String(count - 1 - index).padStart(4, "0")}`)

it("lists every paired device, latest pairing first, for a client that knows no pages", async () => {
  const { paired, next, isCut } = await list({})
  expect(paired.map(({ deviceId }) => deviceId)).toEqual(newestFirst)
  expect([next, isCut]).toEqual([undefined, undefined])
})

it("goes on where a page ended, and says when there is no more", async () => {
  const seen: string[] = []
  let pages = 0
  for (let after: string | undefined; ; ) {
    const page = await list({ limit: 90, ...(after !== undefined && { after }) })
    seen.push(...page.paired.map(({ deviceId }) => deviceId))
    pages += 1
    after = page.next
    if (after === undefined) break
  }
  expect(seen).toEqual(newestFirst)
  expect(pages).toBe(7)
})

it("says where a list goes on that does not fit into one frame", async () => {
  const most = { bytes: 20_000, bytesOfPending: 1_000 }
  const place = readPlace(undefined)
  if (place === null) throw new Error("expected the beginning")
  const first = listed.parse(JSON.parse((await writePairingList(gateway.store, place, { most }, Date.now())).text))
  expect(first.paired.length).toBeGreaterThan(20)
  expect(first.paired.length).toBeLessThan(200)
  const rest = await list({ after: first.next })
  expect([...first.paired, ...rest.paired].map(({ deviceId }) => deviceId)).toEqual(newestFirst)
})

it.each(["", "dev-1", "12", "12:", "x:dev-1", "12:dev 1"])("refuses to go on from %j", async (after) => {
  await expect(admin.request("device.pair.list", { after })).resolves.toMatchObject({
    ok: false,
    error: { code: "INVALID_REQUEST", message: expect.stringMatching(/unknown after/) },
  })
})
