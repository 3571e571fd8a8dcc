import type { Ask } from "./ask"
import type { Allow } from "./decision"
import { commandsBeyond, isServedNode } from "./node-commands"
import { fileRequest, holdAgainst } from "./requests"

/**
 * The allow of a node that offers more commands than a person approved: it is served with those, and a request for
 * the larger surface is filed or refreshed, with the scopes it has, unless a rejection of as much is in force. Any
 * other allow comes back as it is.
 */
export function fileGrowth(ask: Ask, allow: Allow): Allow {
  const { facts, identity, role } = ask
  const { device } = allow.next
  if (!isServedNode(facts, role) || device === null) return allow
  const { commands } = facts.metadata
  if (commandsBeyond(device.approvedCommands ?? [], commands).length === 0) return allow

  const reason = allow.reason === "within-ceiling" ? "commands-left-out" : allow.reason
  const { deviceId, publicKey } = identity
  const asked = { publicKey, role, scopes: allow.granted }
  const hold = holdAgainst(allow.next.holds, { ...asked, commands, nowMs: facts.nowMs })
  if (hold !== undefined) return { ...allow, reason }
  const { next, ...filed } = fileRequest(allow.next, { ...asked, facts, deviceId, reason: "metadata-upgrade" })
  return { ...allow, reason, filed, next }
}
