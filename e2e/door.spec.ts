import { once } from "node:events"
import { connect } from "node:net"
import WebSocket from "ws"
import { expect, test } from "./fixtures"

test.describe("the door", () => {
  test("gives every answer its security headers, and each page a nonce of its own", async ({ gate, request }) => {
    const nonces = new Set<string>()
    for (const path of ["/sign-in", "/sign-in", "/nowhere", "/api/events", "/healthz", "/_next/static/none.js"]) {
      const headers = (await request.get(gate.url + path)).headers()
      expect(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
      })
      expect(headers, path).not.toHaveProperty("x-powered-by")
      expect(headers, path).not.toHaveProperty("strict-transport-security")
      const policy = headers["content-security-policy"] ?? ""
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
      if (nonce) nonces.add(nonce)
      expect(/script-src[^;]*unsafe-inline/.test(policy), path).toBe(false)
    }
    expect(nonces.size).toBe(4)
  })

  test("lets every script of a page carry its nonce", async ({ gate, request }) => {
    for (const path of ["/sign-in", "/set-up", "/nowhere"]) {
      const answer = await request.get(gate.url + path)
      const nonce = /'nonce-([^']+)'/.exec(answer.headers()["content-security-policy"] ?? "")?.[1]
      const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length, path).toBeGreaterThan(3)
      expect(
        scripts.filter((script) => !script.includes(`nonce="${nonce}"`)),
        path,
      ).toEqual([])
    }
  })

  test("is not fooled by headers that only proxies and the framework may send", async ({ gate, request }) => {
    const forged = {
      "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
      "x-middleware-rewrite": "/healthz",
      "x-gatehouse-address": "127.0.0.1",
      "x-forwarded-host": "bank.example",
      "x-forwarded-proto": "https",
    }
    const answer = await request.get(`${gate.url}/requests`, { headers: forged, maxRedirects: 0 })
    expect(answer.status()).toBe(307)
    expect(answer.headers().location).toMatch(/^\/sign-in/)
    expect(answer.headers()["content-security-policy"]).toContain("nonce-")
    const metrics = await request.get(`${gate.url}/metrics`, { headers: { "x-forwarded-for": "127.0.0.1" } })
    expect(metrics.status()).toBe(403)
  })

  test("answers probes, and metrics for this machine", async ({ gate, request }) => {
    expect((await request.get(`${gate.url}/healthz`)).status()).toBe(200)
    expect((await request.get(`${gate.url}/readyz`)).status()).toBe(200)
    expect(await (await request.get(`${gate.url}/metrics`)).text()).toContain("gatehouse_sockets 0")
  })

  test("takes WebSockets of any path that is not Next's", async ({ gate }) => {
    const address = gate.url.replace("http", "ws")
    for (const path of ["/", "/gateway", "/requests"]) {
      const socket = new WebSocket(address + path)
      const [message] = await once(socket, "message")
      expect(JSON.parse(String(message))).toMatchObject({ event: "connect.challenge" })
      socket.terminate()
    }
    const own = new WebSocket(`${address}/_next/webpack-hmr`)
    const [error] = await once(own, "error")
    expect(String(error)).toContain("404")
  })

  test("turns away foreign pages and methods that nobody answers to", async ({ gate, request }) => {
    const foreign = { origin: "https://evil.example", "next-action": "deadbeef" }
    expect((await request.post(`${gate.url}/requests`, { headers: foreign })).status()).toBe(403)
    expect((await request.get(`${gate.url}/sign-in`, { headers: foreign })).status()).toBe(200)
    const other = await request.fetch(`${gate.url}/sign-in`, { method: "OPTIONS" })
    expect([other.status(), other.headers().allow]).toEqual([405, "GET, HEAD, POST"])
  })

  test("stays open when somebody sends rubbish", async ({ gate, request }) => {
    const socket = connect(gate.port, "127.0.0.1")
    socket.end("\u0016\u0003\u0001 this is not HTTP\r\n\r\n")
    await once(socket.on("error", () => undefined).resume(), "close")
    expect((await request.get(`${gate.url}/healthz`)).status()).toBe(200)
  })
})
