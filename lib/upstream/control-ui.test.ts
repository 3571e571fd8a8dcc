import { describe, expect, it } from "vitest"
import { sharedToken } from "@/lib/gateway/testing"
import { createIdentity } from "@/tools/wire-client"
import { startFakeUpstream } from "./fake-upstream"
import { startDoorBefore, startTestDoor, untilState } from "./testing"
import { askOver } from "./testing-http"
import { bearer, enterPage } from "./testing-page"

const config = "/control-ui-config.json"
const media = "/__openclaw__/assistant-media?source=a&meta=1"
const html = { accept: "text/html" }

describe("the page of the gateway behind", () => {
  it("comes as that gateway sends it, which hears nothing of who asks", async () => {
    const door = await startTestDoor()
    door.upstream.behaviour.page = (_request, response) => {
      response.setHeader("set-cookie", ["session=theirs; Path=/", "other=1"])
      response.setHeader("content-security-policy", "script-src 'self'")
      response.setHeader("permissions-policy", "microphone=*")
      response.setHeader("clear-site-data", '"cookies"')
      response.setHeader("strict-transport-security", "max-age=1")
      response.setHeader("connection", "x-hop")
      response.setHeader("x-hop", "1")
      response.setHeader("etag", '"1"')
      response.end("<!doctype html>")
    }
    const { status, headers, body } = await askOver(`${door.page}/settings/devices`, {
      headers: {
        ...html,
        "accept-encoding": "br",
        "if-none-match": '"0"',
        cookie: "gatehouse.session=secret",
        origin: door.page,
        referer: `${door.page}/x`,
        authorization: "Basic abc",
        forwarded: "for=1.2.3.4",
        "x-forwarded-for": "1.2.3.4",
        "x-forwarded-proto": "https",
        "x-real-ip": "1.2.3.4",
        "tailscale-user-login": "root@example.org",
        "x-openclaw-scopes": "operator.admin",
        "proxy-authorization": "Basic abc",
      },
    })
    expect({ status, body }).toEqual({ status: 200, body: "<!doctype html>" })
    expect(headers).toMatchObject({
      etag: '"1"',
      "content-security-policy": "script-src 'self'",
      "permissions-policy": "microphone=*",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
    })
    for (const name of ["set-cookie", "clear-site-data", "strict-transport-security", "x-hop"]) {
      expect(headers).not.toHaveProperty(name)
    }
    expect(door.upstream.fetched).toEqual([
      {
        method: "GET",
        url: "/",
        headers: {
          accept: "text/html",
          "accept-encoding": "br",
          "if-none-match": '"0"',
          host: new URL(door.upstream.url).host,
          connection: "close",
        },
      },
    ])
  })

  it("reaches nothing else there, whatever is asked", async () => {
    const { page, upstream } = await startTestDoor()
    for (const path of ["/tools/invoke", "/v1/models", "/healthz", "/readyz", "/metrics", "/_next/x", "/api/events"]) {
      expect(await askOver(page + path, { headers: bearer(sharedToken) }), path).toMatchObject({ status: 404 })
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      expect(await askOver(`${page}/`, { method, headers: html }), method).toMatchObject({ status: 404 })
    }
    expect(upstream.fetched).toEqual([])
  })

  it("is a plain page that says so while that gateway is not there", async () => {
    const upstream = await startFakeUpstream()
    const { page, gateway } = await startDoorBefore(upstream)
    await untilState(gateway, "up")
    await upstream.stop()
    const gone = await askOver(`${page}/`, { headers: html })
    expect(gone).toMatchObject({ status: 502, body: expect.stringContaining("does not answer") })
    await untilState(gateway, "down")
    expect(await askOver(`${page}${config}`, { headers: bearer(sharedToken) })).toMatchObject({ status: 502 })
    const back = await startFakeUpstream({ page: (_request, response) => void response.end("page") }, upstream.port)
    await untilState(gateway, "up")
    expect(await askOver(`${page}/`, { headers: html })).toMatchObject({ status: 200, body: "page" })
    await back.stop()
  })

  it("is not shown while that gateway must not be used", async () => {
    const upstream = await startFakeUpstream({ extraScopes: ["operator.admin"] })
    const { page, gateway } = await startDoorBefore(upstream)
    await untilState(gateway, "unsafe")
    const refused = await askOver(`${page}${config}`, { headers: bearer(sharedToken) })
    expect(refused).toMatchObject({ status: 502, body: expect.stringContaining("console says why") })
    expect(upstream.fetched).toEqual([])
    await upstream.stop()
  })
})

describe("what the page asks with a token", () => {
  it("is told with the secret of the gateway behind instead, if it is the shared token and asks how to look", async () => {
    const { page, upstream } = await startTestDoor({ page: (_request, response) => void response.end("{}") })
    expect(await askOver(page + config, { headers: bearer(sharedToken) })).toMatchObject({ status: 200, body: "{}" })
    expect(upstream.fetched.map(({ headers }) => headers.authorization)).toEqual(["Bearer upstream-secret"])
    expect(JSON.stringify(upstream.fetched)).not.toContain(sharedToken)
  })

  it("is refused if it is the shared token and asks more than that: it is nobody's yet", async () => {
    const { page, upstream } = await startTestDoor()
    for (const path of [media, "/avatar/main", "/__openclaw__/channel-avatar/x"]) {
      expect(await askOver(page + path, { headers: bearer(sharedToken) }), path).toMatchObject({ status: 403 })
    }
    expect(upstream.fetched).toEqual([])
  })

  it("is refused without one, with a wrong one, and with one in the address", async () => {
    const { page, upstream } = await startTestDoor()
    const wrong: [string, Record<string, string>][] = [
      [config, {}],
      [config, bearer("wrong")],
      [config, bearer("upstream-secret")],
      [config, { authorization: `Basic ${sharedToken}` }],
      [`${config}?token=${sharedToken}`, {}],
    ]
    for (const [path, headers] of wrong) {
      const refused = await askOver(page + path, { headers })
      expect(refused).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } })
    }
    expect(upstream.fetched).toEqual([])
  })

  it("is answered by what its device may do, as long as it may", async () => {
    const door = await startTestDoor({ page: (_request, response) => void response.end("{}") })
    const identity = createIdentity()
    const { token, close } = await enterPage(door, identity)
    const status = async (path: string) => (await askOver(door.page + path, { headers: bearer(token) })).status
    expect(await status(config)).toBe(200)
    expect(await status(media)).toBe(200)
    expect(await status("/__openclaw__/channel-avatar/x")).toBe(403)
    expect(door.upstream.fetched.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer upstream-secret",
      "Bearer upstream-secret",
    ])
    const owner = await door.gateway.enter({ scopes: ["operator.admin"], client: { id: "cli", mode: "cli" } })
    await owner.request("device.token.revoke", { deviceId: identity.deviceId, role: "operator" })
    expect(await status(config)).toBe(401)
    await Promise.all([close(), owner.close()])
  })

  it("opens what only the owner of that gateway gets, for a device that has admin", async () => {
    const door = await startTestDoor({ page: (_request, response) => void response.end("{}") })
    const { token, close } = await enterPage(door, createIdentity(), ["operator.admin"])
    const asked = await askOver(`${door.page}/__openclaw__/workspace-icon/main`, { headers: bearer(token) })
    expect(asked.status).toBe(200)
    await close()
  })

  it("opens nothing with the token of a device that never was at this page", async () => {
    const { page, gateway } = await startTestDoor()
    const other = await gateway.enter({ identity: createIdentity(), scopes: ["operator.read"] })
    expect(await askOver(page + config, { headers: bearer(other.hello.auth.deviceToken ?? "") })).toMatchObject({
      status: 401,
    })
    await other.close()
  })

  it("goes there without any where its address holds a ticket of that gateway", async () => {
    const { page, upstream } = await startTestDoor({ page: (_request, response) => void response.end("bytes") })
    const path = "/__openclaw__/assistant-media?source=a&mediaTicket=v1.a.b"
    expect(await askOver(page + path, { headers: bearer(sharedToken) })).toMatchObject({ status: 200 })
    expect(upstream.fetched[0]).toMatchObject({ url: path })
    expect(upstream.fetched[0]?.headers).not.toHaveProperty("authorization")
  })

  it("cannot be guessed: after some wrong ones even the right one is not looked at for a while", async () => {
    const { page } = await startTestDoor()
    const headers = { "x-forwarded-for": "203.0.113.77" }
    const from = { localAddress: "127.0.0.2" }
    for (let turn = 0; turn < 10; turn += 1) {
      const guess = await askOver(page + config, { ...from, headers: { ...headers, ...bearer(`guess-${turn}`) } })
      expect(guess.status).toBe(401)
    }
    const late = await askOver(page + config, { ...from, headers: { ...headers, ...bearer(sharedToken) } })
    expect(late).toMatchObject({ status: 429, headers: { "retry-after": expect.stringMatching(/^\d+$/) } })
    const elsewhere = await askOver(page + config, { headers: bearer(sharedToken) })
    expect(elsewhere.status).toBe(404)
  })
})
