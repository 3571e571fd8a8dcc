"use client"

import { useQuery } from "@tanstack/react-query"
import { ChevronsUpDownIcon, LogOutIcon, UserRoundIcon } from "lucide-react"
import Link from "next/link"
import { useTransition } from "react"
import { shellQuery } from "@/components/shell-query"
import { showToast } from "@/components/toast"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { cn } from "@/lib/utils"
import { signOutAction } from "./actions"
import { forgetRecentPlaces } from "./palette/recent-places"

/** Who is signed in, and the way to their account and out. */
export function AccountMenu({ className, compact = false }: { className?: string; compact?: boolean }) {
  const { data: shell } = useQuery(shellQuery())
  const [isLeaving, startLeaving] = useTransition()
  if (!shell) return null
  const { name, role } = shell.admin
  const leave = () =>
    startLeaving(async () => {
      forgetRecentPlaces(shell.admin.id)
      await signOutAction().catch(() => showToast("danger", "Signing out did not work. Try again."))
    })
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        disabled={isLeaving}
        className={cn(
          "flex min-w-0 items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:min-h-11",
          compact && "shrink-0 justify-center pointer-coarse:min-w-11",
          className,
        )}
      >
        <UserRoundIcon aria-hidden className="size-4 shrink-0" />
        <span className={cn("min-w-0 flex-1 truncate", compact && "sr-only")}>
          {name}, {role}
        </span>
        {!compact && <ChevronsUpDownIcon aria-hidden className="size-3.5 shrink-0 text-ink-3" />}
      </DropdownMenuTrigger>
      <DropdownMenuContent align={compact ? "end" : "start"}>
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRoundIcon aria-hidden />
            My account
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={leave}>
          <LogOutIcon aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
