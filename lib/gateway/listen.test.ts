import { createServer } from "node:http"
import { expect, it } from "vitest"
import { createListener, listen } from "./listen"

const nobody = () => undefined

it("says that a port is taken and how to choose another", async () => {
  const first = createServer(nobody)
  const port = await listen(first, { host: "127.0.0.1", port: 0, variable: "PORT" })
  const second = listen(createServer(nobody), { host: "127.0.0.1", port, variable: "PORT" })
  await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken by another program`)
  first.close()
})

it("says that an address is not one of this machine", async () => {
  const attempt = listen(createServer(nobody), { host: "203.0.113.1", port: 0, variable: "PORT" })
  await expect(attempt).rejects.toThrow("203.0.113.1 is not an address of this machine")
})

it.each([
  ["that is not there", "/nowhere/cert.pem", "which cannot be read"],
  ["that is none", "package.json", "are not a certificate and its key"],
  ["that is empty", "/dev/null", "are not a certificate and its key"],
])("refuses a certificate %s", (_case, file, sentence) => {
  expect(() => createListener({ certFile: file, keyFile: file }, nobody)).toThrow(sentence)
})

it("keeps an idle connection longer than the proxies do, so that it never closes on a request", async () => {
  const server = createListener(null, (_request, response) => void response.end())
  const port = await listen(server, { host: "127.0.0.1", port: 0, variable: "PORT" })
  const answer = await fetch(`http://127.0.0.1:${port}`)
  // nginx keeps one for 60 seconds, Caddy for 120.
  expect(answer.headers.get("keep-alive")).toBe("timeout=130")
  server.close()
  server.closeAllConnections()
})
