import type { Allow, SilentApprove } from "@/lib/pairing/decision"
import type { DeviceRecord, Metadata } from "@/lib/pairing/types"
import { type ConnectAnswer, connectDevice, type PresentedAuth } from "@/lib/store/connect-device"
import { type RefusalContext, refusalOf } from "./decision-refusal"
import type { Connect, Gateway } from "./gateway"
import { isBrowserPage, isControlUi, isWorker } from "./known-clients"
import { checkProof } from "./proof"
import {
  deviceRequired,
  originMissing,
  proofRefusal,
  protocolMismatch,
  type Refusal,
  silentRefusal,
  unauthorized,
  unavailable,
} from "./refusals"
import { secretGeneration } from "./sessions"
import { checkSharedSecret } from "./shared-secret"
import type { DeviceKey } from "./signature"
import { plainText } from "./text"

/** A connect that was let in, with all that the step after it needs. */
export type Admitted = Connect & {
  readonly protocol: 3 | 4
  readonly method: "token" | "device-token"
  readonly device: { readonly deviceId: string; readonly publicKey: string } | null
  readonly metadata: Metadata
  readonly decision: Allow | SilentApprove
  readonly token: ConnectAnswer["token"]
  readonly secretGeneration: string | null
  /** Whether a revocation hit the device while it was being let in. */
  readonly isCutOff: () => boolean
}

export type Outcome =
  | { readonly ok: true; readonly admitted: Admitted }
  | { readonly ok: false; readonly refusal: Refusal }

type SharedStep =
  | { readonly kind: "ok" | "missing" | "mismatch" }
  | { readonly kind: "locked"; readonly retryAfterMs: number }

// The store counts what it was asked about itself.
const countedThere = (refusal: Refusal): Refusal => ({ ...refusal, counted: null })

const refused = (refusal: Refusal): Outcome => ({ ok: false, refusal })

/**
 * Decides one connect request: form, shared secret, key, credential, and then the rules. Whatever is refused before
 * the rules were asked leaves nothing but a count in the store.
 */
export async function shakeHands(gateway: Gateway, connect: Connect): Promise<Outcome> {
  const { params, knock } = connect
  if (isWorker(params)) return refused(silentRefusal(1008, "invalid-handshake", "worker"))
  const protocol = negotiate(params.minProtocol, params.maxProtocol)
  if (protocol === null) return refused(protocolMismatch(params.minProtocol, params.maxProtocol))
  if (knock.net.origin === null && isBrowserPage(params)) return refused(originMissing())

  const shared = checkShared(gateway, connect)
  if (params.device === undefined) return decideWithoutDevice(gateway, connect, protocol, shared)

  const proof = checkProof(params, params.device, {
    nonce: knock.nonce,
    windowMs: gateway.settings().signatureWindowMs,
    nowMs: Date.now(),
  })
  if (!proof.ok) return refused(proofRefusal(proof.because))
  if (shared.kind === "ok") return ask(gateway, connect, protocol, proof.key, { kind: "token" })
  return tryDeviceToken(gateway, connect, protocol, proof.key, shared)
}

/** The protocol that both sides speak, the higher one first; null when there is none. */
function negotiate(min: number, max: number): 3 | 4 | null {
  if (min <= 4 && max >= 4) return 4
  return min <= 3 && max >= 3 ? 3 : null
}

function checkShared({ store, throttle }: Gateway, { params, knock }: Connect): SharedStep {
  const kind = checkSharedSecret(params.auth, store.sharedSecret.current())
  const retryAfterMs = kind === "missing" ? null : throttle.lockedForMs("shared-secret", knock.source)
  if (retryAfterMs !== null) return { kind: "locked", retryAfterMs }
  if (kind === "ok") throttle.succeed("shared-secret", knock.source)
  return { kind }
}

/** Without a device nothing but the shared secret counts, and only the rules know for whom it suffices. */
async function decideWithoutDevice(
  gateway: Gateway,
  connect: Connect,
  protocol: 3 | 4,
  shared: SharedStep,
): Promise<Outcome> {
  if (isControlUi(connect.params)) return refused(deviceRequired(true))
  if (shared.kind === "ok") return ask(gateway, connect, protocol, null, { kind: "token" })
  if (shared.kind === "missing") return refused(deviceRequired(false))
  return refused(sharedRefusal(gateway, connect, shared))
}

/** The refusal of a connect whose shared secret was not good, counted against its source. */
function sharedRefusal({ throttle }: Gateway, { params, knock }: Connect, shared: SharedStep): Refusal {
  if (params.auth?.bootstrapToken !== undefined) return unauthorized("bootstrap_token_invalid")
  if (shared.kind === "missing" || shared.kind === "ok") return unauthorized("token_missing")
  if (shared.kind === "locked") return unauthorized("rate_limited", { retryAfterMs: shared.retryAfterMs })
  const { delayMs } = throttle.fail("shared-secret", knock.source)
  const mayRetryWithDeviceToken =
    params.device !== undefined && params.auth?.token !== undefined && params.auth.deviceToken === undefined
  return unauthorized("token_mismatch", { mayRetryWithDeviceToken, delayMs })
}

/** A device token may be in its own field or, as older clients send it, in that of the shared secret. */
async function tryDeviceToken(
  gateway: Gateway,
  connect: Connect,
  protocol: 3 | 4,
  key: DeviceKey,
  shared: SharedStep,
): Promise<Outcome> {
  const { throttle } = gateway
  const { params, knock } = connect
  const explicit = params.auth?.deviceToken
  const secret = explicit ?? params.auth?.token
  if (secret === undefined) return refused(sharedRefusal(gateway, connect, shared))

  // Known beforehand, but a valid token is let in all the same.
  const lockedForMs = throttle.lockedForMs("device-token", knock.source)
  const release = shared.kind === "mismatch" ? throttle.hold("shared-secret", knock.source) : () => {}
  const outcome = await ask(gateway, connect, protocol, key, { kind: "device-token", secret }).finally(release)
  if (outcome.ok) throttle.succeed("device-token", knock.source)
  if (outcome.ok || outcome.refusal !== badToken) return outcome

  const byShared = shared.kind === "mismatch" || explicit === undefined ? sharedRefusal(gateway, connect, shared) : null
  if (explicit === undefined && byShared !== null) return refused(countedThere(byShared))
  const { delayMs } = throttle.fail("device-token", knock.source)
  const longest = Math.max(delayMs, byShared?.delayMs ?? 0)
  return refused(
    countedThere(
      lockedForMs === null
        ? unauthorized("device_token_mismatch", { delayMs: longest })
        : unauthorized("rate_limited", { retryAfterMs: lockedForMs }),
    ),
  )
}

// Stands for "the device token was not good" until it is known which field it came from.
const badToken = unauthorized("device_token_mismatch")

const badTokenReasons: readonly string[] = ["token-mismatch", "token-revoked", "device-not-paired"]

/** Has the rules decide, and the store keep what follows. */
async function ask(
  gateway: Gateway,
  connect: Connect,
  protocol: 3 | 4,
  key: DeviceKey | null,
  auth: PresentedAuth,
): Promise<Outcome> {
  const { store, sessions } = gateway
  const { params, knock } = connect
  const device = key === null ? null : { deviceId: key.deviceId, publicKey: key.publicKey }
  const method = auth.kind === "device-token" ? "device-token" : "token"
  const currentGeneration = () => secretGeneration(store.sharedSecret.current())
  const generation = method === "token" ? currentGeneration() : null
  const metadata = readMetadata(params)
  const arrival = device === null ? null : sessions.expect(device.deviceId)
  try {
    const answer = await connectDevice(store, {
      identity: device,
      role: params.role ?? null,
      scopes: params.scopes ?? [],
      auth,
      net: knock.net,
      metadata,
      upstream: gateway.hasUpstream(),
      nowMs: Date.now(),
    })
    if (!answer.ok) return refused(unavailable("too many requests are waiting for an admin", answer.retryAfterMs, null))
    const { decision } = answer
    if (decision.kind === "reject" && badTokenReasons.includes(decision.reason)) return refused(badToken)
    if (decision.kind === "reject" || decision.kind === "pending") {
      return refused(countedThere(refusalOf(decision, await refusalContext(gateway, answer.record))))
    }
    const isCutOff = () => arrival?.isCutOff() === true || (generation !== null && generation !== currentGeneration())
    const admitted = { ...connect, protocol, method, device, metadata, decision, token: answer.token } as const
    return { ok: true, admitted: { ...admitted, secretGeneration: generation, isCutOff } }
  } finally {
    arrival?.done()
  }
}

async function refusalContext({ store }: Gateway, record: DeviceRecord): Promise<RefusalContext> {
  const { policy } = await store.policy()
  return { record, policy, publicUrl: store.gatewayInfo.publicUrl }
}

const longestName = 64

function readMetadata({ client, commands }: Connect["params"]): Metadata {
  return {
    displayName: plainText(client.displayName, longestName),
    clientId: client.id,
    clientMode: client.mode,
    clientVersion: plainText(client.version, longestName),
    platform: plainText(client.platform, longestName),
    deviceFamily: plainText(client.deviceFamily, longestName),
    commands: (commands ?? []).flatMap((command) => plainText(command, 128) ?? []),
  }
}
