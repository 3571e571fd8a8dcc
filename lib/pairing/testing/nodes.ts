import { type ApproveInput, approve } from "../approve"
import { consoleAuthority } from "../authority"
import { decideConnect } from "../decide-connect"
import type { ConnectFacts } from "../facts"
import type { Device, DeviceRecord, Metadata } from "../types"
import { device, facts, loopback, policy, record, token } from "./facts"
import { emptyMetadata } from "./scenario"

/** What a node on Linux says of itself, offering one command; `over` is the difference. */
export const report = (over: Partial<Metadata> = {}): Metadata => {
  return { ...emptyMetadata, platform: "linux", deviceFamily: "Linux", commands: ["system.which"], ...over }
}

/** Its connect from this machine, where a gateway serves it. */
export const node = (over: Partial<Metadata> = {}, more: Partial<ConnectFacts> = {}) =>
  facts({ role: "node", scopes: [], net: loopback, metadata: report(over), upstream: true, ...more })

export const nodeTokens = { node: token({ tokenId: "node-token", role: "node", scopes: [] }) }

/** That node, approved as it is. */
export const pairedNode = (over: Partial<Device> = {}): DeviceRecord =>
  record({
    device: device({
      ...{ roles: ["node"], approvedScopes: [], tokens: nodeTokens, metadata: report() },
      ...{ approvedCommands: ["system.which"], nodePlatform: "linux", nodeFamily: "Linux", ...over },
    }),
  })

/** How a person at the console approves the request of `node`. */
export const approval = (over: Partial<ApproveInput> = {}): ApproveInput => {
  const by = { authority: consoleAuthority, from: "console", policy: policy(), nowMs: 10_001 } as const
  return { ...by, requestId: "fresh-request", freshTokenId: "t", ...over }
}

/** The record after a connect that is not refused. */
export function recordAfter(given: ConnectFacts, before: DeviceRecord): DeviceRecord {
  const decision = decideConnect(given, before, policy())
  if (decision.kind === "reject") throw new Error(decision.reason)
  return decision.next
}

/** The record after the approval of its request. */
export function approved(before: DeviceRecord, over: Partial<ApproveInput> = {}): DeviceRecord {
  const result = approve(before, approval(over))
  if (!result.ok) throw new Error(result.because)
  return result.next
}
