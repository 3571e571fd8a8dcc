"use client"

import { useQuery } from "@tanstack/react-query"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { shellQuery } from "@/components/shell-query"
import type { Shell } from "@/lib/console/types"
import { cn } from "@/lib/utils"
import { places } from "./places"

function waitingInWords({ waiting, waitingIsMore }: Shell): string {
  return waitingIsMore ? `${waiting}+` : String(waiting)
}

/** The places of the console: a column beside the page, or a bar below it on a phone. */
export function Navigation({ className }: { className?: string }) {
  const pathname = usePathname()
  const { data: shell } = useQuery(shellQuery())
  const seen = places.filter(({ href }) => href !== "/settings" || shell?.sees.settings)
  return (
    <nav aria-label="Console" className={className}>
      <ul className="flex gap-0.5 md:flex-col">
        {seen.map(({ href, name, Icon }) => {
          const isHere = pathname === href || pathname.startsWith(`${href}/`)
          const count = href === "/requests" && shell && shell.waiting > 0 ? waitingInWords(shell) : null
          return (
            <li key={href} className="min-w-0 flex-1">
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={cn(
                  "relative flex flex-col items-center gap-0.5 rounded-md px-1 py-1.5 text-xs font-medium text-ink-2 hover:text-ink max-[22.5rem]:text-[0.6875rem] max-[22.5rem]:tracking-tight md:flex-row md:gap-2.5 md:px-2 md:text-base md:hover:bg-hover",
                  "aria-[current]:text-accent md:aria-[current]:bg-panel md:aria-[current]:text-ink md:aria-[current]:shadow-raised",
                )}
              >
                <Icon aria-hidden className="size-5 shrink-0 md:size-4" />
                {name}
                {count !== null && (
                  <span className="absolute top-0 left-1/2 ml-1.5 rounded-full bg-accent px-1.5 text-xs font-semibold text-accent-ink tabular-nums md:static md:ml-auto">
                    {count}
                    <span className="sr-only"> waiting</span>
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
