"use client"

import { useQuery } from "@tanstack/react-query"
import {
  DownloadIcon,
  GitCompareIcon,
  KeyboardIcon,
  ListFilterIcon,
  LogOutIcon,
  type LucideIcon,
  MapPinIcon,
  MonitorIcon,
  MoonIcon,
  SettingsIcon,
  SunIcon,
  UserRoundIcon,
  UserRoundPlusIcon,
} from "lucide-react"
import { shellQuery } from "@/components/shell-query"
import { applyTheme } from "@/components/theme"
import { showToast } from "@/components/toast"
import { deviceMarks, staleDays } from "@/lib/console/device-filter"
import { signOutAction } from "../actions"
import { markWords } from "../devices/device-words"
import { places } from "../places"
import { settingsTabs } from "../settings/tabs"
import { showOverlay } from "./overlay"
import { forgetRecentPlaces } from "./recent-places"

/** One line of the palette that needs no server: a page to go to, or something to do. */
export type Entry = {
  readonly name: string
  /** Other words by which it is found. */
  readonly also: string
  readonly Icon: LucideIcon
} & ({ readonly href: string } | { readonly act: () => void })

/** The list of devices, narrowed with one press. */
const narrowed: readonly Entry[] = [
  ...deviceMarks.map((mark) => ({
    ...{ href: `/devices?is=${mark}`, name: `Devices: ${markWords[mark].label}` },
    also: mark === "duplicate" ? "merge keys of one machine" : "",
  })),
  { href: `/devices?unseen=${staleDays}`, name: "Devices: Stale", also: "" },
].map((entry) => ({ ...entry, also: `filter list show only ${entry.also}`, Icon: ListFilterIcon }))

/** Fetches a table as a file; the page stays. */
function download(href: string): void {
  window.location.assign(href)
}

/** The pages, the narrowed lists and the actions that a person has. */
export function useEntries(): {
  readonly pages: readonly Entry[]
  readonly narrowed: readonly Entry[]
  readonly actions: readonly Entry[]
} {
  const { data: shell } = useQuery(shellQuery())
  const seesSettings = shell?.sees.settings ?? false
  const leave = () => {
    if (shell) forgetRecentPlaces(shell.admin.id)
    signOutAction().catch(() => showToast("danger", "Signing out did not work. Try again."))
  }
  const pages: readonly Entry[] = [
    ...places
      .filter(({ href }) => href !== "/settings")
      .map(({ href, name, Icon }) => ({ href, name, also: "go to", Icon })),
    {
      ...{ href: "/policy/locality", name: "Locality tester", Icon: MapPinIcon },
      also: "go to policy local remote address proxy headers",
    },
    {
      ...{ href: "/devices/compare", name: "Compare two devices", Icon: GitCompareIcon },
      also: "go to rights beside difference",
    },
    { href: "/account", name: "My account", also: "go to password sessions theme notifications", Icon: UserRoundIcon },
    ...settingsTabs
      .filter(() => seesSettings)
      .map(({ href, name }) => ({ href, name: `Settings: ${name}`, also: "go to", Icon: SettingsIcon })),
  ]
  const invite: Entry = {
    href: "/settings/admins?invite",
    name: "Invite somebody",
    also: "new invitation person admin",
    Icon: UserRoundPlusIcon,
  }
  const csv: Entry = {
    name: "Download the devices as CSV",
    also: "export table save",
    Icon: DownloadIcon,
    act: () => {
      // On the list itself, what it shows.
      const isList = window.location.pathname === "/devices"
      download(`/api/devices/export${isList ? window.location.search : ""}`)
    },
  }
  const actions: readonly Entry[] = [
    csv,
    ...(seesSettings ? [invite] : []),
    { name: "Use the light theme", also: "change colour mode", Icon: SunIcon, act: () => applyTheme("light") },
    { name: "Use the dark theme", also: "change colour mode", Icon: MoonIcon, act: () => applyTheme("dark") },
    { name: "Use the theme of the system", also: "change mode", Icon: MonitorIcon, act: () => applyTheme("system") },
    { name: "Keyboard shortcuts", also: "keys help", Icon: KeyboardIcon, act: () => showOverlay("shortcuts") },
    { name: "Sign out", also: "log leave", Icon: LogOutIcon, act: leave },
  ]
  return { pages, narrowed, actions }
}

/** Those entries of which every word of a text begins a word. */
export function matching(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(({ name, also }) => {
    const own = `${name} ${also}`.toLowerCase().split(/[\s:]+/)
    return words.every((word) => own.some((each) => each.startsWith(word)))
  })
}
