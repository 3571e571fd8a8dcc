"use client"

import { Dialog, DialogContent } from "@/components/ui/dialog"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { BulkCutOff } from "./bulk-cut-off"
import { BulkLabels } from "./bulk-labels"
import { BulkTags } from "./bulk-tags"

/** What is about to be done, and with which devices: they stay named when they are selected no more. */
export type BulkWork = {
  readonly what: "tags" | "labels" | "revoke" | "remove"
  readonly rows: readonly DeviceRow[]
}

/** The question before something is done with all the selected devices, and then what became of it. */
export function BulkDialog({
  isOpen,
  work,
  onDone,
  onClose,
}: {
  isOpen: boolean
  work: BulkWork | null
  onDone: (deviceIds: readonly string[]) => void
  onClose: () => void
}) {
  const form = work && { rows: work.rows, onDone, onClose }
  return (
    <Dialog open={isOpen} onOpenChange={(open) => open || onClose()}>
      <DialogContent>
        {form && work.what === "tags" && <BulkTags {...form} />}
        {form && work.what === "labels" && <BulkLabels {...form} />}
        {form && (work.what === "revoke" || work.what === "remove") && <BulkCutOff how={work.what} {...form} />}
      </DialogContent>
    </Dialog>
  )
}
