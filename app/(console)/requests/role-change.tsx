import { Instant } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import type { RequestView } from "@/lib/console/request-types"
import type { Role } from "@/lib/pairing/types"
import { cn } from "@/lib/utils"

const meanings: Record<Role, string> = {
  operator: "Works with the gateway for a person, within its scopes.",
  node: "Lets the gateway run commands on the machine it stands on.",
}

/** The role that an approval would add. A node, and a further role of a paired device, are things of their own weight. */
export function RoleChange({ request }: { request: RequestView }) {
  const { role, reason, heldRoles, roleRevokedAtMs, roleEndedAtMs } = request
  const overAtMs = roleRevokedAtMs ?? roleEndedAtMs
  const isUpgrade = reason === "role-upgrade"
  const isGrave = isUpgrade || (reason === "not-paired" && role === "node")
  if (!isGrave && request.scopes.length > 0) return null
  return (
    <div
      data-slot="role-change"
      className={cn(
        "mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1 px-2.5 py-2.5",
        isGrave ? "bg-danger-soft/75" : "bg-warn-soft/60",
      )}
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-semibold">
          Becomes {role === "operator" ? "an operator" : "a node"}
          {overAtMs !== null && " again"}
          {isUpgrade && <Badge tone="danger">{overAtMs === null ? "new role" : "role back"}</Badge>}
        </p>
        <p className="text-sm text-ink-2">{meanings[role]}</p>
      </div>
      <p className="text-sm text-ink-2">
        {overAtMs !== null && (
          <>
            Its role as {role} {roleRevokedAtMs === null ? "ended" : "was revoked"} <Instant atMs={overAtMs} />
            {heldRoles.length > 0 && ". "}
          </>
        )}
        {heldRoles.length > 0 ? `So far: ${heldRoles.join(", ")}` : overAtMs === null && "No role so far"}
      </p>
    </div>
  )
}
