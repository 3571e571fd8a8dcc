import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { startTestDoor } from "./testing"
import { askOver, openRequest } from "./testing-http"

describe("what is passed on", () => {
  it("flows as it comes, no faster than the page takes it", async () => {
    let written = 0
    const total = 64 * 1024 * 1024
    const { page } = await startTestDoor({
      page: (_request, response) => {
        const chunk = Buffer.alloc(64 * 1024)
        const more = () => {
          while (written < total) {
            written += chunk.length
            if (!response.write(chunk)) return void response.once("drain", more)
          }
          response.end()
        }
        more()
      },
    })
    const response = await openRequest(`${page}/assets/big.wasm`)
    response.pause()
    await pause(600)
    expect(written).toBeGreaterThan(0)
    expect(written).toBeLessThan(total / 2)
    let read = 0
    response.on("data", (bytes: Buffer) => {
      read += bytes.length
    })
    response.resume()
    await once(response, "end")
    expect(read).toBe(total)
  })

  it("arrives in parts before it is complete", async () => {
    const { page } = await startTestDoor({ page: (_request, response) => void response.write("first") })
    const response = await openRequest(`${page}/assets/slow.js`)
    const [bytes] = await once(response, "data")
    expect(String(bytes)).toBe("first")
    response.destroy()
  })

  it("is torn where the gateway behind tears it, and never looks whole", async () => {
    const { page } = await startTestDoor({
      page: (_request, response) => {
        response.write("half")
        setTimeout(() => response.destroy(), 50)
      },
    })
    await expect(askOver(`${page}/assets/torn.js`)).rejects.toThrow(/aborted/)
  })

  it("ends there when the page no longer wants it", async () => {
    let isGone = false
    const { page } = await startTestDoor({
      page: (_request, response) => {
        response.on("close", () => {
          isGone = true
        })
        response.write("x")
      },
    })
    const response = await openRequest(`${page}/assets/left.js`)
    response.destroy()
    await expect.poll(() => isGone).toBe(true)
  })

  it("is given up when nothing comes", async () => {
    const { page } = await startTestDoor({ page: () => {}, pageOptions: { limits: { idleMs: 200 } } })
    const late = await askOver(`${page}/assets/late.js`)
    expect(late).toMatchObject({ status: 502, body: expect.stringContaining("does not answer") })
  })

  it("is bounded: so many of one address are served at once, some wait, and the rest is turned away", async () => {
    const { page } = await startTestDoor({
      page: (_request, response) => void response.write("x"),
      pageOptions: { limits: { atOncePerAddress: 3, waitingPerAddress: 1 } },
    })
    const held = await Promise.all([1, 2, 3].map((turn) => openRequest(`${page}/assets/${turn}.js`)))
    const late = [4, 5].map((turn) => openRequest(`${page}/assets/${turn}.js`))
    expect((await Promise.race(late)).statusCode).toBe(503)
    const elsewhere = { localAddress: "127.0.0.2", headers: { "x-forwarded-for": "203.0.113.8" } }
    const other = await openRequest(`${page}/assets/6.js`, elsewhere)
    expect(other.statusCode).toBe(200)
    held[0]?.destroy()
    const both = await Promise.all(late)
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 503])
    for (const response of [...held, ...both, other]) response.destroy()
  })

  it("keeps what it is told about files: answers without a body, parts, and nothing new", async () => {
    const { page, upstream } = await startTestDoor({
      page: (request, response) => {
        if (request.headers["if-none-match"] !== undefined) return void response.writeHead(304, { etag: '"1"' }).end()
        if (request.method === "HEAD") return void response.writeHead(200, { "content-length": "12" }).end()
        response.writeHead(206, { "content-range": "bytes 0-3/12", "content-length": "4" }).end("half")
      },
    })
    const file = `${page}/assets/a.wasm`
    expect(await askOver(file, { headers: { "if-none-match": '"1"' } })).toMatchObject({ status: 304, body: "" })
    const head = await askOver(file, { method: "HEAD" })
    expect(head).toMatchObject({ status: 200, headers: { "content-length": "12" } })
    const part = await askOver(file, { headers: { range: "bytes=0-3" } })
    expect(part).toMatchObject({ status: 206, headers: { "content-range": "bytes 0-3/12" }, body: "half" })
    expect(upstream.fetched.map(({ method }) => method)).toEqual(["GET", "HEAD", "GET"])
  })
})
