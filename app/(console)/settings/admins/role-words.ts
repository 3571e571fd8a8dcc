import type { BadgeTone } from "@/components/ui/badge"
import type { AdminRow, AdminState } from "@/lib/console/settings-types"

type Role = AdminRow["role"]

export const roles: readonly Role[] = ["viewer", "approver", "owner"]

export const roleWords = {
  viewer: { name: "Viewer", what: "Sees requests, devices, policy and the audit log. Changes nothing.", tone: "off" },
  approver: {
    name: "Approver",
    what: "Also decides requests, and manages and blocks devices.",
    tone: "quiet",
  },
  owner: {
    name: "Owner",
    what: "Also manages people, settings, the policy and the shared token.",
    tone: "accent",
  },
} as const satisfies Record<Role, { name: string; what: string; tone: BadgeTone }>

export const stateWords = {
  active: null,
  invited: { name: "invited", tone: "warn" },
  disabled: { name: "disabled", tone: "danger" },
} as const satisfies Record<AdminState, { name: string; tone: BadgeTone } | null>
