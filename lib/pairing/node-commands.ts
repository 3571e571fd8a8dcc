import { hasRole } from "./device"
import type { ConnectFacts } from "./facts"
import type { Device, Metadata, PendingRequest, Role } from "./types"

/** Whether this connect is of a node whose commands the gateway behind this one would run: a person decides on those. */
export function isServedNode({ upstream }: Pick<ConnectFacts, "upstream">, role: Role): boolean {
  return upstream && role === "node"
}

/** The commands of a list that are not among the approved ones, by their literal names and without duplicates. */
export function commandsBeyond(approved: readonly string[], offered: readonly string[]): readonly string[] {
  return [...new Set(offered)].filter((command) => !approved.includes(command))
}

// Those that the real gateway itself wants an owner to approve: they reach the machine that the node stands on.
const reaching = [
  "system.run",
  "system.run.prepare",
  "system.which",
  "browser.proxy",
  "browser.proxy.upload.v1",
  "fs.listDir",
  "terminal.upload",
  "system.execApprovals.get",
  "system.execApprovals.set",
]

/**
 * What a command of a node lets the gateway do: run programs on the node's machine, reach into it otherwise, or no more
 * than the command says.
 */
export function reachOf(command: string): "runs-programs" | "reaches-machine" | "itself" {
  if (command.startsWith("system.run") || command.startsWith("terminal.")) return "runs-programs"
  return reaching.includes(command) ? "reaches-machine" : "itself"
}

/** Whether two reports name the same platform and device family; neither case nor an empty text counts. */
export function isSamePlatform(
  one: Pick<Metadata, "platform" | "deviceFamily">,
  other: Pick<Metadata, "platform" | "deviceFamily">,
): boolean {
  const isSame = (first: string | null, second: string | null) =>
    (first ?? "").toLowerCase() === (second ?? "").toLowerCase()
  return isSame(one.platform, other.platform) && isSame(one.deviceFamily, other.deviceFamily)
}

/**
 * Whether a person approved the node role with its commands shown, on the platform and device family that the node
 * reports now. Compared with what was shown for that role: other clients share the key and report what they like.
 */
export function isApprovedNode(device: Device, { metadata }: Pick<ConnectFacts, "metadata">): boolean {
  const shown = { platform: device.nodePlatform, deviceFamily: device.nodeFamily }
  return device.approvedCommands !== null && isSamePlatform(shown, metadata)
}

/**
 * The commands that stay approved when this node is approved again: those of a role in force, on the same platform. After
 * a revocation, or as another machine, it begins with what is shown now.
 */
export function stillApproved(device: Device | null, metadata: Metadata): readonly string[] {
  if (device === null || !hasRole(device, "node")) return []
  return isApprovedNode(device, { metadata }) ? (device.approvedCommands ?? []) : []
}

/** What an approval of this request leaves approved of a node: the commands that were shown, beside those that stay. */
export function approvedNode(
  device: Device | null,
  { role, metadata }: Pick<PendingRequest, "role" | "metadata">,
): Pick<Device, "approvedCommands" | "nodePlatform" | "nodeFamily"> {
  if (role !== "node") {
    const { approvedCommands = null, nodePlatform = null, nodeFamily = null } = device ?? {}
    return { approvedCommands, nodePlatform, nodeFamily }
  }
  const earlier = stillApproved(device, metadata)
  const approvedCommands = [...earlier, ...commandsBeyond(earlier, metadata.commands)]
  return { approvedCommands, nodePlatform: metadata.platform, nodeFamily: metadata.deviceFamily }
}

/**
 * The commands that a connection may offer: with a gateway behind this one, those that a person approved, and none
 * for an operator; otherwise all that it named, for nobody runs them.
 */
export function servedCommands(facts: ConnectFacts, role: Role, device: Device | null): readonly string[] {
  const offered = facts.metadata.commands
  if (!facts.upstream) return offered
  const approved = isServedNode(facts, role) ? (device?.approvedCommands ?? []) : []
  return [...new Set(offered)].filter((command) => approved.includes(command))
}
