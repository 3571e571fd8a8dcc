import { describe, expect, it } from "vitest"
import { importedTokenId } from "@/lib/store/keys"
import { createIdentity } from "../wire-identity"
import { readDevice, readRequest } from "./records"
import { visible } from "./words"

const { deviceId, publicKey } = createIdentity()
const secret = "a-secret-of-the-other-gateway"
const token = { token: secret, role: "operator", scopes: ["operator.read"], createdAtMs: 5 }

const paired = {
  ...{ deviceId, publicKey, displayName: "Laptop", platform: "linux", clientId: "cli", clientMode: "cli" },
  ...{ role: "operator", roles: ["operator"], scopes: ["operator.read"], approvedScopes: ["operator.read"] },
  ...{ tokens: { operator: token }, approvedVia: "owner", createdAtMs: 1, approvedAtMs: 2, lastSeenAtMs: 3 },
  ...{ operatorLabel: "Kitchen", remoteIp: "192.0.2.7" },
}
const pending = {
  ...{ deviceId, publicKey, displayName: "Phone", role: "operator", roles: ["operator"], scopes: ["operator.read"] },
  ...{ remoteIp: "192.0.2.7", ts: 10, refreshedAtMs: 20 },
}

const device = (over: object) => readDevice(deviceId, { ...paired, ...over })

describe("the record of a paired device", () => {
  it("is read with its rights, names and times, and its token as a hash of its secret, device and role", () => {
    const read = device({})
    expect(read).toMatchObject({
      ok: true,
      value: {
        ...{ label: "Kitchen", lastAddress: "192.0.2.7", lastSeenAtMs: 3 },
        rights: {
          ...{ deviceId, publicKey, roles: ["operator"], approvedScopes: ["operator.read"], approvedVia: "owner" },
          ...{ metadata: { displayName: "Laptop", platform: "linux" }, pairedAtMs: 1, approvedAtMs: 2 },
          tokens: [{ tokenId: importedTokenId(secret, deviceId, "operator"), createdAtMs: 5, isTied: false }],
        },
      },
    })
    expect(JSON.stringify(read)).not.toContain(secret)
  })

  it("has null where a record of an earlier release had no field, and an empty list where it had one", () => {
    const { roles: _, scopes: __, approvedScopes: ___, tokens: ____, ...legacy } = paired
    expect(readDevice(deviceId, legacy)).toMatchObject({
      value: { rights: { role: "operator", roles: null, scopes: null, approvedScopes: null, tokens: [] } },
    })
    expect(device({ approvedScopes: [] })).toMatchObject({ value: { rights: { approvedScopes: [] } } })
  })

  it("takes the key in every form that the wire takes, and keeps one", () => {
    const standard = Buffer.from(publicKey, "base64url").toString("base64")
    expect(device({ publicKey: standard })).toMatchObject({ value: { rights: { publicKey } } })
  })

  it("has the commands that were approved for it as a node", () => {
    const surfaced = device({ nodeSurface: { commands: ["camera.snap"] } })
    expect(surfaced).toMatchObject({ value: { rights: { approvedCommands: ["camera.snap"] } } })
    expect(device({})).toMatchObject({ value: { rights: { approvedCommands: null } } })
  })

  it("has a token that is tied to the shared secret over there, if it says so", () => {
    const tied = { operator: { ...token, issuer: { kind: "shared-gateway-auth", generation: "g" } } }
    expect(device({ tokens: tied })).toMatchObject({ value: { rights: { tokens: [{ isTied: true }] } } })
  })

  it("says what it is called in one plain line, and nothing where that is no text", () => {
    expect(device({ displayName: "a\u202Eb\n", platform: 7 })).toMatchObject({
      value: { rights: { metadata: { displayName: "ab", platform: null } } },
    })
  })

  it.each([
    ["bad-key", { publicKey: "AAAA" }],
    ["bad-key", { publicKey: "" }],
    ["id-mismatch", { publicKey: createIdentity().publicKey }],
    ["id-mismatch", { deviceId: createIdentity().deviceId }],
    ["unreadable", { publicKey: undefined }],
    ["unreadable", { scopes: "operator.admin" }],
    ["unreadable", { approvedScopes: [7] }],
    ["unreadable", { scopes: Array.from({ length: 257 }, (_, index) => `operator.x${index}`) }],
    ["unreadable", { roles: { operator: true } }],
    ["unreadable", { tokens: [token] }],
    ["unreadable", { tokens: { operator: { ...token, revokedAtMs: "yes" } } }],
    ["unreadable", { createdAtMs: "2026" }],
  ])("is left out as %s: %o", (because, over) => {
    expect(device(over)).toEqual({ ok: false, because, name: "Laptop" })
  })

  it.each([null, 7, "text", []])("is left out when it is no record at all: %j", (record) => {
    expect(readDevice(deviceId, record)).toEqual({ ok: false, because: "unreadable", name: null })
  })

  it("is left out under the id of another one", () => {
    expect(readDevice(createIdentity().deviceId, paired)).toMatchObject({ because: "id-mismatch" })
  })
})

describe("the record of a request", () => {
  it("is read with when it was filed and last tried", () => {
    expect(readRequest("req-1", pending)).toMatchObject({
      value: { requestId: "req-1", deviceId, filedAtMs: 10, triedAtMs: 20, address: "192.0.2.7" },
    })
    const { refreshedAtMs: _, remoteIp: __, ...once } = pending
    expect(readRequest("req-1", once)).toMatchObject({ value: { triedAtMs: 10, address: null } })
  })

  it.each([
    ["unreadable", "req 1", {}],
    ["unreadable", "req-1", { ts: null }],
    ["unreadable", "req-1", { scopes: "all" }],
    ["bad-key", "req-1", { publicKey: "AAAA" }],
    ["id-mismatch", "req-1", { deviceId: createIdentity().deviceId }],
  ])("is left out as %s", (because, requestId, over) => {
    expect(readRequest(requestId, { ...pending, ...over })).toMatchObject({ ok: false, because })
  })
})

it("what a terminal would obey is written out", () => {
  expect(visible("Ada\u001B[2J's café\u0007")).toBe("Ada\\u{1b}[2J's café\\u{7}")
})
