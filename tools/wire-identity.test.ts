import { expect, test } from "vitest"
import { signedText } from "@/lib/gateway/signature"
import { identityFromSeed, signText } from "./wire-identity"

const identity = identityFromSeed(Buffer.from(Array.from({ length: 32 }, (_, index) => index)))
const fields = {
  deviceId: identity.deviceId,
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

test("a seed gives the published key and device id", () => {
  expect(identity.publicKey).toBe("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg")
  expect(identity.deviceId).toBe("56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c")
})

test("signatures equal the published vectors", () => {
  expect(signText(identity, signedText("v3", fields))).toBe(
    "rACCb_7QdlpetDCtI_VfvSImHfvT8CBTuTSEcmf6aCzfb26VpJwleRDncuycGt89WZWQkZW8fYL16CdXQVsrDg",
  )
  expect(signText(identity, signedText("v2", fields))).toBe(
    "MlEE0BngGCD46dfTJPZAWpEo2PpSDQnXPWZth4K78mW3E2jgyXiS_hy4FRpQQWamRbTsv1Dnzzm0HUIfYZ1zDQ",
  )
  const node = { ...fields, clientId: "node-host", clientMode: "node", role: "node", scopes: [], token: "" }
  expect(signText(identity, signedText("v3", { ...node, platform: " Darwin ", deviceFamily: "Mac" }))).toBe(
    "qM8Fwh6UHyJ2uARNBAIYy636OTQ-lE0iQn-IgVUFecv9__Rzy0rc03xMWXiscRfDyzKACOxVrpL23r7gGDfaCA",
  )
})
