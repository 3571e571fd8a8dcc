"use client"

import { BanIcon, InboxIcon, MoreHorizontalIcon, NotebookPenIcon, TagIcon, Trash2Icon } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { CopyButton } from "@/components/copy-button"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { Identicon } from "@/components/identicon"
import { neutralise } from "@/components/neutralise"
import { onDemand } from "@/components/on-demand"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/components/ui/dropdown-menu"
import type { DeviceView } from "@/lib/console/device-types"
import type { Allowed } from "./allowed"
import { DeviceFacts } from "./device-facts"
import { doingsOn, factsOf } from "./doings"
import { useDoing } from "./use-doing"

const BlockDialog = onDemand(() => import("./block-dialogs").then((parts) => parts.BlockDialog))
const NoteDialog = onDemand(() => import("./note-dialog").then((parts) => parts.NoteDialog))
const RemoveDialog = onDemand(() => import("./remove-dialog").then((parts) => parts.RemoveDialog))
const RenameDialog = onDemand(() => import("./rename-dialog").then((parts) => parts.RenameDialog))
const TagDialog = onDemand(() => import("../tag-dialog").then((parts) => parts.TagDialog))
const UnblockDialog = onDemand(() => import("./block-dialogs").then((parts) => parts.UnblockDialog))

type Open = "rename" | "note" | "tag" | "block" | "unblock" | "remove" | null

export function DeviceHead({ device, allowed }: { device: DeviceView; allowed: Allowed }) {
  const { deviceId, name, paired, block, sessions, waiting } = device
  const [open, setOpen] = useState<Open>(null)
  const asked = useDoing()
  const isAsked = (which: Open) =>
    which === asked.doing && doingsOn(factsOf(device), allowed).some((doing) => doing === which)
  const dialog = (which: Open) => ({
    device,
    isOpen: open === which || isAsked(which),
    onOpenChange: (isOpen: boolean) => {
      setOpen(isOpen ? which : null)
      if (!isOpen) asked.stop()
    },
  })
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <Identicon deviceId={deviceId} />
      <div className="grid min-w-0 flex-1 basis-72 gap-1.5">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">
            <DeviceName name={name} />
          </h1>
          {sessions.length > 0 && (
            <Badge tone="ok">
              <span aria-hidden className="size-1.5 rounded-full bg-current" />
              online
            </Badge>
          )}
          {block !== null && (
            <Badge tone="danger">
              <BanIcon aria-hidden />
              blocked
            </Badge>
          )}
          {waiting.length > 0 && (
            <Badge tone="warn">
              <InboxIcon aria-hidden />
              {waiting.length === 1 ? "1 request waiting" : `${waiting.length} requests waiting`}
            </Badge>
          )}
          {paired === null && <Badge>not paired</Badge>}
        </div>
        <div className="flex flex-wrap items-center gap-x-1">
          <Fingerprint deviceId={deviceId} />
          <CopyButton text={deviceId} label="Copy the device id" />
        </div>
        {paired !== null && <DeviceFacts paired={paired} isOnline={sessions.length > 0} />}
        {paired !== null && paired.note !== "" && (
          <p className="flex max-w-prose gap-2 pt-1 text-ink-2">
            <NotebookPenIcon aria-hidden className="mt-1 size-3.5 shrink-0 text-ink-3" />
            <span className="sr-only">Notes: </span>
            <span className="grid wrap-anywhere">
              {/* Line by line, because neutral text is one line. */}
              {paired.note.split("\n").map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text never change places
                <span key={index}>{neutralise(line, 2000)?.text ?? "\u00a0"}</span>
              ))}
            </span>
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {paired !== null && (
          <Button asChild>
            <Link href={`/devices/compare?a=${encodeURIComponent(deviceId)}`} prefetch={false}>
              Compare
            </Link>
          </Button>
        )}
        {paired !== null && allowed.rename && (
          <Button {...RenameDialog.near} onClick={() => setOpen("rename")}>
            Rename
          </Button>
        )}
        {block === null
          ? allowed.block && (
              <Button variant="danger" {...BlockDialog.near} onClick={() => setOpen("block")}>
                Block
              </Button>
            )
          : allowed.unblock && (
              <Button {...UnblockDialog.near} onClick={() => setOpen("unblock")}>
                Unblock
              </Button>
            )}
        {paired !== null && (allowed.note || allowed.remove) && (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button size="icon" title="More">
                <MoreHorizontalIcon aria-hidden />
                <span className="sr-only">More</span>
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              {allowed.note && (
                <DropdownMenuItem {...NoteDialog.near} onSelect={() => setOpen("note")}>
                  <NotebookPenIcon aria-hidden />
                  Edit notes
                </DropdownMenuItem>
              )}
              {allowed.tag && (
                <DropdownMenuItem {...TagDialog.near} onSelect={() => setOpen("tag")}>
                  <TagIcon aria-hidden />
                  Edit tags
                </DropdownMenuItem>
              )}
              {allowed.remove && (
                <DropdownMenuItem tone="danger" {...RemoveDialog.near} onSelect={() => setOpen("remove")}>
                  <Trash2Icon aria-hidden />
                  Remove
                </DropdownMenuItem>
              )}
            </DropdownMenuContent>
          </DropdownMenu>
        )}
      </div>
      {allowed.rename && <RenameDialog {...dialog("rename")} />}
      {allowed.note && <NoteDialog {...dialog("note")} />}
      {allowed.tag && <TagDialog {...dialog("tag")} />}
      {allowed.block && <BlockDialog {...dialog("block")} />}
      {allowed.unblock && <UnblockDialog {...dialog("unblock")} />}
      {allowed.remove && <RemoveDialog {...dialog("remove")} />}
    </header>
  )
}
