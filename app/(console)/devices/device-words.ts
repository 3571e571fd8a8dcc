import type { ApprovedVia, DeviceMark, DeviceSort } from "@/lib/console/device-filter"
import type { BoundedCount } from "@/lib/console/device-list-types"
import type { PlatformKind } from "@/lib/pairing/platform-kind"
import type { ListColumn } from "./list-look"

/** How a device came in, as the filter and the page of the device say it. */
export const approvedViaWords: Record<ApprovedVia, string> = {
  person: "By a person",
  local: "Silently, from this machine",
  "node-cidr": "Silently, by address range",
  "same-key": "Silently, by known key",
  "identity-proxy": "Silently, by identity proxy",
}

/** What the families of systems are called. */
export const platformWords: Record<PlatformKind, string> = {
  ios: "iOS, iPadOS, watchOS",
  android: "Android",
  macos: "macOS",
  windows: "Windows",
  linux: "Linux",
  unknown: "Another, or unknown",
}

/** What each mark is called and means. */
export const markWords: Record<DeviceMark, { readonly label: string; readonly means: string }> = {
  online: { label: "Online", means: "Has a live connection now" },
  narrowed: { label: "Narrowed", means: "The token holds less than is approved" },
  silent: { label: "Silent", means: "Came in silently, or holds something that a rule granted" },
  revoked: { label: "Revoked", means: "A token was revoked" },
  blocked: { label: "Blocked", means: "The key may not come in" },
  "ending-soon": { label: "Ending soon", means: "Something it was granted for a time ends within 7 days" },
  duplicate: { label: "Duplicates", means: "Another key of the same machine is paired too" },
  "never-used": { label: "Never used", means: "Was let in, but has not connected since" },
}

export const sortWords: Record<DeviceSort, string> = {
  name: "Name, A to Z",
  "-name": "Name, Z to A",
  "-seen": "Seen last first",
  seen: "Longest unseen first",
  "-paired": "Newest first",
  paired: "Oldest first",
}

export const columnWords: Record<ListColumn, string> = {
  current: "Current scopes",
  approved: "Approved scopes",
  seen: "Last seen",
  address: "Address",
  paired: "Paired",
  via: "How approved",
  client: "Client",
  platform: "Platform",
  tags: "Tags",
  ends: "Ends",
}

/** How a device came in, of a row that may come from another version. */
export function approvedViaInWords(via: string): string {
  for (const [known, words] of Object.entries(approvedViaWords)) if (known === via) return words
  return via
}

/** A number of devices that was counted up to a limit. */
export function countInWords({ value, more }: BoundedCount): string {
  return `${value.toLocaleString("en-GB").replace(",", "\u202f")}${more ? "+" : ""}`
}

/** Some devices, counted. */
export function devicesInWords(count: number): string {
  return count === 1 ? "1 device" : `${count} devices`
}
