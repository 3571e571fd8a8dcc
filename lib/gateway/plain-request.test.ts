import type { IncomingMessage, ServerResponse } from "node:http"
import { connect as dial } from "node:net"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createListener, listen } from "./listen"
import { isWebSocketUpgrade, servePlainly } from "./plain-request"

/** Says what it was asked, and with what body. */
function answer(request: IncomingMessage, response: ServerResponse) {
  let body = ""
  request.on("data", (bytes) => {
    body += bytes.toString()
  })
  request.on("end", () => {
    const { method, url, headers } = request
    response.end(JSON.stringify({ method, url, body, headers }))
  })
}

const server = createListener(null, answer)
server.on("upgrade", (request, socket, head) => {
  if (isWebSocketUpgrade(request)) socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n")
  else servePlainly(server, request, socket, head)
})

let port = 0
beforeAll(async () => {
  port = await listen(server, { host: "127.0.0.1", port: 0, variable: "PORT" })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Everything that a connection hears that says these lines and then ends its half. */
function say(...lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ""
    const socket = dial(port, "127.0.0.1", () => socket.end(lines.join("\r\n")))
    socket.on("data", (bytes) => {
      heard += bytes.toString()
    })
    socket.on("error", reject)
    socket.on("close", () => resolve(heard))
  })
}

const offer = ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"]
const h2c = ["Connection: Upgrade, HTTP2-Settings", ...offer]

it("answers a request that only offers another version of the protocol as if it had offered none", async () => {
  const heard = await say(
    "GET /sign-in?next=%2F HTTP/1.1",
    "Host: gate.example",
    "X-Twice: a",
    "X-Twice: b",
    ...h2c,
    "",
    "",
  )
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  const asked = JSON.parse(heard.split("\r\n\r\n")[1] ?? "")
  expect(asked).toMatchObject({ method: "GET", url: "/sign-in?next=%2F", headers: { host: "gate.example" } })
  expect(asked.headers["x-twice"]).toBe("a, b")
  expect(asked.headers).not.toHaveProperty("upgrade")
  expect(asked.headers).not.toHaveProperty("http2-settings")
})

it("takes its body, and what it asks next on the same connection", async () => {
  const heard = await say(
    ...["POST /sign-in HTTP/1.1", "Host: gate.example", "Content-Length: 5", ...h2c, "", "helloGET /next HTTP/1.1"],
    ...["Host: gate.example", "Connection: close", "", ""],
  )
  expect(heard).toContain('"url":"/sign-in","body":"hello"')
  expect(heard).toContain('"url":"/next"')
})

it("closes after the answer where that was asked", async () => {
  const heard = await say("GET / HTTP/1.1", "Host: x", "Connection: Upgrade, close", ...offer, "", "")
  expect(heard).toMatch(/\r\nConnection: close\r\n/i)
})

it("leaves WebSockets to those who serve them", async () => {
  expect(await say("GET / HTTP/1.1", "Host: x", "Connection: Upgrade", "Upgrade: WebSocket", "", "")).toMatch(
    /^HTTP\/1\.1 101/,
  )
})
