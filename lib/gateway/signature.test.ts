import { generateKeyPairSync, sign } from "node:crypto"
import { describe, expect, it } from "vitest"
import { isSignedBy, readDeviceKey, type SignedFields, signedText } from "./signature"

// The published vectors of the protocol: seed 00…1f.
const publicKey = "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"
const deviceId = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c"
const operator: SignedFields = {
  deviceId,
  clientId: "cli",
  clientMode: "cli",
  role: "operator",
  scopes: ["operator.read", "operator.pairing"],
  signedAtMs: 1767225600000,
  token: "s3cret",
  nonce: "11111111-2222-4333-8444-555555555555",
  platform: "Linux",
  deviceFamily: "",
}
const node: SignedFields = {
  ...operator,
  clientId: "node-host",
  clientMode: "node",
  role: "node",
  scopes: [],
  token: "",
  platform: " Darwin ",
  deviceFamily: "Mac",
}
const operatorV3 = "rACCb_7QdlpetDCtI_VfvSImHfvT8CBTuTSEcmf6aCzfb26VpJwleRDncuycGt89WZWQkZW8fYL16CdXQVsrDg"
const operatorV2 = "MlEE0BngGCD46dfTJPZAWpEo2PpSDQnXPWZth4K78mW3E2jgyXiS_hy4FRpQQWamRbTsv1Dnzzm0HUIfYZ1zDQ"
const nodeV3 = "qM8Fwh6UHyJ2uARNBAIYy636OTQ-lE0iQn-IgVUFecv9__Rzy0rc03xMWXiscRfDyzKACOxVrpL23r7gGDfaCA"

function key(text = publicKey) {
  const read = readDeviceKey(text)
  if (read === null) throw new Error("the key of the vectors must be readable")
  return read
}

describe("the published vectors", () => {
  it("derives the device id from the key", () => {
    expect(key()).toMatchObject({ deviceId, publicKey })
  })

  it.each([
    ["an operator, version 3", operatorV3, operator],
    ["an operator, version 2", operatorV2, operator],
    ["a node, version 3, metadata trimmed and lower-cased", nodeV3, node],
  ])("accepts %s", (_what, signature, fields) => {
    expect(isSignedBy(key(), signature, fields)).toBe(true)
  })

  it("writes the signed string as documented", () => {
    expect(signedText("v3", node)).toBe(
      `v3|${deviceId}|node-host|node|node||1767225600000||11111111-2222-4333-8444-555555555555|darwin|mac`,
    )
  })
})

describe("a signature holds for nothing else", () => {
  it.each<[string, Partial<SignedFields>]>([
    ["another role", { role: "node" }],
    ["one scope more", { scopes: [...operator.scopes, "operator.admin"] }],
    ["another order of scopes", { scopes: ["operator.pairing", "operator.read"] }],
    ["another token", { token: "s3cret2" }],
    ["another nonce", { nonce: "11111111-2222-4333-8444-555555555556" }],
    ["another instant", { signedAtMs: 1767225600001 }],
    ["another client", { clientId: "gateway-client" }],
    ["another mode", { clientMode: "ui" }],
    ["another platform", { platform: "darwin" }],
    ["another device family", { deviceFamily: "Mac" }],
  ])("%s", (_what, change) => {
    expect(isSignedBy(key(), operatorV3, { ...operator, ...change })).toBe(false)
  })

  it("version 2 does not bind the platform, as documented", () => {
    expect(isSignedBy(key(), operatorV2, { ...operator, platform: "darwin" })).toBe(true)
  })

  it.each([
    ["an empty one", ""],
    ["one byte short", Buffer.from(operatorV3, "base64url").subarray(0, 63).toString("base64url")],
    ["not base64", `${operatorV3.slice(0, -1)}!`],
    [
      "another key's",
      sign(null, Buffer.from(signedText("v3", operator)), generateKeyPairSync("ed25519").privateKey).toString(
        "base64url",
      ),
    ],
  ])("refuses %s", (_what, signature) => {
    expect(isSignedBy(key(), signature, operator)).toBe(false)
  })
})

describe("public keys", () => {
  const raw = Buffer.from(publicKey, "base64url")
  const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]).toString("base64")}\n-----END PUBLIC KEY-----\n`

  it.each([
    ["base64url", publicKey],
    ["base64 with padding", raw.toString("base64")],
    ["PEM", pem],
  ])("reads %s and stores one form", (_form, text) => {
    expect(key(text)).toMatchObject({ deviceId, publicKey })
  })

  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "pem", type: "spki" })
  const spki = (kind: "x25519" | "ed448") =>
    kind === "x25519" ? generateKeyPairSync("x25519").publicKey : generateKeyPairSync("ed448").publicKey
  const pemOf = (kind: "x25519" | "ed448") => String(spki(kind).export({ format: "pem", type: "spki" }))
  const secret = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" })
  const hex = (text: string) => Buffer.from(text, "hex").toString("base64url")
  it.each([
    ["31 bytes", raw.subarray(0, 31).toString("base64url")],
    ["33 bytes", Buffer.concat([raw, Buffer.from([0])]).toString("base64url")],
    ["not base64", "*".repeat(43)],
    ["another kind of key", String(rsa)],
    ["a key of the same length for something else", pemOf("x25519")],
    ["a longer key of the same kind", pemOf("ed448")],
    ["a private key", String(secret)],
    ["a broken PEM", "-----BEGIN PUBLIC KEY-----"],
    ["the zero point", hex("00".repeat(32))],
    ["the neutral element", hex(`01${"00".repeat(31)}`)],
    ["the neutral element with the sign bit", hex(`01${"00".repeat(30)}80`)],
    ["order 2", hex(`ec${"ff".repeat(30)}7f`)],
    ["order 8", hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")],
    ["order 8, the other", hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")],
    ["order 4, not canonical", hex(`ed${"ff".repeat(30)}7f`)],
    ["order 1, not canonical", hex(`ee${"ff".repeat(30)}7f`)],
    ["not canonical", hex(`f5${"ff".repeat(30)}ff`)],
  ])("refuses %s", (_what, text) => {
    expect(readDeviceKey(text)).toBeNull()
  })
})
