import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { reject } from "./reject"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import type { DeviceRecord, PendingRequest } from "./types"

function file(over: Partial<ConnectFacts> = {}, from: DeviceRecord = record()) {
  const decision = decideConnect(facts(over), from, policy())
  if (decision.kind !== "pending") throw new Error(decision.kind)
  return decision
}

const write = { scopes: ["operator.write"] }
const otherKey = { deviceId: "dev-1", publicKey: "key-2" }

describe("a request", () => {
  it("keeps id, content and time of filing while the ask stays, and counts the tries", () => {
    const first = file(write)
    const again = file({ ...write, nowMs: 12_000, freshRequestId: "again" }, first.next)
    const { filedAtMs, ...rest } = first.request
    expect(again.request).toEqual({ filedAtMs, ...rest, triedAtMs: 12_000, tries: 2 })
    expect(again).toMatchObject({ filed: "refreshed", superseded: null })
    expect(filedAtMs).toBe(10_000)
  })

  it("gets a new id when its reason changes, though it asks the same", () => {
    const first = file(write)
    const revoked = device({ tokens: { operator: token({ revokedAtMs: 1 }) } })
    const after = file({ ...write, freshRequestId: "again" }, { ...first.next, device: revoked })
    expect(after).toMatchObject({ reason: "role-upgrade", filed: "new", superseded: "fresh-request" })
    expect(after.request).toMatchObject({ requestId: "again", tries: 1 })
  })

  it("of another key under the same id is left alone by a silent grant", () => {
    const other = file({ ...write, identity: otherKey, freshRequestId: "other" }, file(write).next)
    const granted = decideConnect(facts({ ...write, net: loopback }), other.next, policy())
    expect(granted).toMatchObject({ kind: "silent-approve", covered: ["fresh-request"] })
    expect(granted.kind === "silent-approve" && ids(granted.next)).toEqual(["other"])
  })

  it("for a role that is not there yet is left alone by a silent grant for another one", () => {
    const asNode = file({ role: "node", scopes: [], freshRequestId: "node" })
    const granted = decideConnect(facts({ ...write, net: loopback }), asNode.next, policy())
    expect(granted).toMatchObject({ kind: "silent-approve", covered: [] })
  })

  it("tells what is missing of the ask, and of another key everything", () => {
    expect(file({ scopes: ["operator.read", "operator.talk"] }).missing).toEqual(["operator.talk"])
    expect(file({ identity: otherKey }).missing).toEqual(["operator.read"])
  })
})

const ids = ({ requests }: { readonly requests: readonly PendingRequest[] }) => requests.map((one) => one.requestId)

describe("a rejection", () => {
  const filed = file({ scopes: [], role: "node" })
  const by = { authority: consoleAuthority, policy: policy(), nowMs: 10_001 }
  const rejected = reject(filed.next, { ...by, requestId: "fresh-request" })
  const after = rejected.ok ? rejected.next : record()

  it.each<[string, Partial<ConnectFacts>, string]>([
    ["refuses the same ask", { role: "node", scopes: [] }, "reject"],
    ["not a wider one", { role: "node", scopes: ["node.exec"] }, "pending"],
    ["not one for another role", { scopes: ["operator.write"] }, "pending"],
    ["not one of another key", { role: "node", scopes: [], identity: otherKey }, "pending"],
  ])("%s", (_case, over, kind) => expect(decideConnect(facts(over), after, policy()).kind).toBe(kind))

  it("of nothing for one role refuses nothing for the other", () => {
    const stranger = file({ scopes: [], role: "node" }, record({ device: null }))
    const held = reject(stranger.next, { ...by, requestId: "fresh-request" })
    expect(held.ok && decideConnect(facts({ scopes: [] }), held.next, policy()).kind).toBe("pending")
  })
})
