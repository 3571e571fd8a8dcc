import { createHash } from "node:crypto"
import { afterAll, beforeAll, describe, it } from "vitest"
import { sharedToken } from "./testing"
import { type BadConnect, badInput } from "./wire-testing"

const fixture = badInput()
beforeAll(fixture.start)
afterAll(fixture.stop)

type Params = Record<string, unknown>

const device = (fields: object) => (params: Params) => ({
  ...params,
  device: { ...(typeof params.device === "object" ? params.device : {}), ...fields },
})
const auth = (fields: object) => (params: Params) => ({ ...params, auth: fields })
const stale = { code: "DEVICE_AUTH_SIGNATURE_EXPIRED", reason: "device-signature-stale" }
const otherId = { code: "DEVICE_AUTH_DEVICE_ID_MISMATCH", reason: "device-id-mismatch" }
const lowOrder = "A".repeat(43)
const idOf = (key: string) => createHash("sha256").update(Buffer.from(key, "base64url")).digest("hex")
const badKey = { code: "DEVICE_AUTH_PUBLIC_KEY_INVALID", reason: "device-public-key" }
const badSignature = { code: "DEVICE_AUTH_SIGNATURE_INVALID", reason: "device-signature" }
const proof = (message: string, details: object) =>
  [
    { code: "INVALID_REQUEST", message, details },
    { code: 1008, reason: message },
  ] as const
const mismatch = (min: number, max: number) =>
  [
    {
      code: "INVALID_REQUEST",
      message: "protocol mismatch",
      details: {
        code: "PROTOCOL_MISMATCH",
        clientMinProtocol: min,
        clientMaxProtocol: max,
        expectedProtocol: 4,
        minimumProbeProtocol: 3,
      },
    },
    { code: 1002, reason: "protocol mismatch" },
  ] as const
const closed1008 = { code: 1008 }
const originRefused = [
  { code: "INVALID_REQUEST", details: { code: "CONTROL_UI_ORIGIN_NOT_ALLOWED" } },
  closed1008,
] as const
const worker = [null, { code: 1008, reason: "invalid-handshake" }] as const
const cases: readonly BadConnect[] = [
  ["protocol 2 only", () => ({ protocol: { min: 2, max: 2 } }), ...mismatch(2, 2)],
  ["protocol 5 and up", () => ({ protocol: { min: 5, max: 9 } }), ...mismatch(5, 9)],
  ["a range that is empty", () => ({ protocol: { min: 4, max: 3 } }), ...mismatch(4, 3)],
  ["the role worker", () => ({ role: "worker" }), ...worker],
  ["a worker's client id", () => ({ client: { id: "openclaw-worker" } }), ...worker],
  ["a worker's mode", () => ({ client: { mode: "worker" } }), ...worker],
  [
    "the control page without origin",
    () => ({ client: { id: "openclaw-control-ui", mode: "webchat" } }),
    ...originRefused,
  ],
  ["a web chat without origin", () => ({ client: { id: "webchat", mode: "webchat" } }), ...originRefused],

  [
    "the id of another key",
    () => ({ tamper: device({ id: fixture.friend.deviceId }) }),
    ...proof("device identity mismatch", { code: "DEVICE_AUTH_DEVICE_ID_MISMATCH", reason: "device-id-mismatch" }),
  ],
  [
    "an id in capitals",
    () => ({ tamper: device({ id: fixture.stranger.deviceId.toUpperCase() }) }),
    ...proof("device identity mismatch", { code: "DEVICE_AUTH_DEVICE_ID_MISMATCH", reason: "device-id-mismatch" }),
  ],
  [
    "a signature of two minutes and more ago",
    () => ({ tamper: device({ signedAt: Date.now() - 121_000 }) }),
    ...proof("device signature expired", stale),
  ],
  [
    "a signature from the future",
    () => ({ tamper: device({ signedAt: Date.now() + 180_000 }) }),
    ...proof("device signature expired", stale),
  ],
  [
    "a blank nonce",
    () => ({ tamper: device({ nonce: " " }) }),
    ...proof("device nonce required", { code: "DEVICE_AUTH_NONCE_REQUIRED", reason: "device-nonce-missing" }),
  ],
  [
    "the nonce of another connection",
    () => ({ tamper: device({ nonce: "11111111-2222-4333-8444-555555555555" }) }),
    ...proof("device nonce mismatch", { code: "DEVICE_AUTH_NONCE_MISMATCH", reason: "device-nonce-mismatch" }),
  ],
  [
    "a signature of zeros",
    () => ({ tamper: device({ signature: "A".repeat(86) }) }),
    ...proof("device signature invalid", badSignature),
  ],
  [
    "a short signature",
    () => ({ tamper: device({ signature: "AAAA" }) }),
    ...proof("device signature invalid", badSignature),
  ],
  [
    "a key of low order under its own id",
    () => ({ tamper: device({ publicKey: lowOrder, id: idOf(lowOrder) }) }),
    ...proof("device public key invalid", badKey),
  ],
  [
    "a key that is too short under its own id",
    () => ({ tamper: device({ publicKey: "AAAA", id: idOf("AAAA") }) }),
    ...proof("device public key invalid", badKey),
  ],
  [
    "a key of low order under another id",
    () => ({ tamper: device({ publicKey: lowOrder }) }),
    ...proof("device identity mismatch", otherId),
  ],
  [
    "a key that is none",
    () => ({ tamper: device({ publicKey: "not a key" }) }),
    ...proof("device identity mismatch", otherId),
  ],
  [
    "a key of low order, signed too long ago",
    () => ({ tamper: device({ publicKey: lowOrder, id: idOf(lowOrder), signedAt: 1 }) }),
    ...proof("device signature expired", stale),
  ],
  [
    "scopes added after signing",
    () => ({ tamper: (params) => ({ ...params, scopes: ["operator.admin"] }) }),
    ...proof("device signature invalid", badSignature),
  ],
  [
    "the role changed after signing",
    () => ({ tamper: (params) => ({ ...params, role: "node" }) }),
    ...proof("device signature invalid", badSignature),
  ],
  [
    "the token changed after signing",
    () => ({ auth: { token: "x" }, tamper: auth({ token: sharedToken }) }),
    ...proof("device signature invalid", badSignature),
  ],
]

describe("connects of a bad form, origin or proof", () => {
  it.each(cases)("%s", (_what, options, error, close) => fixture.refuses(options(), error, close))
})
