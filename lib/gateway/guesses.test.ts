import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { consoleAuthority } from "@/lib/pairing/authority"
import { blockDevice } from "@/lib/store/block-device"
import { rotateToken } from "@/lib/store/rotate-token"
import { type ConnectOptions, createIdentity } from "@/tools/wire-client"
import { defaultGatewaySettings } from "./settings"
import { remote, sharedToken, startTestGateway, type TestGateway } from "./testing"

const owner = { kind: "admin", id: "a", name: "Ada", authority: consoleAuthority } as const
const delayMs = 60
const throttle = { ...defaultGatewaySettings.throttle, firstDelayMs: delayMs, longestDelayMs: delayMs }

let gateway: TestGateway
const blocked = createIdentity()
const narrow = createIdentity()
let deviceToken = ""
let blockedToken = ""

beforeAll(async () => {
  gateway = await startTestGateway({ settings: { throttle } })
  const { enter, store } = gateway
  const first = await enter({ identity: blocked, scopes: ["operator.read"] })
  blockedToken = first.hello.auth.deviceToken ?? ""
  await first.close()
  await blockDevice(store, { deviceId: blocked.deviceId, actor: owner, nowMs: Date.now() })
  await (await enter({ identity: narrow, scopes: ["operator.read", "operator.write"] })).close()
  await rotateToken(store, {
    ...{ deviceId: narrow.deviceId, role: "operator", scopes: ["operator.read"], rememberNarrowing: false },
    ...{ mode: { kind: "at-once" }, actor: owner, nowMs: Date.now() },
  })
  const again = await enter({ identity: narrow, scopes: ["operator.read"] })
  deviceToken = again.hello.auth.deviceToken ?? ""
  await again.close()
})
afterAll(() => gateway.close())

type Guess = (secret: string) => Partial<ConnectOptions>

const cli = { id: "cli", mode: "cli" }
const read = ["operator.read"]
const withDevice = (fields: object) => (params: Record<string, unknown>) => ({
  ...params,
  device: { ...(typeof params.device === "object" ? params.device : {}), ...fields },
})

/** One row per way in which a connect with a wrong shared secret can end. */
const guesses: readonly [refusal: string, code: string, guess: Guess][] = [
  ["no device", "AUTH_TOKEN_MISMATCH", (token) => ({ identity: null, client: cli, auth: { token } })],
  ["a password", "AUTH_TOKEN_MISMATCH", (password) => ({ identity: createIdentity(), auth: { password } })],
  ["a device", "AUTH_TOKEN_MISMATCH", (token) => ({ identity: createIdentity(), scopes: read, auth: { token } })],
  [
    "a bootstrap token beside it",
    "AUTH_BOOTSTRAP_TOKEN_INVALID",
    (token) => ({ identity: null, client: cli, auth: { token, bootstrapToken: "x" } }),
  ],
  [
    "a bootstrap token beside it and a device",
    "AUTH_BOOTSTRAP_TOKEN_INVALID",
    (token) => ({ identity: createIdentity(), auth: { token, bootstrapToken: "x" } }),
  ],
  [
    "a wrong device token beside it",
    "AUTH_DEVICE_TOKEN_MISMATCH",
    (token) => ({ identity: createIdentity(), auth: { token, deviceToken: "wrong" } }),
  ],
  [
    "a wrong signature",
    "DEVICE_AUTH_SIGNATURE_INVALID",
    (token) => ({ identity: createIdentity(), auth: { token }, tamper: withDevice({ signature: "A".repeat(86) }) }),
  ],
  [
    "a foreign device id",
    "DEVICE_AUTH_DEVICE_ID_MISMATCH",
    (token) => ({ identity: createIdentity(), auth: { token }, tamper: withDevice({ id: "f".repeat(64) }) }),
  ],
  [
    "a terminal interface without device",
    "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
    (token) => ({ identity: null, client: { id: "openclaw-tui", mode: "ui" }, auth: { token } }),
  ],
  [
    "a role that does not exist",
    "INVALID_ROLE",
    (token) => ({ identity: createIdentity(), role: "robot", scopes: [], auth: { token } }),
  ],
  [
    "a scope that does not exist",
    "INVALID_SCOPE",
    (token) => ({ identity: createIdentity(), scopes: ["robot"], auth: { token } }),
  ],
  ["a blocked key", "AUTH_TOKEN_MISMATCH", (token) => ({ identity: blocked, scopes: read, auth: { token } })],
  [
    "a blocked key and its device token beside it",
    "PAIRING_REQUIRED",
    (token) => ({ identity: blocked, scopes: read, auth: { token, deviceToken: blockedToken } }),
  ],
]

async function codeOf(options: Partial<ConnectOptions>): Promise<unknown> {
  const result = await gateway.knock(options)
  if (!result.ok) return result.error?.details?.code
  await result.close()
  return "in"
}

const plainGuess = { identity: null, client: cli, auth: { token: "wrong" } }
let addresses = 0
const freshAddress = () => {
  addresses += 1
  return remote(`203.0.113.${addresses}`)
}

describe("a wrong shared secret counts once, whatever the refusal is about", () => {
  it.each(guesses)("with %s", async (_refusal, code, guess) => {
    const from = freshAddress()
    for (let i = 0; i < 9; i += 1) expect(await codeOf({ ...guess(`guess ${i}`), ...from })).toBe(code)
    expect(await codeOf({ ...plainGuess, ...from })).toBe("AUTH_TOKEN_MISMATCH")
    expect(await codeOf({ ...plainGuess, auth: { token: sharedToken }, ...from })).toBe("AUTH_RATE_LIMITED")
  })

  it.each(guesses)("and is answered late on this machine, with %s", async (_refusal, code, guess) => {
    const sinceMs = performance.now()
    expect(await codeOf(guess("wrong"))).toBe(code)
    expect(performance.now() - sinceMs).toBeGreaterThanOrEqual(delayMs - 2)
  })
})

describe("the right secret clears no count where proof, form or key were not good", () => {
  it.each(guesses.filter(([, code]) => !code.startsWith("AUTH_")))("with %s", async (_refusal, code, guess) => {
    const from = freshAddress()
    for (let i = 0; i < 9; i += 1) await codeOf({ ...plainGuess, ...from })
    expect(await codeOf({ ...guess(sharedToken), ...from })).toBe(code)
    expect(await codeOf({ ...plainGuess, ...from })).toBe("AUTH_TOKEN_MISMATCH")
    expect(await codeOf({ ...plainGuess, ...from })).toBe("AUTH_RATE_LIMITED")
  })
})

describe("a device token that proves good", () => {
  it.each<[what: string, answer: string, scopes: readonly string[]]>([
    ["lets in", "in", read],
    ["holds too little", "AUTH_SCOPE_MISMATCH", ["operator.write"]],
    ["asks for more", "PAIRING_REQUIRED", ["operator.admin"]],
  ])("is no guess at the shared secret in its field too, when it %s", async (_what, answer, scopes) => {
    const from = freshAddress()
    for (const auth of [{ token: deviceToken, deviceToken }, { token: deviceToken }, { deviceToken }]) {
      for (let i = 0; i < 6; i += 1) expect(await codeOf({ identity: narrow, scopes, auth, ...from })).toBe(answer)
    }
    expect(await codeOf({ ...plainGuess, auth: { token: sharedToken }, ...from })).toBe("in")
  })

  it("comes in beside guesses, which count all the same", async () => {
    const from = freshAddress()
    const guess = (token: string) => codeOf({ identity: narrow, scopes: read, auth: { token, deviceToken }, ...from })
    for (let i = 0; i < 10; i += 1) expect(await guess(`guess ${i}`)).toBe("in")
    const known = await gateway.enter({
      identity: narrow,
      scopes: read,
      auth: { token: sharedToken, deviceToken },
      ...from,
    })
    expect(known.hello.auth.method).toBe("device-token")
    await known.close()
    expect(await codeOf({ ...plainGuess, auth: { token: sharedToken }, ...from })).toBe("AUTH_RATE_LIMITED")
  })
})
