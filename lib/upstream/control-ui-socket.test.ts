import { connect as dial } from "node:net"
import { describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { changePolicy } from "@/lib/store/change-policy"
import { consoleAdmin } from "@/tools/as-console"
import { createIdentity } from "@/tools/wire-client"
import { startTestDoor } from "./testing"
import { enterPage, knockAt } from "./testing-page"

describe("a socket of the page", () => {
  it("is served as at the main port, after a person let its device in", async () => {
    const door = await startTestDoor()
    const entered = await enterPage(door, createIdentity())
    expect(await entered.request("cron.list", {})).toMatchObject({ ok: true, payload: { echoed: "cron.list" } })
    const { headers } = door.upstream.connects.at(-1) ?? {}
    for (const name of ["cookie", "origin", "referer"]) expect(headers).not.toHaveProperty(name)
    await entered.close()
  })

  it("is refused unless it says exactly that it comes from that page", async () => {
    const { page, gateway } = await startTestDoor()
    const { host, port } = new URL(page)
    const origins = [
      null,
      "null",
      "https://evil.example",
      `http://127.0.0.1:${gateway.port}`,
      "http://127.0.0.1",
      `https://${host}`,
      `http://localhost:${port}`,
      `http://${host}.evil.example`,
      `${page}/`,
    ]
    for (const origin of origins) {
      const refused = await knockAt(page, { identity: createIdentity() }, origin)
      expect(refused, String(origin)).toMatchObject({ ok: false, httpStatus: 403 })
    }
  })

  it("is given up when it is refused, whatever its client goes on to say", async () => {
    const { page } = await startTestDoor()
    const { port } = new URL(page)
    const lines = ["GET / HTTP/1.1", "Host: x", "Connection: Upgrade", "Upgrade: websocket", "\r\n"]
    const socket = dial({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true })
    socket.write(lines.join("\r\n"))
    socket.resume()
    let isClosed = false
    socket.on("close", () => {
      isClosed = true
    })
    // The other side answers what it does not read any more with a reset.
    socket.on("error", () => {})
    await new Promise((resolve) => socket.once("end", resolve))
    const talking = setInterval(() => socket.write("x"), 50)
    await expect.poll(() => isClosed).toBe(true)
    clearInterval(talking)
  })

  it("has an encrypted origin where its port speaks TLS", async () => {
    const { page } = await startTestDoor({ pageOptions: { encrypted: true } })
    const refused = await knockAt(page, { identity: createIdentity() })
    expect(refused).toMatchObject({ ok: false, httpStatus: 403 })
    const asked = await knockAt(page, { identity: createIdentity() }, page.replace("http:", "https:"))
    expect(asked).toMatchObject({ ok: false, error: { details: { code: "PAIRING_REQUIRED" } } })
  })

  it("is never let in silently, at no port, even where its origin is listed as first-party", async () => {
    const { page, gateway } = await startTestDoor()
    const policy = { ...seedPolicy, firstPartyOrigins: [page, page.replace("127.0.0.1", "localhost")] }
    const actor = consoleAdmin({ id: "a", name: "A" })
    await changePolicy(gateway.store, { policy, version: 0, note: "both", actor, nowMs: Date.now() })
    expect((await gateway.store.policy()).policy.firstPartyOrigins).toContain(page)
    for (const at of [page, gateway.url]) {
      const refused = await knockAt(page, { url: at.replace("http", "ws"), identity: createIdentity() })
      expect(refused, at).toMatchObject({ ok: false, error: { details: { code: "PAIRING_REQUIRED" } } })
    }
    const own = await gateway.knock({
      identity: createIdentity(),
      headers: { origin: `http://127.0.0.1:${gateway.port}` },
    })
    expect(own.ok).toBe(true)
    if (own.ok) await own.close()
  })

  it("comes through a proxy with the address that the proxy is asked by", async () => {
    const { page } = await startTestDoor()
    const through = (origin: string, headers: Record<string, string>) =>
      knockAt(page, { identity: createIdentity(), headers: { host: "ui.example", ...headers } }, origin)
    const waits = { ok: false, error: { details: { code: "PAIRING_REQUIRED" } } }
    const refused = { ok: false, httpStatus: 403 }
    const encrypted = { "x-forwarded-for": "203.0.113.51", "x-forwarded-proto": "https" }
    expect(await through("https://ui.example", encrypted)).toMatchObject(waits)
    expect(await through("http://ui.example", encrypted)).toMatchObject(refused)
    expect(await through("http://ui.example", {})).toMatchObject(waits)
    expect(await through("https://gate.example", encrypted)).toMatchObject(refused)
  })
})
