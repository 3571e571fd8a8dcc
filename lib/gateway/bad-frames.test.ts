import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createIdentity } from "@/tools/wire-client"
import { sharedToken, startTestGateway, type TestGateway } from "./testing"
import { connectFrame, type Heard, type Saying, say, storeState } from "./wire-testing"

let gateway: TestGateway
const friend = createIdentity()

beforeAll(async () => {
  gateway = await startTestGateway()
  const first = await gateway.enter({ identity: friend, scopes: ["operator.read"] })
  await first.close()
})
afterAll(() => gateway.close())

type Challenge = { nonce: string; ts: number }
const stranger = createIdentity()
const good = (challenge: Challenge) =>
  connectFrame({ identity: stranger, auth: { token: sharedToken }, scopes: ["operator.read"] }, challenge)
const request = (fields: object) => JSON.stringify({ type: "req", id: "1", method: "connect", params: {}, ...fields })

const invalidFrame = { code: 1008, reason: "invalid request frame" }
const notJson = { code: 1000, reason: "" }
const notConnect = { code: 1008, reason: "invalid handshake: first request must be connect" }

/** Frames before login that are no connect request at all: closed as documented, mostly without an answer. */
const cases: readonly [string, (challenge: Challenge) => readonly Saying[], Heard["close"], string | null][] = [
  ["words instead of JSON", () => ["hello"], notJson, null],
  ["an empty frame", () => [""], notJson, null],
  ["JSON cut short", (challenge) => [good(challenge).slice(0, -1)], notJson, null],
  ["two JSON texts in one frame", (challenge) => [`${good(challenge)}${good(challenge)}`], notJson, null],
  ["a NUL byte before the JSON", (challenge) => [`\u0000${good(challenge)}`], notJson, null],
  ["NUL bytes only", () => ["\u0000\u0000\u0000"], notJson, null],
  ["null", () => ["null"], invalidFrame, null],
  ["a number", () => ["4"], invalidFrame, null],
  ["a string", () => ['"connect"'], invalidFrame, null],
  ["an array", (challenge) => [`[${good(challenge)}]`], invalidFrame, null],
  ["an object that is no frame", () => ['{"hello":1}'], invalidFrame, null],
  ["an event from the client", () => ['{"type":"event","event":"connect.challenge","payload":{}}'], invalidFrame, null],
  ["a response from the client", () => ['{"type":"res","id":"1","ok":true}'], invalidFrame, null],
  ["a request without id", () => [JSON.stringify({ type: "req", method: "connect" })], invalidFrame, null],
  ["an empty id", () => [request({ id: "" })], invalidFrame, null],
  ["a number as id", () => [request({ id: 1 })], invalidFrame, null],
  ["an id of 10 000 characters", () => [request({ id: "i".repeat(10_000) })], invalidFrame, null],
  ["a request without method", () => [JSON.stringify({ type: "req", id: "1" })], invalidFrame, null],
  ["a list as method", () => [request({ method: ["connect"] })], invalidFrame, null],
  ["an unknown property in the envelope", () => [request({ priority: 1 })], invalidFrame, null],
  [
    "__proto__ in the envelope",
    () => ['{"type":"req","id":"1","method":"connect","__proto__":{"a":1}}'],
    invalidFrame,
    null,
  ],
  ["constructor in the envelope", () => [request({ constructor: { prototype: 1 } })], invalidFrame, null],
  ["a trace of 129 characters", () => [request({ traceparent: "t".repeat(129) })], invalidFrame, null],
  ["20 000 nested lists", () => ["[".repeat(20_000) + "]".repeat(20_000)], invalidFrame, null],
  ["a good connect as a binary frame", (c) => [{ bytes: Buffer.from(good(c)), as: "binary" }], invalidFrame, null],
  [
    "text that is not UTF-8",
    () => [{ bytes: Buffer.from([0x7b, 0xff, 0xfe]), as: "text" }],
    { code: 1007, reason: "" },
    null,
  ],
  ["a frame above 64 KiB", () => [" ".repeat(64 * 1024 + 1)], { code: 1009, reason: "" }, null],
  [
    "duplicate keys, of which the last counts",
    (c) => [`${good(c).slice(0, -2)},"scopes":["operator.admin"]}}`],
    { code: 1008, reason: "device signature invalid" },
    "INVALID_REQUEST",
  ],
  ["another method first", () => [request({ method: "health" })], notConnect, "INVALID_REQUEST"],
  ["a listing first", () => [request({ method: "device.pair.list" })], notConnect, "INVALID_REQUEST"],
  ["a method named constructor", () => [request({ method: "constructor" })], notConnect, "INVALID_REQUEST"],
  ["a method named __proto__", () => [request({ method: "__proto__" })], notConnect, "INVALID_REQUEST"],
  ["connect in capitals", () => [request({ method: "CONNECT" })], notConnect, "INVALID_REQUEST"],
]

describe("frames before login that are no connect", () => {
  it.each(cases)("%s", async (_what, compose, close, code) => {
    const before = await storeState(gateway.store)
    const heard = await say(gateway.url, compose)
    expect(heard.close).toEqual(close)
    const answers = heard.frames.slice(1)
    if (code === null) expect(answers).toEqual([])
    else expect(answers).toMatchObject([{ type: "res", id: "1", ok: false, error: { code, message: close.reason } }])

    expect(await storeState(gateway.store)).toBe(before)
    const client = await gateway.enter({ identity: friend, scopes: ["operator.read"] })
    await client.close()
  })
})
