import type { DialFailure } from "./dial"

/** Why the gateway behind could not be used, in one sentence for an owner. */
export function failureText(failure: DialFailure): string {
  switch (failure.kind) {
    case "unreachable":
      return `It cannot be reached: ${failure.detail}.`
    case "late":
      return "It did not answer in time."
    case "busy":
      return `It is starting or has no place free (${failure.detail}).`
    case "wrong-secret":
      return `It does not accept the secret (${failure.code}).`
    case "pairing-required":
      return `It wants to pair what should need no pairing (${failure.reason}).`
    case "refused":
      return `It refused the connection: ${failure.message} (${failure.code}).`
    case "given-up":
      return "The connection was given up."
  }
}
