import { existsSync, readdirSync, readFileSync } from "node:fs"
import type { IncomingMessage, ServerResponse } from "node:http"
import { join, sep } from "node:path"

export type CompressedFiles = {
  /** Answers a request for a script or style sheet of the pages with its brotli copy, and says whether it did. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
}

const types = { js: "application/javascript; charset=UTF-8", css: "text/css; charset=UTF-8" } as const

/**
 * Keeps the brotli copies that the build laid beside the pages' files. What has none, and who takes none, is left to
 * Next, which compresses less. The names change with the contents, so a browser may keep what it has for good.
 */
export function loadCompressedFiles(folder: string): CompressedFiles {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : []
  const files = new Map(
    names
      .filter((name) => /\.(js|css)\.br$/.test(name))
      .map((name) => {
        const path = `/_next/static/${name.slice(0, -".br".length).split(sep).join("/")}`
        return [path, { body: readFileSync(join(folder, name)), type: path.endsWith(".js") ? types.js : types.css }]
      }),
  )
  return {
    answer(request, response) {
      const file = files.get(request.url?.split("?", 1)[0] ?? "")
      const isReading = request.method === "GET" || request.method === "HEAD"
      if (file === undefined || !isReading || !takesBrotli(request.headers["accept-encoding"])) return false
      response.writeHead(200, {
        "cache-control": "public, max-age=31536000, immutable",
        "content-encoding": "br",
        "content-length": file.body.length,
        "content-type": file.type,
        vary: "accept-encoding",
      })
      response.end(request.method === "HEAD" ? undefined : file.body)
      return true
    },
  }
}

function takesBrotli(accepted: string | string[] | undefined): boolean {
  const codings = [accepted ?? []].flat().join(",").toLowerCase().split(",")
  return codings.some((coding) => /^\s*br\s*(;|$)/.test(coding) && !/;\s*q=0(\.0*)?\s*$/.test(coding))
}
