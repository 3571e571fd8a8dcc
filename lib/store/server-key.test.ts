import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createKeys, isSameSecret } from "./keys"
import { loadKeys } from "./server-key"
import { openSharedSecret } from "./shared-secret"
import { StartError } from "./start-error"

const key = "a-server-key-of-more-than-thirty-two-characters"
const other = "another-server-key-of-more-than-32-characters"

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-keys-"))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe("the server key", () => {
  it("is made once in the data directory, readable by its owner only", () => {
    const from = { serverKey: null, serverKeyFile: null, dataDir }
    const first = loadKeys(from)
    expect(loadKeys(from).keyId).toBe(first.keyId)
    expect(statSync(join(dataDir, "server-key")).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dataDir, "server-key"), "utf8")).toMatch(/^[A-Za-z0-9_-]{43}\n$/)
  })

  it("comes from the environment first, then from the named file", () => {
    const serverKeyFile = join(dataDir, "key")
    writeFileSync(serverKeyFile, `${other}\n`)
    const from = { serverKey: key, serverKeyFile, dataDir }
    expect(loadKeys(from).keyId).toBe(createKeys([key]).keyId)
    expect(loadKeys({ ...from, serverKey: null }).keyId).toBe(createKeys([other]).keyId)
  })

  it.each([
    ["too short", { serverKey: "short", serverKeyFile: null }],
    ["empty", { serverKey: "", serverKeyFile: null }],
    ["one of several too short", { serverKey: `${key},short`, serverKeyFile: null }],
    ["in a file that is not there", { serverKey: null, serverKeyFile: "/nowhere/key" }],
  ])("refuses to start when it is %s", (_case, from) => {
    expect(() => loadKeys({ ...from, dataDir })).toThrow(StartError)
  })

  it("is not made anew beside a database that was made with another one", () => {
    const from = { serverKey: null, serverKeyFile: null, dataDir }
    writeFileSync(join(dataDir, "gatehouse.db"), "")
    expect(() => loadKeys(from)).toThrow(StartError)
    expect(readdirSync(dataDir)).toEqual(["gatehouse.db"])
    expect(loadKeys({ ...from, serverKey: key }).keyId).toBe(createKeys([key]).keyId)
  })

  it("gives every use a subkey of its own, and different secrets for every token, device and role", () => {
    const keys = createKeys([key])
    const secrets = [
      ...[keys.deriveToken("t1", "d1", "operator"), keys.deriveToken("t2", "d1", "operator")],
      ...[keys.deriveToken("t1", "d2", "operator"), keys.deriveToken("t1", "d1", "node")],
      ...[createKeys([other]).deriveToken("t1", "d1", "operator"), keys.sign("gatehouse.token.v1|t1|d1|operator")],
    ]
    expect(new Set(secrets).size).toBe(secrets.length)
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(keys.deriveToken("t1", "d1", "operator")).toBe(secrets[0])
  })

  it("verifies what an older key of the ring signed, and nothing of an unknown one", () => {
    const rolled = createKeys([other, key])
    const old = createKeys([key])
    expect(rolled.keyId).toBe(createKeys([other]).keyId)
    expect(rolled.isSigned("text", old.keyId, old.sign("text"))).toBe(true)
    expect(rolled.isSigned("other text", old.keyId, old.sign("text"))).toBe(false)
    expect(createKeys([other]).isSigned("text", old.keyId, old.sign("text"))).toBe(false)
  })
})

describe("secrets", () => {
  it.each([
    ["a", "a", true],
    ["a", "b", false],
    ["a", "aa", false],
    ["ä", "ä", true],
    ["", "", true],
  ])("%j and %j are the same: %s", (first, second, same) => expect(isSameSecret(first, second)).toBe(same))

  it("shared with devices are made once, rotated in their file, and left to the environment where it sets them", () => {
    const shared = openSharedSecret(null, dataDir)
    const first = shared.current()
    expect(openSharedSecret(null, dataDir).current()).toBe(first)
    shared.stage()?.discard()
    expect([shared.current(), openSharedSecret(null, dataDir).current()]).toEqual([first, first])
    shared.stage()?.putInForce()
    expect(shared.current()).not.toBe(first)
    expect(openSharedSecret(null, dataDir).current()).toBe(shared.current())
    const given = openSharedSecret("given", dataDir)
    expect(given.stage()).toBeNull()
    expect(given.current()).toBe("given")
  })
})
