import { z } from "zod"
import { isImported } from "@/lib/pairing/tokens"
import type { Role } from "@/lib/pairing/types"
import { mustHold } from "../checks"
import { connect } from "../wire-client"
import { deviceIdOf, storedToken } from "./client-state"
import type { Setting } from "./setting"
import { until } from "./until"

const pairedSchema = z.looseObject({
  paired: z.array(z.looseObject({ deviceId: z.string(), connected: z.boolean().optional() })),
})

/** Revokes the token of a connected device in the console; its socket must be gone within a second of that. */
export async function revokeWhileConnected(setting: Setting, deviceId: string, role: Role): Promise<void> {
  const watch = await connect({
    url: `ws://127.0.0.1:${setting.port}`,
    client: { id: "gateway-client", mode: "backend" },
    auth: { token: setting.token },
    scopes: ["operator.read", "operator.pairing", "operator.admin"],
  })
  if (!watch.ok) throw new Error(`refused: ${JSON.stringify(watch)}`)
  const isConnected = async () => {
    const answer = await watch.request("device.pair.list", {})
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    return pairedSchema.parse(answer.payload).paired.some((row) => row.deviceId === deviceId && row.connected === true)
  }
  mustHold(await isConnected(), true, "connected before it is revoked")
  const [goneAtMs] = await Promise.all([
    until("the end of its socket", async () => ((await isConnected()) ? null : Date.now())),
    setting.desk.revoke(deviceId, role),
  ])
  await watch.close()
  const { revokedAtMs } = await tokenRow(setting, deviceId, role)
  const afterMs = goneAtMs - (revokedAtMs ?? 0)
  if (afterMs > 1_000) throw new Error(`its socket was there for ${afterMs} ms after its token was revoked`)
}

/** Waits until a real client keeps the very token that the server has for its device now. */
export async function untilNewTokenIsKept(setting: Setting, stateDir: string, role: Role): Promise<void> {
  const deviceId = deviceIdOf(stateDir)
  await until(
    `the new ${role} token in the client's state directory`,
    async () => {
      const { tokenId } = await tokenRow(setting, deviceId, role)
      if (isImported({ tokenId })) return null
      return storedToken(stateDir, role) === setting.keys.deriveToken(tokenId, deviceId, role) ? true : null
    },
    60_000,
  )
}

/** The request that waits for an admin. */
export async function mustWait(setting: Setting, requestId: string, reason: string): Promise<void> {
  const row = await setting.db.request.findUniqueOrThrow({ where: { requestId } })
  mustHold(row, { status: "pending", reason })
}

const tokenRow = ({ db }: Setting, deviceId: string, role: Role) =>
  db.token.findUniqueOrThrow({ where: { deviceId_role: { deviceId, role } } })
