import type { AuditRow } from "@/lib/console/types"

type Side = AuditRow["after"]

/** A list in one side of an audit entry; empty where it is not there. */
export function listOf(side: Side, key: string): readonly string[] {
  const value = side?.[key]
  return Array.isArray(value) ? value.map(String) : []
}

/** A text in an audit entry, as it was left. */
export function textOf({ before, after }: AuditRow, key: string): string | null {
  const value = after?.[key] ?? before?.[key]
  return typeof value === "string" && value !== "" ? value : null
}
