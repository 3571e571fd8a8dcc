/** The columns of a device that say when tokens were last used. */
type Used = { readonly operatorUsedAtMs: number | null; readonly nodeUsedAtMs: number | null }

/** When a live token was last used to authenticate; null when that was with one before it, or never. */
export function lastUse(
  device: Used,
  { role, issuedAtMs }: { readonly role: string; readonly issuedAtMs: number },
): number | null {
  const atMs = role === "node" ? device.nodeUsedAtMs : device.operatorUsedAtMs
  return atMs !== null && atMs >= issuedAtMs ? atMs : null
}
