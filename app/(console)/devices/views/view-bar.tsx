"use client"

import { BookmarkIcon, CheckIcon, HouseIcon, PencilIcon, Trash2Icon, UsersIcon } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { Button } from "@/components/ui/button"
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/components/ui/dropdown-menu"
import { useCommand } from "@/components/use-command"
import type { DeviceListView, DeviceListViews } from "@/lib/console/device-list-types"
import { deleteViewAction, setDefaultViewAction, shareViewAction } from "./actions"

const ViewDialog = onDemand(() => import("./view-dialog").then((parts) => parts.ViewDialog))

/** Everything, without the view that the list opens with. */
export const everythingHref = "/devices?all=1"

type Naming = { readonly view: DeviceListView | null }

/** The views that somebody has, the one that is shown, and what can be done with it. */
export function ViewBar({ views: { views, mayShare }, query }: { views: DeviceListViews; query: string }) {
  const [naming, setNaming] = useState<Naming | null>(null)
  const shown = views.find((view) => view.query === query)
  if (views.length === 0 && query === "") return null
  return (
    <nav aria-label="Views" className="flex flex-wrap items-center gap-1.5">
      {views.length > 0 && <ViewLink href={everythingHref} name="All devices" isShown={query === ""} />}
      {views.map((view) => (
        <ViewLink
          key={view.viewId}
          href={`/devices?${view.query}`}
          name={view.name}
          isShown={view === shown}
          icon={view.isShared ? <UsersIcon aria-label="shared" className="size-3.5" /> : null}
        />
      ))}
      {shown === undefined ? (
        query !== "" && (
          <Button variant="ghost" size="sm" {...ViewDialog.near} onClick={() => setNaming({ view: null })}>
            <BookmarkIcon aria-hidden />
            Save view
          </Button>
        )
      ) : (
        <ViewMenu view={shown} mayShare={mayShare} onRename={() => setNaming({ view: shown })} />
      )}
      <ViewDialog isOpen={naming !== null} view={naming?.view ?? null} query={query} onClose={() => setNaming(null)} />
    </nav>
  )
}

function ViewLink({
  href,
  name,
  isShown,
  icon = null,
}: {
  href: string
  name: string
  isShown: boolean
  icon?: React.ReactNode
}) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isShown ? "page" : undefined}
      className="inline-flex max-w-56 items-center gap-1.5 rounded-md px-2.5 py-1 text-sm text-ink-2 hover:bg-hover aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent pointer-coarse:min-h-10"
    >
      {icon}
      <bdi className="truncate">{name}</bdi>
    </Link>
  )
}

function ViewMenu({
  view: { viewId, name, isShared, isDefault, mayChange },
  mayShare,
  onRename,
}: {
  view: DeviceListView
  mayShare: boolean
  onRename: () => void
}) {
  const [isBusy, run] = useCommand()
  const doing = (work: () => Promise<unknown>) => () =>
    run(async () => {
      await work()
    })
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm" disabled={isBusy} aria-label={`Change the view ${name}`}>
          <BookmarkIcon aria-hidden className="fill-current" />
          View
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuItem onSelect={doing(() => setDefaultViewAction(isDefault ? null : viewId))}>
          {isDefault ? <CheckIcon aria-hidden /> : <HouseIcon aria-hidden />}
          {isDefault ? "No longer open the list with it" : "Open the list with it"}
        </DropdownMenuItem>
        {mayShare && (
          <DropdownMenuItem onSelect={doing(() => shareViewAction({ viewId, isShared: !isShared }))}>
            <UsersIcon aria-hidden />
            {isShared ? "Share no longer" : "Share with everybody"}
          </DropdownMenuItem>
        )}
        {mayChange && (
          <DropdownMenuItem {...ViewDialog.near} onSelect={onRename}>
            <PencilIcon aria-hidden />
            Rename
          </DropdownMenuItem>
        )}
        {mayChange && (
          <DropdownMenuItem tone="danger" onSelect={doing(() => deleteViewAction(viewId))}>
            <Trash2Icon aria-hidden />
            Delete
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
