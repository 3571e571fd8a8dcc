import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createIdentity } from "@/tools/wire-client"
import { sharedToken, startTestGateway, type TestGateway } from "./testing"
import { connectFrame, say, storeState } from "./wire-testing"

let gateway: TestGateway
const friend = createIdentity()
const stranger = createIdentity()

beforeAll(async () => {
  gateway = await startTestGateway()
  const first = await gateway.enter({ identity: friend, scopes: ["operator.read"] })
  await first.close()
})
afterAll(() => gateway.close())

type Params = Record<string, unknown>
const part = (params: Params, name: string): object => {
  const value = params[name]
  return typeof value === "object" && value !== null ? value : {}
}
const set = (fields: object) => (params: Params) => ({ ...params, ...fields })
const within = (name: string, fields: object) => (params: Params) => ({
  ...params,
  [name]: { ...part(params, name), ...fields },
})
const without =
  (name: string, field: string) =>
  (params: Params): Params => {
    const kept = Object.entries(part(params, name)).filter(([key]) => key !== field)
    return { ...params, [name]: Object.fromEntries(kept) }
  }
const oneOf = "must be equal to one of the allowed values"
const noSeparator = "must not contain control characters or '|'"

/** Connect params that are not well formed: what is sent instead, and where the refusal says it is wrong. */
const cases: readonly [string, (params: Params) => unknown, string][] = [
  ["no params", () => undefined, "at root: must be object"],
  ["a list", () => [], "at root: must be object"],
  ["a text", () => "connect", "at root: must be object"],
  ["an unknown property", set({ zzz: 1 }), "at root: unexpected property 'zzz'"],
  ["an unknown property with a hostile name", set({ "a\u202Eb\u0000": 1 }), "at root: unexpected property 'ab'"],
  [
    "a property named __proto__",
    (params) => ({ ...params, ["__proto__"]: 1 }),
    "at root: unexpected property '__proto__'",
  ],
  ["a property named constructor", set({ constructor: 1 }), "at root: unexpected property 'constructor'"],
  ["an unknown client id", within("client", { id: "zzz" }), `at /client/id: ${oneOf}`],
  ["a prototype name as client id", within("client", { id: "constructor" }), `at /client/id: ${oneOf}`],
  ["an unknown client mode", within("client", { mode: "zzz" }), `at /client/mode: ${oneOf}`],
  ["no client", set({ client: null }), "at /client: must be object"],
  ["no client version", without("client", "version"), "at /client/version: must be string"],
  ["an empty client version", within("client", { version: "" }), "at /client/version: must not be empty"],
  ["a number as client version", within("client", { version: 4 }), "at /client/version: must be string"],
  ["no platform", without("client", "platform"), "at /client/platform: must be string"],
  ["a separator in the platform", within("client", { platform: "linux|mac" }), `at /client/platform: ${noSeparator}`],
  ["a line break in the platform", within("client", { platform: "linux\nmac" }), `at /client/platform: ${noSeparator}`],
  ["a NUL byte in the platform", within("client", { platform: "linux\u0000" }), `at /client/platform: ${noSeparator}`],
  [
    "a lone surrogate in the family",
    within("client", { deviceFamily: "\uD800" }),
    `at /client/deviceFamily: ${noSeparator}`,
  ],
  ["a list as display name", within("client", { displayName: ["a"] }), "at /client/displayName: must be string"],
  ["an empty display name", within("client", { displayName: "" }), "at /client/displayName: must not be empty"],
  [
    "a build id of 97 characters",
    within("client", { buildId: "b".repeat(97) }),
    "at /client/buildId: must not be longer or larger than 96",
  ],
  ["an unknown client property", within("client", { admin: true }), "at /client: unexpected property 'admin'"],
  ["protocol 0", set({ minProtocol: 0 }), "at /minProtocol: must be at least 1"],
  ["a text as protocol", set({ minProtocol: "4" }), "at /minProtocol: must be number"],
  ["half a protocol", set({ maxProtocol: 4.5 }), "at /maxProtocol: must be an integer"],
  ["a text as scopes", set({ scopes: "operator.read" }), "at /scopes: must be array"],
  ["a number among the scopes", set({ scopes: ["operator.read", 1] }), "at /scopes/1: must be string"],
  ["a separator in a scope", set({ scopes: ["operator.read|x"] }), `at /scopes/0: ${noSeparator}`],
  ["a line break in a scope", set({ scopes: ["operator.read\n"] }), `at /scopes/0: ${noSeparator}`],
  ["a NUL byte in a scope", set({ scopes: ["operator.\u0000"] }), `at /scopes/0: ${noSeparator}`],
  [
    "a scope of 257 characters",
    set({ scopes: ["s".repeat(257)] }),
    "at /scopes/0: must not be longer or larger than 256",
  ],
  [
    "thousands of scopes",
    set({ scopes: Array(4_000).fill("operator.a") }),
    "at /scopes: must not be longer or larger than 1024",
  ],
  ["a number as role", set({ role: 1 }), "at /role: must be string"],
  ["a separator in the role", set({ role: "operator|x" }), `at /role: ${noSeparator}`],
  ["an object as commands", set({ commands: {} }), "at /commands: must be array"],
  ["too many caps", set({ caps: Array(257).fill("c") }), "at /caps: must not be longer or larger than 256"],
  [
    "a permission that is no boolean",
    set({ permissions: { camera: "yes" } }),
    "at /permissions/camera: must be boolean",
  ],
  ["a device without nonce", without("device", "nonce"), "at /device/nonce: must be string"],
  ["a device without signature", without("device", "signature"), "at /device/signature: must be string"],
  ["an instant before the epoch", within("device", { signedAt: -1 }), "at /device/signedAt: must be at least 0"],
  ["a text as instant", within("device", { signedAt: "now" }), "at /device/signedAt: must be number"],
  [
    "a key of 10 000 characters",
    within("device", { publicKey: "k".repeat(10_000) }),
    "at /device/publicKey: must not be longer or larger than 4096",
  ],
  ["an unknown device property", within("device", { trusted: true }), "at /device: unexpected property 'trusted'"],
  ["a number as token", within("auth", { token: 1 }), "at /auth/token: must be string"],
  ["a separator in the token", within("auth", { token: "a|b" }), `at /auth/token: ${noSeparator}`],
  ["a NUL byte in the token", within("auth", { token: "a\u0000" }), `at /auth/token: ${noSeparator}`],
  ["an unknown credential", within("auth", { cookie: "a" }), "at /auth: unexpected property 'cookie'"],
  ["an object as locale", set({ locale: {} }), "at /locale: must be string"],
  ["a model catalog of no known form", set({ modelCatalog: { x: 1 } }), "at /modelCatalog: unexpected property 'x'"],
]

describe("connect params that are not well formed", () => {
  it.each(cases)("%s", async (_what, change, message) => {
    const before = await storeState(gateway.store)
    const options = { identity: stranger, auth: { token: sharedToken }, scopes: ["operator.read"] }
    const heard = await say(gateway.url, (challenge) => [connectFrame(options, challenge, change)])
    const text = `invalid connect params: ${message}`
    expect(heard.frames.slice(1)).toEqual([
      { type: "res", id: "1", ok: false, error: { code: "INVALID_REQUEST", message: text } },
    ])
    expect(heard.close).toEqual({ code: 1008, reason: text.slice(0, 120) })

    expect(await storeState(gateway.store)).toBe(before)
    const client = await gateway.enter({ identity: friend, scopes: ["operator.read"] })
    await client.close()
  })
})
