import { type Allow, provesCredential, type SilentApprove } from "@/lib/pairing/decision"
import type { Metadata } from "@/lib/pairing/types"
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
  /** Whether it was decided with a gateway behind in mind. */
  readonly hadUpstream: boolean
  readonly secretGeneration: string | null
  /** Whether a revocation hit the device while it was being let in. */
  readonly isCutOff: () => boolean
}

export type Outcome =
  | { readonly ok: true; readonly admitted: Admitted }
  /** `isProven`: what was presented proved good, and it was refused for something else. */
  | { readonly ok: false; readonly refusal: Refusal; readonly isProven: boolean }

type SharedStep =
  | { readonly kind: "ok" | "missing" | "mismatch" }
  | { readonly kind: "locked"; readonly retryAfterMs: number }

// The store counts what it was asked about itself.
const countedThere = (refusal: Refusal): Refusal => ({ ...refusal, counted: null })

const refused = (refusal: Refusal, isProven = false): Outcome => ({ ok: false, refusal, isProven })

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
  const letGo = shared.kind === "mismatch" ? gateway.throttle.hold("shared-secret", knock.source) : () => {}
  try {
    return settleShared(gateway, connect, shared, await decide(gateway, connect, protocol, shared))
  } finally {
    letGo()
  }
}

/**
 * Counts the shared secret that was presented, once, whatever the connect was refused for: a refusal that did not
 * count would be one at which to guess without end. A right one clears the count only when nothing before the decision
 * stood against it. Beside a good device token it is a guess unless it is that token again, as older clients send it;
 * the device comes in all the same.
 */
function settleShared({ throttle }: Gateway, connect: Connect, shared: SharedStep, outcome: Outcome): Outcome {
  const { source } = connect.knock
  const isProven = outcome.ok || outcome.isProven
  if (shared.kind === "ok" && isProven) throttle.succeed("shared-secret", source)
  if (shared.kind !== "mismatch" || (isProven && !guessesBesideToken(connect))) return outcome
  const { delayMs } = throttle.fail("shared-secret", source)
  if (outcome.ok) return outcome
  const { refusal } = outcome
  return { ...outcome, refusal: { ...refusal, delayMs: Math.max(delayMs, refusal.delayMs) } }
}

/** Whether a connect presents something as shared secret that is not its device token. */
function guessesBesideToken({ params: { auth } }: Connect): boolean {
  const deviceToken = auth?.deviceToken ?? auth?.token
  return [auth?.token, auth?.password].some((secret) => secret !== undefined && secret !== deviceToken)
}

async function decide(gateway: Gateway, connect: Connect, protocol: 3 | 4, shared: SharedStep): Promise<Outcome> {
  const { params, knock } = connect
  if (params.device === undefined) return decideWithoutDevice(gateway, connect, protocol, shared)

  const proof = checkProof(params, params.device, {
    nonce: knock.nonce,
    windowMs: gateway.settings().signatureWindowMs,
    nowMs: gateway.store.now(),
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
  return refused(sharedRefusal(connect, shared))
}

/** The refusal of a connect whose shared secret was not good. */
function sharedRefusal({ params }: Connect, shared: SharedStep): Refusal {
  if (shared.kind === "locked") return unauthorized("rate_limited", { retryAfterMs: shared.retryAfterMs })
  if (params.auth?.bootstrapToken !== undefined) return unauthorized("bootstrap_token_invalid")
  if (shared.kind === "missing" || shared.kind === "ok") return unauthorized("token_missing")
  const mayRetryWithDeviceToken =
    params.device !== undefined && params.auth?.token !== undefined && params.auth.deviceToken === undefined
  return unauthorized("token_mismatch", { mayRetryWithDeviceToken })
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
  if (secret === undefined) return refused(sharedRefusal(connect, shared))

  // Known beforehand, but a valid token is let in all the same.
  const lockedForMs = throttle.lockedForMs("device-token", knock.source)
  const presented = { kind: "device-token", secret, inSharedField: explicit === undefined } as const
  const outcome = await ask(gateway, connect, protocol, key, presented)
  if (outcome.ok) throttle.succeed("device-token", knock.source)
  if (outcome.ok || outcome.refusal !== badToken) return outcome

  if (explicit === undefined) return refused(countedThere(sharedRefusal(connect, shared)))
  const { delayMs } = throttle.fail("device-token", knock.source)
  return refused(
    countedThere(
      lockedForMs === null
        ? unauthorized("device_token_mismatch", { delayMs })
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
  const upstream = gateway.hasUpstream()
  try {
    const answer = await connectDevice(store, {
      identity: device,
      role: params.role ?? null,
      scopes: params.scopes ?? [],
      auth,
      net: knock.net,
      metadata,
      upstream,
      nowMs: store.now(),
    })
    if (!answer.ok) {
      return refused(unavailable("too many requests are waiting for an admin", answer.retryAfterMs, null), true)
    }
    const { decision } = answer
    if (decision.kind === "reject" && badTokenReasons.includes(decision.reason)) return refused(badToken)
    if (decision.kind === "reject" || decision.kind === "pending") {
      const refusal = refusalOf(decision, await refusalContext(gateway, answer))
      return refused(countedThere(refusal), provesCredential(decision))
    }
    const isCutOff = () => arrival?.isCutOff() === true || (generation !== null && generation !== currentGeneration())
    const admitted = { ...connect, protocol, method, device, metadata, decision, token: answer.token } as const
    return { ok: true, admitted: { ...admitted, hadUpstream: upstream, secretGeneration: generation, isCutOff } }
  } finally {
    arrival?.done()
  }
}

async function refusalContext(
  { store }: Gateway,
  { record, toldReason }: Pick<ConnectAnswer, "record" | "toldReason">,
): Promise<RefusalContext> {
  const { policy } = await store.policy()
  return { record, policy, publicUrl: store.gatewayInfo.publicUrl, toldReason }
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
