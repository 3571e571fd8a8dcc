import { sharedToken } from "@/lib/gateway/testing"
import { approveAsConsole, consoleAdmin } from "@/tools/as-console"
import { connect, type DeviceIdentity } from "@/tools/wire-client"
import type { TestDoor } from "./testing"

/** The header that presents a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Connects as the page does, from its origin or another. */
export function knockAt(
  page: string,
  options: Partial<Parameters<typeof connect>[0]> = {},
  origin: string | null = page,
) {
  return connect({
    url: page.replace("http", "ws"),
    client: { id: "openclaw-control-ui", mode: "webchat" },
    scopes: ["operator.read"],
    auth: { token: sharedToken },
    ...options,
    headers: { ...(origin === null ? {} : { origin }), ...options.headers },
  })
}

/** Lets the page in as a person does, and hands back the token of its device. */
export async function enterPage({ gateway, page }: TestDoor, identity: DeviceIdentity, scopes = ["operator.read"]) {
  const refused = await knockAt(page, { identity, scopes })
  const requestId = refused.ok ? null : refused.error?.details?.requestId
  if (typeof requestId !== "string") throw new Error(`no request: ${JSON.stringify(refused)}`)
  await approveAsConsole(gateway.store, { requestId, actor: consoleAdmin({ id: "a", name: "A" }) })
  const entered = await knockAt(page, { identity, scopes })
  if (!entered.ok) throw new Error(`not let in: ${JSON.stringify(entered)}`)
  return { ...entered, token: entered.hello.auth.deviceToken ?? "" }
}
