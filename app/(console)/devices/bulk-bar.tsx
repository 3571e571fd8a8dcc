"use client"

import { KeyRoundIcon, PencilIcon, TagIcon, Trash2Icon, XIcon } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { Dialog, DialogContent } from "@/components/ui/dialog"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { mostAtOnce } from "@/lib/pairing/at-once"
import type { Allowed } from "./[deviceId]/allowed"
import type { Selection } from "./use-selection"

const BulkTags = dynamic(() => import("./bulk-tags").then((parts) => parts.BulkTags))
const BulkLabels = dynamic(() => import("./bulk-labels").then((parts) => parts.BulkLabels))
const BulkCutOff = dynamic(() => import("./bulk-cut-off").then((parts) => parts.BulkCutOff))

/** What is about to be done, and with which devices: they stay named when they are selected no more. */
type Open = { readonly what: "tags" | "labels" | "revoke" | "remove"; readonly rows: readonly DeviceRow[] }

/** How many devices are selected, and what can be done with all of them. */
export function BulkBar({
  page,
  selection,
  allowed,
}: {
  page: readonly DeviceRow[]
  selection: Selection
  allowed: Allowed
}) {
  const [open, setOpen] = useState<Open | null>(null)
  const rows = [...selection.rows.values()]
  const start = (what: Open["what"]) => setOpen({ what, rows })
  const onPage = page.filter(({ deviceId }) => selection.rows.has(deviceId)).length
  const close = () => setOpen(null)
  const form = open && { rows: open.rows, onDone: selection.drop, onClose: close }
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
          </p>
          {rows.length > 0 && (
            <div className="flex flex-wrap gap-1.5">
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
      <Dialog open={open !== null} onOpenChange={(isOpen) => isOpen || close()}>
        <DialogContent>
          {form && open.what === "tags" && <BulkTags {...form} />}
          {form && open.what === "labels" && <BulkLabels {...form} />}
          {form && (open.what === "revoke" || open.what === "remove") && <BulkCutOff how={open.what} {...form} />}
        </DialogContent>
      </Dialog>
    </>
  )
}
