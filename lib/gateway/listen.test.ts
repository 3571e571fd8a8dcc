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
