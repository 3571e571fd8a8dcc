import type { IncomingMessage, ServerResponse } from "node:http"
import { connect as dial, type Socket } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createListener, listen } from "./listen"

const beats: NodeJS.Timeout[] = []

/** Answers `/stream` without end, `/now` at once, and anything else after longer than any request may take to arrive. */
function answer(request: IncomingMessage, response: ServerResponse) {
  if (request.url === "/stream") {
    response.writeHead(200, { "content-type": "text/event-stream" })
    beats.push(setInterval(() => response.write(": beat\n\n"), 500))
  } else if (request.url === "/now") response.end("here")
  else setTimeout(() => response.end("late"), 24_000)
}

const server = createListener(null, answer)
server.on("upgrade", (_request, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
})

let port = 0
beforeAll(async () => {
  port = await listen(server, { host: "127.0.0.1", port: 0, variable: "PORT" })
})
afterAll(() => {
  for (const beat of beats) clearInterval(beat)
  server.closeAllConnections()
  server.close()
})

/** A connection that says something and listens; tells what it heard, and when the server ended it. */
function connection(said: string) {
  const openedMs = performance.now()
  const state = { heard: "", endedAfterMs: Number.POSITIVE_INFINITY, socket: null as Socket | null }
  state.socket = dial(port, "127.0.0.1", () => state.socket?.write(said))
  state.socket.on("data", (bytes) => {
    state.heard += bytes.toString()
  })
  state.socket.on("error", () => {})
  state.socket.on("close", () => {
    state.endedAfterMs = performance.now() - openedMs
  })
  return state
}

const head = (path: string, ...lines: string[]) =>
  [`GET ${path} HTTP/1.1`, "Host: localhost", ...lines, ""].join("\r\n")

it("gives up on who never finishes asking within twenty seconds, and on nobody who is being answered", async () => {
  const idle = connection("")
  const half = connection(head("/", "Connection: Upgrade"))
  const stream = connection(`${head("/stream")}\r\n`)
  const poll = connection(`${head("/poll")}\r\n`)
  const kept = connection(`${head("/now")}\r\n`)
  const upgraded = connection(`${head("/", "Connection: Upgrade", "Upgrade: websocket")}\r\n`)
  await pause(22_000)
  expect(idle.endedAfterMs).toBeLessThan(22_000)
  expect(half.endedAfterMs).toBeLessThan(22_000)
  kept.socket?.write(`${head("/now")}\r\n`)
  await expect.poll(() => kept.heard.split("here").length).toBe(3)
  await expect.poll(() => poll.heard).toContain("late")
  const before = stream.heard.length
  await expect.poll(() => stream.heard.length).toBeGreaterThan(before)
  expect(upgraded.heard).toContain("101")
  expect(upgraded.endedAfterMs).toBe(Number.POSITIVE_INFINITY)
  upgraded.socket?.destroy()
})

it("waits half a minute for the body of a request", () => {
  expect(server.requestTimeout).toBe(30_000)
})
