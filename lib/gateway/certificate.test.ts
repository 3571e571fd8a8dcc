import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs"
import { get } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { TLSSocket } from "node:tls"
import { afterEach, beforeEach, expect, it } from "vitest"
import { type RawData, WebSocket, WebSocketServer } from "ws"
import { createAuthority } from "@/tools/certificates"
import { createListener } from "./listen"

const authority = createAuthority("A private authority")
/** Long enough for several looks. */
const unchangedMs = 150

type Pair = ReturnType<typeof authority.issue>

let folder = ""
const closings: (() => Promise<unknown> | unknown)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-tls-"))
})

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

const file = (name: string) => join(folder, name)
const certificateOf = (name: string): Pair => authority.issue([name, "127.0.0.1"])

function write(directory: string, { cert, key }: Pair): void {
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, "cert.pem"), cert)
  writeFileSync(join(directory, "key.pem"), key)
}

/** What certbot and kubelet do: the link is there all the time, first to the old place, then to the new one. */
function turnLink(link: string, target: string): void {
  symlinkSync(target, `${link}.new`)
  renameSync(`${link}.new`, link)
}

/** Serves https and wss with the files cert.pem and key.pem of a directory, and answers what it is told. */
async function serve(directory: string, lookEveryMs = 20) {
  const said: string[] = []
  const files = { certFile: join(directory, "cert.pem"), keyFile: join(directory, "key.pem") }
  const answer = createListener(files, (_request, response) => void response.end("here"), {
    lookEveryMs,
    say: (line) => said.push(line),
  })
  const sockets = new WebSocketServer({ server: answer })
  sockets.on("connection", (ws) => ws.on("message", (text: RawData) => ws.send(text.toString())))
  await new Promise<void>((resolve) => answer.listen(0, "127.0.0.1", resolve))
  closings.push(() => new Promise((resolve) => answer.close(resolve)))
  const { port } = answer.address() as AddressInfo
  return {
    said,
    /** The name in the certificate that a new https connection gets. */
    name: () =>
      new Promise<string>((resolve, reject) => {
        const request = get({ host: "127.0.0.1", port, ca: authority.ca, agent: false }, (response) => {
          response.resume()
          const { socket } = response
          resolve((socket instanceof TLSSocket && socket.getPeerX509Certificate()?.subject.slice("CN=".length)) || "")
        })
        request.on("error", reject)
      }),
    /** Opens a wss connection; the answer sends a text over it and resolves with what comes back. */
    enter: async () => {
      const ws = new WebSocket(`wss://127.0.0.1:${port}`, { ca: authority.ca })
      await new Promise((resolve, reject) => ws.on("open", resolve).on("error", reject))
      closings.push(() => ws.terminate())
      return (text: string) =>
        new Promise<string>((resolve, reject) => {
          ws.once("message", (bytes) => resolve(bytes.toString()))
          ws.once("close", () => reject(new Error("the connection was closed")))
          ws.send(text)
        })
    },
  }
}

const ways: [string, (old: Pair) => string, (next: Pair) => void][] = [
  [
    "written in place",
    (old) => {
      write(folder, old)
      return folder
    },
    (next) => write(folder, next),
  ],
  [
    "replaced by rename",
    (old) => {
      write(folder, old)
      return folder
    },
    (next) => {
      write(file("new"), next)
      for (const name of ["cert.pem", "key.pem"]) renameSync(join(file("new"), name), file(name))
    },
  ],
  [
    "behind links that are turned one after the other, as certbot does",
    (old) => {
      write(file("archive-1"), old)
      mkdirSync(file("live"))
      for (const name of ["cert.pem", "key.pem"]) symlinkSync(`../archive-1/${name}`, join(file("live"), name))
      return file("live")
    },
    (next) => {
      write(file("archive-2"), next)
      for (const name of ["cert.pem", "key.pem"]) turnLink(join(file("live"), name), `../archive-2/${name}`)
    },
  ],
  [
    "behind one link to a directory, as in a mounted secret of Kubernetes",
    (old) => {
      write(file("..at-1"), old)
      symlinkSync("..at-1", file("..data"))
      for (const name of ["cert.pem", "key.pem"]) symlinkSync(`..data/${name}`, file(name))
      return folder
    },
    (next) => {
      write(file("..at-2"), next)
      turnLink(file("..data"), "..at-2")
      rmSync(file("..at-1"), { recursive: true })
    },
  ],
]

it.each(ways)("serves a new pair that was %s; what is connected stays", async (_way, prepare, renew) => {
  const server = await serve(prepare(certificateOf("old.example")))
  const early = await server.enter()
  expect(await server.name()).toBe("old.example")
  renew(certificateOf("new.example"))
  await expect.poll(server.name).toBe("new.example")
  const late = await server.enter()
  expect([await early("still here"), await late("here too")]).toEqual(["still here", "here too"])
  expect(server.said).toEqual([expect.stringMatching(/^New connections get the certificate .*, valid until .* GMT\.$/)])
})

const other = certificateOf("other.example")

const halves: [string, () => void, RegExp][] = [
  [
    "whose certificate is cut off",
    () => writeFileSync(file("cert.pem"), other.cert.slice(0, 300)),
    /cert\.pem and .*key\.pem are not a certificate and its key/,
  ],
  ["whose certificate is empty", () => writeFileSync(file("cert.pem"), ""), /are not a certificate and its key/],
  ["whose key is the old one", () => writeFileSync(file("cert.pem"), other.cert), /are not a certificate and its key/],
  ["whose key is gone", () => unlinkSync(file("key.pem")), /^GATEHOUSE_TLS_KEY names .*key\.pem, which cannot be read/],
  [
    "whose certificate is a directory",
    () => {
      unlinkSync(file("cert.pem"))
      mkdirSync(file("cert.pem"))
    },
    /^GATEHOUSE_TLS_CERT names .*cert\.pem, which cannot be read/,
  ],
]

it.each(halves)("keeps the old pair for one %s, says so once, and takes the whole one", async (_case, spoil, why) => {
  write(folder, certificateOf("old.example"))
  const server = await serve(folder)
  spoil()
  await expect.poll(() => server.said).toHaveLength(1)
  await pause(unchangedMs)
  expect(await server.name()).toBe("old.example")
  expect(await (await server.enter())("hello")).toBe("hello")
  expect(server.said).toEqual([expect.stringMatching(why)])
  expect(server.said[0]).toMatch(/The certificate from before stays in use\.$/)

  rmSync(file("cert.pem"), { recursive: true, force: true })
  write(folder, other)
  await expect.poll(server.name).toBe("other.example")
  expect(server.said).toHaveLength(2)
})

it("says nothing of somebody who writes slowly, and nothing of the same pair written again", async () => {
  const old = certificateOf("old.example")
  write(folder, old)
  // Seldom enough that the writer is never as slow, however busy the machine is.
  const server = await serve(folder, 200)
  write(folder, old)
  for (let length = 0; length < other.cert.length; length += 8) {
    writeFileSync(file("cert.pem"), other.cert.slice(0, length))
    await pause(5)
  }
  write(folder, other)
  await expect.poll(server.name).toBe("other.example")
  expect(server.said).toEqual([expect.stringMatching(/^New connections/)])
})

it("looks no more once it is closed", async () => {
  write(folder, certificateOf("old.example"))
  const server = await serve(folder)
  await closings.pop()?.()
  unlinkSync(file("key.pem"))
  await pause(unchangedMs)
  expect(server.said).toEqual([])
})
