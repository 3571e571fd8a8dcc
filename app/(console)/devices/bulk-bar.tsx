"use client"

import { KeyRoundIcon, PencilIcon, TagIcon, Trash2Icon, XIcon } from "lucide-react"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import type { Selection } from "@/components/use-selection"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { mostAtOnce } from "@/lib/pairing/at-once"
import type { Allowed } from "./[deviceId]/allowed"
import type { BulkWork } from "./bulk-dialog"

const BulkDialog = onDemand(() => import("./bulk-dialog").then((parts) => parts.BulkDialog))

/** How many devices are selected, and what can be done with all of them. */
export function BulkBar({
  page,
  selection,
  allowed,
}: {
  page: readonly DeviceRow[]
  selection: Selection<DeviceRow>
  allowed: Allowed
}) {
  const [open, setOpen] = useState<BulkWork | null>(null)
  const rows = [...selection.rows.values()]
  const start = (what: BulkWork["what"]) => setOpen({ what, rows })
  const onPage = page.filter(({ deviceId }) => selection.rows.has(deviceId)).length
  const hidden = rows.length - onPage
  return (
    <>
      {(page.length > 0 || rows.length > 0) && (
        <div className="sticky top-0 z-20 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 rounded-t-xl border-b border-line bg-panel px-4 py-2 @4xl:px-5">
          <Checkbox
            aria-label="Select this page"
            checked={onPage === 0 ? false : onPage === page.length ? true : "indeterminate"}
            onClick={selection.togglePage}
          />
          <p role="status" className="text-sm text-ink-2 tabular-nums">
            {rows.length === 0 ? "None selected" : `${rows.length} selected`}
            {rows.length === mostAtOnce && ", the most at once"}
            {hidden > 0 && (hidden === rows.length ? ", not shown here" : `, ${hidden} of them not shown here`)}
          </p>
          {rows.length > 0 && (
            <div className="flex flex-wrap gap-1.5" {...BulkDialog.near}>
              {allowed.tag && (
                <Button size="sm" onClick={() => start("tags")}>
                  <TagIcon aria-hidden />
                  Tags
                </Button>
              )}
              {allowed.rename && (
                <Button size="sm" onClick={() => start("labels")}>
                  <PencilIcon aria-hidden />
                  Rename
                </Button>
              )}
              {allowed.revoke && (
                <Button size="sm" variant="danger" onClick={() => start("revoke")}>
                  <KeyRoundIcon aria-hidden />
                  Revoke tokens
                </Button>
              )}
              {allowed.remove && (
                <Button size="sm" variant="danger" onClick={() => start("remove")}>
                  <Trash2Icon aria-hidden />
                  Remove
                </Button>
              )}
              <Button size="sm" variant="ghost" onClick={() => selection.drop([...selection.rows.keys()])}>
                <XIcon aria-hidden />
                Select none
              </Button>
            </div>
          )}
        </div>
      )}
      <BulkDialog isOpen={open !== null} work={open} onDone={selection.drop} onClose={() => setOpen(null)} />
    </>
  )
}
