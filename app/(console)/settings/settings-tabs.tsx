"use client"

import Link from "next/link"
import { usePathname } from "next/navigation"

const tabs = [
  { href: "/settings/admins", name: "People" },
  { href: "/settings/token", name: "Shared token" },
  { href: "/settings/limits", name: "Limits" },
  { href: "/settings/gateway", name: "Gateway" },
  { href: "/settings/upstream", name: "Upstream" },
] as const

export function SettingsTabs() {
  const pathname = usePathname()
  return (
    <nav aria-label="Settings" className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {tabs.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={pathname === href ? "page" : undefined}
              className="-mb-px block border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-ink-3 hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
