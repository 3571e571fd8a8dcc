import type { WireError } from "./frames"

/** How a connect ends that was not let in. */
export type Refusal = {
  /** Null closes without an answer. */
  readonly error: WireError | null
  readonly close: { readonly code: number; readonly reason: string }
  /** How long the answer is held back. */
  readonly delayMs: number
  /** Under which reason the refusal is counted; null when the store has kept it already. */
  readonly counted: string | null
}

/** A refusal whose close reason repeats the message, as most do. */
export function refusal(
  error: WireError,
  counted: string | null,
  { code = 1008, reason = error.message, delayMs = 0 }: { code?: number; reason?: string; delayMs?: number } = {},
): Refusal {
  return { error, close: { code, reason }, delayMs, counted }
}

/** A close without an answer. */
export function silentRefusal(code: number, reason: string, counted: string): Refusal {
  return { error: null, close: { code, reason }, delayMs: 0, counted }
}

const invalid = (message: string, details?: WireError["details"]): WireError => ({
  code: "INVALID_REQUEST",
  message,
  ...(details === undefined ? {} : { details }),
})

/** The connect params do not have their form. */
export function invalidParams(what: string): Refusal {
  return refusal(invalid(`invalid connect params: ${what}`), "invalid-params")
}

/** The versions that the client speaks are none of ours. */
export function protocolMismatch(clientMinProtocol: number, clientMaxProtocol: number): Refusal {
  const details = {
    code: "PROTOCOL_MISMATCH",
    clientMinProtocol,
    clientMaxProtocol,
    expectedProtocol: 4,
    minimumProbeProtocol: 3,
  }
  return refusal(invalid("protocol mismatch", details), "protocol-mismatch", { code: 1002 })
}

/** A client that can only be a page in a browser, without the origin that every browser sends. */
export function originMissing(): Refusal {
  const details = { code: "CONTROL_UI_ORIGIN_NOT_ALLOWED", reason: "origin missing" }
  return refusal(invalid("origin not allowed: a browser client must send its origin", details), "origin")
}

export type ProofReason =
  | "device-id-mismatch"
  | "device-signature-stale"
  | "device-nonce-missing"
  | "device-nonce-mismatch"
  | "device-signature"
  | "device-public-key"

const proofs: Record<ProofReason, { readonly code: string; readonly message: string }> = {
  "device-id-mismatch": { code: "DEVICE_AUTH_DEVICE_ID_MISMATCH", message: "device identity mismatch" },
  "device-signature-stale": { code: "DEVICE_AUTH_SIGNATURE_EXPIRED", message: "device signature expired" },
  "device-nonce-missing": { code: "DEVICE_AUTH_NONCE_REQUIRED", message: "device nonce required" },
  "device-nonce-mismatch": { code: "DEVICE_AUTH_NONCE_MISMATCH", message: "device nonce mismatch" },
  "device-signature": { code: "DEVICE_AUTH_SIGNATURE_INVALID", message: "device signature invalid" },
  "device-public-key": { code: "DEVICE_AUTH_PUBLIC_KEY_INVALID", message: "device public key invalid" },
}

/** The device did not prove that it holds its key. */
export function proofRefusal(reason: ProofReason): Refusal {
  const { code, message } = proofs[reason]
  return refusal(invalid(message, { code, reason }), reason)
}

/** The connect names no device and must. */
export function deviceRequired(isControlUi: boolean): Refusal {
  if (isControlUi) {
    const details = { code: "CONTROL_UI_DEVICE_IDENTITY_REQUIRED" }
    return refusal(invalid("device identity required", details), "device-required")
  }
  const error = {
    code: "NOT_PAIRED",
    message: "device identity required",
    details: { code: "DEVICE_IDENTITY_REQUIRED" },
  } as const
  return refusal(error, "device-required")
}

export type AuthReason =
  | "token_missing"
  | "token_mismatch"
  | "device_token_mismatch"
  | "scope_mismatch"
  | "bootstrap_token_invalid"
  | "rate_limited"

const auths: Record<AuthReason, { readonly code: string; readonly next: string; readonly text: string }> = {
  token_missing: {
    code: "AUTH_TOKEN_MISSING",
    next: "update_auth_configuration",
    text: "gateway token missing (give the shared token of this gateway)",
  },
  token_mismatch: {
    code: "AUTH_TOKEN_MISMATCH",
    next: "update_auth_credentials",
    text: "gateway token mismatch (give the shared token of this gateway)",
  },
  device_token_mismatch: {
    code: "AUTH_DEVICE_TOKEN_MISMATCH",
    next: "update_auth_credentials",
    text: "device token mismatch (it was replaced or revoked)",
  },
  scope_mismatch: {
    code: "AUTH_SCOPE_MISMATCH",
    next: "review_auth_configuration",
    text: "device token scope mismatch (the token does not hold what is asked)",
  },
  bootstrap_token_invalid: {
    code: "AUTH_BOOTSTRAP_TOKEN_INVALID",
    next: "review_auth_configuration",
    text: "bootstrap token invalid",
  },
  rate_limited: {
    code: "AUTH_RATE_LIMITED",
    next: "wait_then_retry",
    text: "too many failed authentication attempts (retry later)",
  },
}

/** No credential was good. */
export function unauthorized(
  authReason: AuthReason,
  options: {
    /** True when the client may hold a device token that it did not send. */
    readonly mayRetryWithDeviceToken?: boolean
    readonly retryAfterMs?: number
    readonly delayMs?: number
    readonly missing?: readonly string[]
    readonly counted?: string | null
  } = {},
): Refusal {
  const { code, next, text } = auths[authReason]
  const canRetryWithDeviceToken = options.mayRetryWithDeviceToken ?? false
  const details = {
    code,
    authReason,
    canRetryWithDeviceToken,
    recommendedNextStep: canRetryWithDeviceToken ? "retry_with_device_token" : next,
    ...(options.missing === undefined ? {} : { missingScopes: options.missing }),
  }
  const error: WireError = {
    ...invalid(`unauthorized: ${text}`, details),
    ...(options.retryAfterMs === undefined ? {} : { retryable: true, retryAfterMs: Math.ceil(options.retryAfterMs) }),
  }
  const counted = options.counted === undefined ? authReason : options.counted
  return refusal(error, counted, { delayMs: options.delayMs ?? 0 })
}

/** The server cannot take this now; the client is told when to come back. */
export function unavailable(message: string, retryAfterMs: number, counted: string | null): Refusal {
  const error = { code: "UNAVAILABLE", message, retryable: true, retryAfterMs } as const
  return refusal(error, counted, { code: 1013 })
}
