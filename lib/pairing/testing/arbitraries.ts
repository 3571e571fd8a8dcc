import fc from "fast-check"
import { consoleAuthority } from "../authority"
import type { NetFacts } from "../facts"
import type { Role } from "../types"
import type { Command } from "./world"

export const operatorScope = fc.constantFrom(
  "operator.read",
  "operator.write",
  "operator.admin",
  "operator.pairing",
  "operator.approvals",
  "operator.future",
)
export const nodeScope = fc.constantFrom("node.exec", "node.camera")
export const role = fc.constantFrom<Role>("operator", "operator", "operator", "node")
const scopesOf = (of: Role) => fc.uniqueArray(of === "node" ? nodeScope : operatorScope, { maxLength: 4 })
const authority = fc.oneof(
  { weight: 4, arbitrary: fc.constant(consoleAuthority) },
  fc.record({
    scopes: fc.uniqueArray(operatorScope, { maxLength: 3 }),
    deviceId: fc.constantFrom(null, "dev-1", "dev-2"),
  }),
)

const plainLocal: NetFacts = {
  peerAddress: "127.0.0.1",
  host: "localhost",
  origin: null,
  headers: {},
  trustedProxies: [],
  isControlUi: false,
}
const anyNet: fc.Arbitrary<NetFacts> = fc.record({
  peerAddress: fc.constantFrom("127.0.0.1", "::1", "::ffff:127.0.0.1", "192.168.1.20", "203.0.113.7", "junk"),
  host: fc.constantFrom("127.0.0.1:18789", "localhost", "box.tail.ts.net", "gateway.lan", null),
  origin: fc.constantFrom(null, null, null, "http://127.0.0.1:18789", "https://evil.example"),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    {},
    {},
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-for": "127.0.0.1, 203.0.113.9" },
    { forwarded: "for=127.0.0.1" },
  ),
  trustedProxies: fc.constantFrom<string[]>([], [], ["127.0.0.1"], ["10.0.0.0/8"]),
  isControlUi: fc.constantFrom(false, false, false, true),
})
export const net = fc.oneof({ weight: 1, arbitrary: fc.constant(plainLocal) }, { weight: 2, arbitrary: anyNet })

export const connect: fc.Arbitrary<Extract<Command, { op: "connect" }>> = role.chain((asked) =>
  fc.record({
    op: fc.constant("connect" as const),
    key: fc.constantFrom("key-1" as const, "key-1" as const, "key-1" as const, "key-2" as const),
    role: fc.constant(asked),
    scopes: scopesOf(asked),
    auth: fc.constantFrom(
      ...(["token", "token", "token", "password", "password", "invalid", "invalid", "stale"] as const),
      ...(["current", "current", "current", "predecessor", "last-predecessor"] as const),
    ),
    net,
    upstream: fc.boolean(),
    commands: fc.uniqueArray(fc.constantFrom("system.run", "camera.snap", "fs.read"), { maxLength: 3 }),
    platform: fc.constantFrom(null, "linux", "linux", "LINUX", "darwin"),
  }),
)

export const part = fc.integer({ min: 0, max: 15 })
const forMs = fc.constantFrom(null, null, 3_000, 15_000, 300_000)
const pick = fc.integer({ min: 0, max: 5 })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: connect },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("approve" as const), pick, part, authority, forMs }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom("reject" as const, "reopen" as const), pick, authority }) },
  {
    weight: 3,
    arbitrary: role.chain((of) =>
      fc.record({
        op: fc.constant("rotate" as const),
        role: fc.constant(of),
        scopes: fc.option(scopesOf(of)),
        onPickup: fc.boolean(),
        remember: fc.boolean(),
        authority,
      }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("revoke" as const), role, authority }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("remove" as const), authority }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant("extend" as const), part, byMs: fc.constantFrom(null, 5_000), authority }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("lower" as const), part }) },
  {
    weight: 2,
    arbitrary: role.chain((of) =>
      fc.record({
        ...{ op: fc.constant("edit" as const), role: fc.constant(of), more: scopesOf(of), authority },
        ...{ keep: fc.constantFrom(15, 15, 6, 0), release: part, token: fc.option(scopesOf(of)), forMs },
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constantFrom("take-back" as const, "block" as const, "unblock" as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant("wait" as const), ms: fc.constantFrom(5_000, 20_000, 400_000) }),
  },
)
// Most lives begin with a pairing, or few would get far enough to have something to lose.
const pairing = (scope: string): Command => {
  const offer = { upstream: true, commands: [], platform: null }
  return { op: "connect", key: "key-1", role: "operator", scopes: [scope], auth: "token", net: plainLocal, ...offer }
}
const nodePairing: readonly Command[] = [
  {
    ...{ op: "connect", key: "key-1", role: "node", scopes: [], auth: "token", net: plainLocal },
    ...{ upstream: true, commands: ["system.run"], platform: "linux" },
  },
  { op: "approve", pick: 0, part: 0, authority: consoleAuthority, forMs: null },
]
const beginning = fc.constantFrom<readonly Command[]>(
  [],
  [pairing("operator.write")],
  [pairing("operator.admin")],
  nodePairing,
)
export const life = fc
  .tuple(beginning, fc.array(command, { minLength: 1, maxLength: 16 }))
  .map(([first, rest]) => [...first, ...rest])

/** A life that begins with the approval of a role, so that most of them have it to the end. */
export const lifeAs = (of: Role) =>
  fc
    .tuple(connect, scopesOf(of), fc.array(command, { maxLength: 12 }))
    .map(([ask, scopes, rest]): Command[] => [
      { ...ask, key: "key-1", role: of, scopes, auth: "token", net: plainLocal },
      { op: "approve", pick: 0, part: 15, authority: consoleAuthority, forMs: null },
      ...rest,
    ])
