import { connect as dial } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway | null = null
afterEach(async () => {
  await gateway?.close()
  gateway = null
})

const upgrade = [
  "GET / HTTP/1.1",
  "Host: localhost",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  "Sec-WebSocket-Version: 13",
  "\r\n",
].join("\r\n")

/** Asks for an upgrade, says one byte more once the server has ended its half, and goes away. */
function askAndLeave(port: number): Promise<string> {
  return new Promise((resolve) => {
    let heard = ""
    const socket = dial({ port, host: "127.0.0.1", allowHalfOpen: true }, () => socket.write(upgrade))
    socket.on("data", (bytes) => {
      heard += bytes.toString()
    })
    socket.on("error", () => {})
    socket.on("end", () => {
      socket.write("x")
      setTimeout(() => socket.destroy(), 20)
    })
    socket.on("close", () => resolve(heard.split("\r\n")[0] ?? ""))
  })
}

describe("a refused upgrade", () => {
  it("leaves no connection behind, whatever its client says afterwards", async () => {
    gateway = await startTestGateway({ settings: { maxUnauthenticatedPerAddress: 0 } })
    const { port, connections } = gateway
    const answers = await Promise.all(Array.from({ length: 40 }, () => askAndLeave(port)))
    expect(new Set(answers)).toEqual(new Set(["HTTP/1.1 503 Service Unavailable"]))
    await expect.poll(connections).toBe(0)
  })
})
