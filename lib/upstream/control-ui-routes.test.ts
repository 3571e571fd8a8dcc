import { describe, expect, it } from "vitest"
import { routeOf } from "./control-ui-routes"

const html = "text/html,application/xhtml+xml,*/*;q=0.8"
const guardOf = (target: string, method = "GET") => routeOf(method, target, "*/*")?.guard

describe("what the page of the gateway behind may ask for", () => {
  it.each([
    ["its first view", "/"],
    ["any other view", "/settings/devices?section=paired"],
    ["a view of a session", "/chat/agent%3Amain%3Amain"],
  ])("itself, as %s, which is one document there", (_case, target) => {
    expect(routeOf("GET", target, html)).toEqual({ path: "/", guard: { kind: "open" } })
  })

  it.each([
    ["/assets/index-BqZ_1x.js"],
    ["/assets/index.css.map"],
    ["/sw.js?v=2026.9.6"],
    ["/favicon.svg"],
    ["/manifest.webmanifest"],
    ["/themes/rose.css"],
    ["/fonts/inter/latin.woff2"],
  ])("a file of it: %s", (target) => {
    expect(routeOf("GET", target, "*/*")).toEqual({ path: target, guard: { kind: "open" } })
  })

  it.each([
    ["/control-ui-config.json", "operator.read", true],
    ["/avatar/main?v=1", "operator.read", false],
    ["/api/users/u1/avatar", "operator.read", false],
    ["/__openclaw__/catalog-icon/https%3A%2F%2Fexample.org%2Ficon.png", "operator.read", false],
    ["/__openclaw__/link-favicon/example.org", "operator.read", false],
    ["/__openclaw__/plugin-theme-art/a/b/c/d.png", "operator.read", false],
    ["/__openclaw__/assistant-media?source=%2Ftmp%2Fa.png&meta=1", "operator.read", false],
    ["/__openclaw__/channel-avatar/agent%3Amain", "operator.admin", false],
    ["/__openclaw__/workspace-icon/main", "operator.admin", false],
    ["/api/chat/media/outgoing/agent%3Amain/1f/full", "operator.admin", false],
  ])("%s, with a token that holds %s", (target, needs, takesSharedToken) => {
    expect(routeOf("GET", target, "*/*")).toEqual({ path: target, guard: { kind: "bearer", needs, takesSharedToken } })
  })

  it.each([
    ["/__openclaw__/assistant-media?source=%2Ftmp%2Fa.png&mediaTicket=v1.x.y"],
    ["/api/chat/media/outgoing/agent%3Amain/1f/thumbnail?mediaTicket=v1.x.y"],
    ["/api/artifacts/download/conn/ticket"],
    ["/__openclaw__/board/agent%3Amain/weather/index.html?bt=1"],
  ])("%s, whose ticket the gateway behind checks", (target) => {
    expect(guardOf(target)).toEqual({ kind: "ticket" })
  })

  it("loses a token that stands in its address, and nothing else", () => {
    const target = "/__openclaw__/assistant-media?source=a&token=shared&meta=1"
    expect(routeOf("GET", target, "*/*")?.path).toBe("/__openclaw__/assistant-media?source=a&meta=1")
  })
})

describe("what it may not ask for", () => {
  it.each([
    ["the tools", "POST", "/tools/invoke"],
    ["what others than readers use", "POST", "/__openclaw__/assistant-media?source=a&meta=1&allow=1"],
    ["a change of any kind", "DELETE", "/avatar/main"],
    ["models", "GET", "/v1/models"],
    ["histories", "GET", "/sessions/main/history"],
    ["hooks", "GET", "/hooks/wake"],
    ["routes of plugins", "GET", "/plugins/x/route"],
    ["files of plugins", "GET", "/plugins/x/main.js"],
    ["nodes' canvas", "GET", "/__openclaw__/canvas/documents/1"],
    ["workers", "GET", "/__openclaw__/worker"],
    ["other interfaces", "GET", "/api/nodes/watch/1"],
    ["codes to join with", "GET", "/j/AB12"],
    ["probes", "GET", "/healthz"],
    ["probes of ours", "GET", "/metrics"],
    ["pages of the console", "GET", "/_next/static/chunks/main.js"],
    ["another host", "GET", "http://127.0.0.1:18790/requests"],
    ["nothing that is a path", "GET", "*"],
    ["a file outside its folders", "GET", "/secrets/keys.json"],
    ["a file above them", "GET", "/assets/../../etc/passwd"],
    ["a file above them, encoded", "GET", "/assets/%2e%2e%2fconfig.json"],
    ["another route, encoded", "GET", "/avatar/..%2Ftools%2Finvoke"],
    ["another route, encoded twice", "GET", "/avatar/%252e%252e%252fv1"],
    ["another route, with the other slash", "GET", "/avatar/..%5Cv1"],
    ["half a character", "GET", "/avatar/%E0%A4%A"],
  ])("%s", (_case, method, target) => {
    expect(routeOf(method, target, "*/*")).toBeNull()
  })

  it.each(["/api/nodes", "/v1/models", "/__openclaw__/canvas", "/healthz", "/_next/x", "/hooks/wake"])(
    "%s, not even as a view",
    (target) => {
      expect(routeOf("GET", target, html)).toBeNull()
    },
  )
})
