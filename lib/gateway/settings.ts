import type { Settings } from "@/lib/store/settings-schema"

/** Numbers of the wire. Durations in milliseconds, sizes in bytes. */
export type GatewaySettings = {
  /** Longest time from upgrade to hello. */
  readonly handshakeTimeoutMs: number
  readonly maxFrameBeforeLogin: number
  readonly maxFrameAfterLogin: number
  /** Unsent bytes at which a client counts as slow. */
  readonly maxBufferedBytes: number
  readonly maxUnauthenticatedPerAddress: number
  /** Frames that may wait while a connect is being decided. */
  readonly maxQueuedFrames: number
  /** Requests of one connection that may be in work at the same time. */
  readonly maxRequestsInWork: number
  readonly pingIntervalMs: number
  readonly tickIntervalMs: number
  /** Longest difference between the client's clock and ours. */
  readonly signatureWindowMs: number
  readonly throttle: ThrottleSettings
}

export type ThrottleSettings = {
  readonly failures: number
  readonly windowMs: number
  readonly lockoutMs: number
  readonly firstDelayMs: number
  readonly longestDelayMs: number
  /** Addresses that are remembered at the same time. */
  readonly maxEntries: number
}

export const defaultGatewaySettings: GatewaySettings = {
  handshakeTimeoutMs: 15_000,
  maxFrameBeforeLogin: 64 * 1024,
  maxFrameAfterLogin: 25 * 1024 * 1024,
  maxBufferedBytes: 50 * 1024 * 1024,
  maxUnauthenticatedPerAddress: 32,
  maxQueuedFrames: 15,
  maxRequestsInWork: 64,
  pingIntervalMs: 25_000,
  tickIntervalMs: 30_000,
  signatureWindowMs: 120_000,
  throttle: {
    failures: 10,
    windowMs: 60_000,
    lockoutMs: 300_000,
    firstDelayMs: 250,
    longestDelayMs: 5_000,
    maxEntries: 10_000,
  },
}

/** The numbers of the wire with what an owner set in the console. */
export function withStoredSettings(base: GatewaySettings, stored: Settings): GatewaySettings {
  return {
    ...base,
    handshakeTimeoutMs: stored.handshakeSeconds * 1000,
    maxFrameBeforeLogin: stored.frameKibBeforeLogin * 1024,
    maxUnauthenticatedPerAddress: stored.unauthenticatedPerAddress,
    throttle: {
      ...base.throttle,
      failures: stored.failureLimit,
      windowMs: stored.failureWindowSeconds * 1000,
      lockoutMs: stored.failureWaitSeconds * 1000,
    },
  }
}
