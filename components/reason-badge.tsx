import { ArrowLeftRightIcon, ArrowUpIcon, PlusIcon, RefreshCwIcon } from "lucide-react"
import { Badge, type BadgeTone } from "@/components/ui/badge"
import { pairingReasonTitles } from "@/lib/pairing/explain"
import type { PairingReason } from "@/lib/pairing/types"

const looks = {
  "not-paired": { tone: "accent", Icon: PlusIcon },
  "scope-upgrade": { tone: "warn", Icon: ArrowUpIcon },
  "role-upgrade": { tone: "danger", Icon: ArrowLeftRightIcon },
  "metadata-upgrade": { tone: "quiet", Icon: RefreshCwIcon },
} as const satisfies Record<PairingReason, { tone: BadgeTone; Icon: typeof PlusIcon }>

export function ReasonBadge({
  reason,
  isRoleBack = false,
}: {
  reason: PairingReason
  /** Whether the role is one that the device had before. */
  isRoleBack?: boolean
}) {
  const { tone, Icon } = looks[reason]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {isRoleBack ? "Role back" : pairingReasonTitles[reason]}
    </Badge>
  )
}
