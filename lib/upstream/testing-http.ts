import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"

type Ask = {
  readonly method?: string
  readonly headers?: Record<string, string>
  /** Dial from this address of this machine. */
  readonly localAddress?: string
}

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** One request just as it is written, and its answer once its head is there. Nothing of it has been read then. */
export function openRequest(
  url: string,
  { method = "GET", headers = {}, localAddress }: Ask = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request(url, {
      method,
      headers: { accept: "*/*", ...headers },
      agent: false,
      ...(localAddress === undefined ? {} : { localAddress }),
    })
    asking.once("response", resolve)
    asking.once("error", reject)
    asking.end()
  })
}

/** The same, with its whole answer. */
export async function askOver(url: string, options?: Ask): Promise<Answer> {
  const response = await openRequest(url, options)
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
}
