import type { Decision } from "@/lib/pairing/decision"
import type { ConnectInput } from "./connect-facts"
import type { Store } from "./store"

/** Longest reason that a device is told. It is printed on one line of a terminal. */
export const longestToldReason = 200

// Controls and format characters could rewrite the terminal that prints it; line ends would fake further lines.
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu

/** What a person wrote for a device to be told, as one printable line of at most 200 characters; null for nothing. */
export function cleanReason(text: string | null | undefined): string | null {
  const line = (text ?? "").replace(unprintable, " ").replace(/\s+/g, " ").trim()
  return line === "" ? null : [...line].slice(0, longestToldReason).join("")
}

/**
 * What a person wanted a device to be told that is refused as rejected or blocked; null where nobody said anything,
 * and for every other decision. Only who holds the key is told.
 */
export async function toldReasonOf(
  { db }: Pick<Store, "db">,
  { identity, nowMs }: Pick<ConnectInput, "identity" | "nowMs">,
  decision: Decision,
): Promise<string | null> {
  if (decision.kind !== "reject" || identity === null) return null
  const { deviceId, publicKey } = identity
  if (decision.reason === "blocked") {
    return (await db.block.findUnique({ where: { publicKey }, select: { toldReason: true } }))?.toldReason ?? null
  }
  if (decision.reason !== "rejected" || decision.role === null) return null
  const held = await db.request.findFirst({
    where: { deviceId, publicKey, role: decision.role, heldUntilMs: { gt: nowMs }, toldReason: { not: null } },
    orderBy: { heldUntilMs: "desc" },
    select: { toldReason: true },
  })
  return held?.toldReason ?? null
}
