import type { AuthKind, Device, DeviceRecord, PairingReason, PendingRequest, Policy, Role, Scopes } from "../types"
import { answerDiffers, deviceDiffers, pendingDiffers } from "./scenario-compare"

/** The decision scenarios of scenarios.json: a record before, what happens, what must come of it, the record after. */
export type Scenario = {
  readonly id: string
  readonly title: string
  readonly device: StoredDevice | null
  readonly pendingBefore?: readonly (Omit<PendingRow, "id"> & { readonly id: string })[]
  readonly policy?: Partial<Policy>
  readonly request: Step | readonly Step[]
  readonly expect: Expected | readonly Expected[]
  readonly after: {
    readonly device: ExpectedDevice | "unchanged" | null
    readonly pending: readonly PendingRow[]
  }
  readonly literal?: boolean
}

export type StoredDevice = {
  readonly deviceId: string
  readonly publicKey: string
  readonly role?: Role
  readonly roles?: readonly Role[]
  readonly scopes?: Scopes
  readonly approvedScopes?: Scopes
  readonly withheld?: Scopes
  readonly tokens?: Partial<Record<Role, { readonly scopes: Scopes; readonly revoked?: boolean }>>
}

export type PendingRow = {
  readonly id?: string
  readonly deviceId: string
  readonly publicKey: string
  readonly role: Role
  readonly scopes: Scopes
  readonly reason: PairingReason
}

export type Caller = { readonly scopes: Scopes; readonly deviceId?: string }

export type Step = {
  readonly op: "connect" | "approve" | "reject" | "rotate" | "revoke" | "remove"
  readonly at: number
  readonly deviceId?: string
  readonly publicKey?: string
  readonly role?: string
  readonly scopes?: Scopes
  readonly auth?: { readonly kind: AuthKind | "invalid"; readonly presents?: "current" | "stale" }
  readonly net?: {
    readonly remoteAddr: string
    readonly host: string
    readonly headers: Readonly<Record<string, string>>
    readonly trustedProxies: readonly string[]
    readonly origin?: string
  }
  readonly requestId?: string
  readonly requestFromStep?: number
  readonly grant?: Scopes
  readonly approver?: Caller
  readonly caller?: Caller
}

export type Expected = {
  readonly outcome: string
  readonly reason?: string
  readonly granted?: Scopes
  readonly local?: boolean
  readonly sameRequestAsStep?: number
  readonly newRequestFromStep?: number
}

export type ExpectedToken = {
  readonly active?: boolean
  readonly scopes?: Scopes
  readonly covers?: Scopes
  readonly within?: Scopes
  readonly secretChanged?: boolean
}

export type ExpectedDevice = {
  readonly publicKey?: string
  readonly roles?: readonly Role[]
  readonly scopes?: Scopes
  readonly approvedScopes?: Scopes
  readonly withheld?: Scopes
  readonly tokens?: Partial<Record<Role, ExpectedToken>>
}

/** Whether an item of a file has the parts of a scenario; what they say is up to the run. */
export function isScenario(item: unknown): item is Scenario {
  return (
    typeof item === "object" &&
    item !== null &&
    "id" in item &&
    typeof item.id === "string" &&
    ["device", "request", "expect", "after"].every((part) => part in item)
  )
}

/** What one step came to. */
export type Answer = {
  readonly outcome: string
  readonly reason?: string | undefined
  readonly granted?: Scopes | undefined
  readonly local?: boolean | undefined
  /** The request that a connect filed or refreshed. */
  readonly requestId?: string | undefined
}

/** Something that can carry out steps: the library alone, or the store's commands on a database. */
export type Executor = {
  /** `requestId` is resolved already when a step points at an earlier one. */
  step(step: Step): Promise<Answer>
  record(deviceId: string): Promise<DeviceRecord>
  /** Every request that waits, of all devices. */
  pending(): Promise<readonly PendingRequest[]>
}

const scenarioOrigins = ["http://127.0.0.1:18789", "http://localhost:18789"]

/** The policy of a scenario: its overrides on a base, with the origins of the gateway that the scenarios speak of. */
export function scenarioPolicy(base: Policy, scenario: Scenario): Policy {
  return { ...base, firstPartyOrigins: scenarioOrigins, ...scenario.policy }
}

/** The record before the first step. Tokens count as used, and get the id `before-` and their role. */
export function recordBefore({ device, pendingBefore = [] }: Scenario): DeviceRecord {
  const metadata = emptyMetadata
  const requests = pendingBefore.map(({ id, ...row }) => {
    return { ...row, requestId: id, metadata, filedAtMs: 0, triedAtMs: 0, tries: 1 }
  })
  return { device: device === null ? null : toDevice(device), requests, holds: [], blockedKeys: [] }
}

export const emptyMetadata = {
  displayName: null,
  clientId: null,
  clientMode: null,
  clientVersion: null,
  platform: null,
  deviceFamily: null,
  commands: [],
} as const

function toDevice(stored: StoredDevice): Device {
  const tokens: Partial<Record<Role, NonNullable<Device["tokens"][Role]>>> = {}
  for (const role of ["operator", "node"] as const) {
    const token = stored.tokens?.[role]
    if (token === undefined) continue
    tokens[role] = {
      tokenId: `before-${role}`,
      role,
      scopes: token.scopes,
      narrowedAway: [],
      createdAtMs: 0,
      issuedAtMs: 0,
      deliveredAtMs: 0,
      usedAtMs: 0,
      revokedAtMs: token.revoked === true ? 0 : null,
      predecessors: [],
    }
  }
  return {
    deviceId: stored.deviceId,
    publicKey: stored.publicKey,
    roles: stored.roles ?? (stored.role === undefined ? [] : [stored.role]),
    approvedScopes: stored.approvedScopes ?? null,
    legacyScopes: stored.scopes ?? null,
    withheld: stored.withheld ?? [],
    silentScopes: [],
    ends: {},
    tokens,
    metadata: emptyMetadata,
    approvedCommands: null,
    nodePlatform: null,
    nodeFamily: null,
    approvedVia: "person",
    pairedAtMs: 0,
    approvedAtMs: 0,
    revision: 1,
  }
}

/** Runs a scenario. Null when everything came as it must; otherwise the first difference in words. */
export async function runScenario(scenario: Scenario, executor: Executor): Promise<string | null> {
  const steps = [scenario.request].flat() as readonly Step[]
  const expected = [scenario.expect].flat() as readonly Expected[]
  const deviceId = scenario.device?.deviceId ?? steps.find((step) => step.deviceId !== undefined)?.deviceId ?? "dev-1"
  const before = await executor.record(deviceId)
  const requestIds: (string | undefined)[] = []

  for (const [index, step] of steps.entries()) {
    const requestId = step.requestFromStep === undefined ? step.requestId : requestIds[step.requestFromStep - 1]
    const answer = await executor.step(requestId === undefined ? step : { ...step, requestId })
    requestIds.push(answer.requestId)
    const want = expected[index]
    const wrong = want === undefined ? "no expectation" : answerDiffers(want, answer, requestIds)
    if (wrong !== null) return `step ${index + 1}: ${wrong}`
  }

  const after = await executor.record(deviceId)
  return (
    deviceDiffers(scenario, before.device, after.device) ??
    pendingDiffers(scenario.after.pending, await executor.pending())
  )
}
