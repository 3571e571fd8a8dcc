import { useQuery } from "@tanstack/react-query"
import { MonitorSmartphoneIcon, SearchXIcon } from "lucide-react"
import Link from "next/link"
import { CopyButton } from "@/components/copy-button"
import { buttonVariants } from "@/components/ui/button"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"
import { type DeviceFilter, isAboutKeys, isFiltered } from "@/lib/console/device-filter"
import { blockedKeysQuery } from "./query"
import { everythingHref } from "./views/view-bar"

const command = "npm run device"

export function NoDevices({ filter }: { filter: DeviceFilter }) {
  const isElsewhere = filter.after !== null || filter.before !== null
  if (isFiltered(filter) || isElsewhere) {
    return (
      <Empty>
        <EmptyIcon>
          <SearchXIcon />
        </EmptyIcon>
        <EmptyTitle>{isElsewhere ? "No more devices here" : "No device matches"}</EmptyTitle>
        <EmptyDescription>
          {isElsewhere
            ? "The devices that stood on this page are gone or have moved."
            : filter.q !== ""
              ? "Search looks at the beginnings of words in names, clients, platforms, addresses and fingerprints."
              : "Nothing that is paired is all that was chosen above."}
          {isAboutKeys(filter) && <KeysBelow />}
        </EmptyDescription>
        <Link href={everythingHref} className={buttonVariants({ size: "sm" })}>
          Show all devices
        </Link>
      </Empty>
    )
  }
  return (
    <Empty>
      <EmptyIcon>
        <MonitorSmartphoneIcon />
      </EmptyIcon>
      <EmptyTitle>No device is paired yet</EmptyTitle>
      <EmptyDescription>
        A device appears here once it was let in: by a person under Requests, or silently where it connects from this
        very machine. To try it on this machine:
      </EmptyDescription>
      <div className="flex items-center gap-1 rounded-md border border-line bg-ground py-1 pr-1 pl-3">
        <code>{command}</code>
        <CopyButton text={command} label="Copy the command" />
      </div>
    </Empty>
  )
}

function KeysBelow() {
  const { data } = useQuery(blockedKeysQuery())
  if (data === undefined || data.count.value === 0) return null
  return data.count.value === 1 ? " A blocked key stands below." : " Blocked keys stand below."
}
