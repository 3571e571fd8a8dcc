import { afterAll, beforeAll, expect, test } from "vitest"
import { startTestGateway, type TestGateway } from "@/lib/gateway/testing"
import { asIfFrom, createIdentity } from "../wire-client"
import { inWords } from "./say"

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ publicUrl: "https://gate.example" })
})
afterAll(() => gateway.close())

test.skipIf(process.platform !== "linux")("says where a person can decide about it, as the server said", async () => {
  const identity = createIdentity()
  const refused = await gateway.knock({ identity, scopes: ["operator.read"], ...asIfFrom("203.0.113.9") })
  if (refused.ok || refused.error === null) throw new Error("was let in")
  const { message, details = {} } = refused.error
  const lines = inWords({ kind: "waiting", message, details, again: false }, "operator")
  expect(lines).toContain(`  decide   https://gate.example/requests?id=${details.requestId}`)
})
