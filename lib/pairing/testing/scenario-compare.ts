import { allCurrentScopes, currentScopes, hasRole } from "../device"
import { covers, sameScopes } from "../scopes"
import type { Device, PendingRequest, Role, Scopes } from "../types"
import type { Answer, Expected, ExpectedToken, PendingRow, Scenario } from "./scenario"

/** How the answer of one step differs from what was expected; null when it does not. */
export function answerDiffers(want: Expected, got: Answer, requestIds: readonly (string | undefined)[]): string | null {
  if (want.outcome !== got.outcome) return `outcome ${got.outcome} (${got.reason ?? "-"}) instead of ${want.outcome}`
  if (want.reason !== undefined && want.reason !== got.reason) return `reason ${got.reason} instead of ${want.reason}`
  if (want.granted !== undefined && !sameScopes(want.granted, got.granted ?? [])) {
    return `granted [${got.granted}] instead of [${want.granted}]`
  }
  if (want.local !== undefined && want.local !== got.local) return `local ${got.local} instead of ${want.local}`
  const same = want.sameRequestAsStep === undefined ? undefined : requestIds[want.sameRequestAsStep - 1]
  if (want.sameRequestAsStep !== undefined && same !== got.requestId) return "another request id"
  const other = want.newRequestFromStep === undefined ? undefined : requestIds[want.newRequestFromStep - 1]
  if (want.newRequestFromStep !== undefined && other === got.requestId) return "the same request id"
  return null
}

/** How the device afterwards differs from what was expected; null when it does not. */
export function deviceDiffers({ after, literal }: Scenario, before: Device | null, got: Device | null): string | null {
  const want = after.device
  if (want === "unchanged") {
    const texts = [before, got].map((device) => JSON.stringify(device))
    return texts[0] === texts[1] ? null : `device ${texts[1]} instead of ${texts[0]}`
  }
  if (want === null) return got === null ? null : "a device record"
  if (got === null) return "no device record"

  const scopes = (name: string, wanted: Scopes | undefined, actual: Scopes) => {
    if (wanted === undefined) return null
    const equal =
      literal === true ? [...wanted].sort().join() === [...actual].sort().join() : sameScopes(wanted, actual)
    return equal ? null : `${name} [${actual}] instead of [${wanted}]`
  }
  if (want.publicKey !== undefined && want.publicKey !== got.publicKey) return `key ${got.publicKey}`
  if (want.roles !== undefined && [...want.roles].sort().join() !== [...got.roles].sort().join()) {
    return `roles [${got.roles}] instead of [${want.roles}]`
  }
  const live = Object.keys(got.tokens).length > 0 ? allCurrentScopes(got) : (got.legacyScopes ?? [])
  const wrong =
    scopes("scopes", want.scopes, live) ??
    scopes("ceiling", want.approvedScopes, got.approvedScopes ?? got.legacyScopes ?? []) ??
    scopes("withheld", want.withheld, got.withheld)
  if (wrong !== null) return wrong
  for (const role of ["operator", "node"] as const) {
    const token = want.tokens?.[role]
    const tokenWrong = token === undefined ? null : tokenDiffers(role, token, before, got)
    if (tokenWrong !== null) return tokenWrong
  }
  return null
}

function tokenDiffers(role: Role, want: ExpectedToken, before: Device | null, got: Device): string | null {
  const token = got.tokens[role]
  if (token === undefined) return `no ${role} token`
  if (want.active !== undefined && want.active !== hasRole(got, role)) return `${role} token active: ${!want.active}`
  if (want.scopes !== undefined && !sameScopes(want.scopes, token.scopes)) {
    return `${role} token [${token.scopes}] instead of [${want.scopes}]`
  }
  const held = currentScopes(got, role)
  if (want.covers !== undefined && !covers(held, want.covers)) return `${role} token [${held}] lacks [${want.covers}]`
  if (want.within !== undefined && !covers(want.within, held)) return `${role} token [${held}] exceeds [${want.within}]`
  const changed = before?.tokens[role]?.tokenId !== token.tokenId
  if (want.secretChanged !== undefined && want.secretChanged !== changed) return `${role} secret changed: ${changed}`
  return null
}

/** How the requests that wait differ from what was expected; null when they do not. */
export function pendingDiffers(want: readonly PendingRow[], got: readonly PendingRequest[]): string | null {
  if (want.length !== got.length) return `${got.length} requests wait instead of ${want.length}`
  for (const row of want) {
    const found = got.some(
      (request) =>
        request.deviceId === row.deviceId &&
        request.publicKey === row.publicKey &&
        request.role === row.role &&
        request.reason === row.reason &&
        sameScopes(request.scopes, row.scopes),
    )
    if (!found) return `no request of ${row.deviceId} as ${row.role} for [${row.scopes}], ${row.reason}`
  }
  return null
}
