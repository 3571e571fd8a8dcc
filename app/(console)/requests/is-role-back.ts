import type { RequestView } from "@/lib/console/request-types"

type Asked = Pick<RequestView, "reason" | "roleRevokedAtMs" | "roleEndedAtMs">

/** Whether a request asks for a role that its device had before, and that was revoked or ended. */
export function isRoleBack({ reason, roleRevokedAtMs, roleEndedAtMs }: Asked): boolean {
  return reason === "role-upgrade" && (roleRevokedAtMs ?? roleEndedAtMs) !== null
}
