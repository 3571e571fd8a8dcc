"use client"

import Link from "next/link"
import { usePathname } from "next/navigation"
import { useEffect, useRef } from "react"
import { settingsTabs } from "./tabs"

export function SettingsTabs() {
  const pathname = usePathname()
  const bar = useRef<HTMLElement>(null)

  // On a phone not all fit: the one that is open stands in the middle of those that do, as far as the bar reaches.
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>(`a[href="${CSS.escape(pathname)}"]`)
    if (!bar.current || !tab) return
    const { left, width } = tab.getBoundingClientRect()
    const frame = bar.current.getBoundingClientRect()
    bar.current.scrollLeft += left + width / 2 - (frame.left + frame.width / 2)
  }, [pathname])

  return (
    <nav
      ref={bar}
      aria-label="Settings"
      className="-mx-4 overflow-x-auto overflow-y-hidden border-b border-line px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex w-max gap-1">
        {settingsTabs.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={pathname === href ? "page" : undefined}
              className="flex items-center border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-ink-3 hover:text-ink aria-[current]:border-accent aria-[current]:text-ink pointer-coarse:min-h-12"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
