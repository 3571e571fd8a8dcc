import { createServer } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestStore } from "@/lib/store/testing"
import { listen } from "./listen"
import { createProbes } from "./probes"

const token = "a-token-for-metrics-only"
let local = false
let base = ""

const server = createServer(async (request, response) => {
  const probes = await (request.headers.host?.startsWith("localhost") ? openingGateway : opening)
  if (!(await probes.answer(request, response, { local }))) response.writeHead(404).end()
})
const openingStore = openTestStore("sqlite")
const opening = openingStore.then((store) => createProbes({ store, metricsToken: token }))
/** Asked for as `localhost`. */
const openingGateway = openingStore.then((store) =>
  createProbes({ store, metricsToken: token, processRole: "gateway" }),
)

beforeAll(async () => {
  const port = await listen(server, { host: "127.0.0.1", port: 0, variable: "PORT" })
  base = `http://127.0.0.1:${port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(base + path, { headers })
  return { status: response.status, text: await response.text() }
}

describe("probes", () => {
  it("say that the server is alive and ready to anybody", async () => {
    local = false
    expect(await get("/healthz")).toEqual({ status: 200, text: "alive\n" })
    expect(await get("/readyz?now")).toEqual({ status: 200, text: "ready\n" })
  })

  it("say which role a process has beside others", async () => {
    const response = await fetch(`${base.replace("127.0.0.1", "localhost")}/readyz`)
    expect(await response.text()).toBe("ready, as gateway\n")
  })

  it("give metrics to this machine", async () => {
    local = true
    const { status, text } = await get("/metrics")
    expect(status).toBe(200)
    expect(text).toMatch(/^gatehouse_sockets 0$/m)
    expect(text).toMatch(/^gatehouse_requests_pending 0$/m)
    expect(text).toContain("process_cpu_seconds_total")
  })

  it.each([
    ["without the token", {}, 403],
    ["with a wrong token", { authorization: "Bearer other" }, 403],
    ["with the token", { authorization: `Bearer ${token}` }, 200],
  ])("answer a stranger who wants metrics %s", async (_case, headers, status) => {
    local = false
    expect((await get("/metrics", headers)).status).toBe(status)
  })

  it("leave every other path to the pages", async () => {
    expect((await get("/metrics/all")).status).toBe(404)
  })
})
