import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { loadCompressedFiles } from "./compressed-files"

const folder = mkdtempSync(join(tmpdir(), "gatehouse-compressed-"))
const script = "export const large = 1\n".repeat(500)
mkdirSync(join(folder, "chunks"))
writeFileSync(join(folder, "chunks", "a.js.br"), brotliCompressSync(script))
writeFileSync(join(folder, "chunks", "plain.js"), script)
const files = loadCompressedFiles(folder)
const server = createServer((request, response) => {
  if (!files.answer(request, response)) response.writeHead(404).end("left to others")
})
let url = ""

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  url = `http://127.0.0.1:${address.port}`
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const ask = (path: string, encoding: string, method = "GET") =>
  fetch(url + path, { method, headers: { "accept-encoding": encoding } })

describe("the compressed files of the pages", () => {
  it.each(["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=1.0"])(
    "go to a browser that takes %s",
    async (encoding) => {
      const answer = await ask("/_next/static/chunks/a.js", encoding)
      expect(await answer.text()).toBe(script)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-encoding": "br",
        "content-type": "application/javascript; charset=UTF-8",
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
      })
      expect(Number(answer.headers.get("content-length"))).toBeLessThan(script.length / 10)
    },
  )

  it.each(["gzip", "identity", "br;q=0", "gzip, br; q=0.0", "brotli", "*"])(
    "are not given to one that takes %s",
    async (encoding) => {
      expect((await ask("/_next/static/chunks/a.js", encoding)).status).toBe(404)
    },
  )

  it.each([
    "/_next/static/chunks/plain.js",
    "/_next/static/chunks/a.js.br",
    "/_next/static/chunks/../chunks/a.js.br",
    "/_next/static/chunks/%61.js",
    "/chunks/a.js",
    "/",
  ])("leave %s to others", async (path) => {
    expect((await ask(path, "br")).status).toBe(404)
  })

  it("say how long they are without being sent, and take no commands", async () => {
    const head = await ask("/_next/static/chunks/a.js", "br", "HEAD")
    expect(head.status).toBe(200)
    expect(await head.text()).toBe("")
    expect((await ask("/_next/static/chunks/a.js", "br", "POST")).status).toBe(404)
  })

  it("are none where nothing was built", () => {
    expect(() => loadCompressedFiles(join(folder, "nowhere"))).not.toThrow()
  })
})
