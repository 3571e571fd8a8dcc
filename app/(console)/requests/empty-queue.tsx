import { CircleHelpIcon, InboxIcon, ListFilterIcon } from "lucide-react"
import { CopyButton } from "@/components/copy-button"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"

const command = "npm run device -- --remote"

/** The queue could not be asked for: whatever was known before says nothing about now. */
export function UnknownQueue() {
  return (
    <Empty>
      <EmptyIcon>
        <CircleHelpIcon />
      </EmptyIcon>
      <EmptyTitle>Whether anything waits is not known</EmptyTitle>
      <EmptyDescription>The server did not answer. It is asked again on its own.</EmptyDescription>
    </Empty>
  )
}

/** Requests wait, but none for the reason that is shown alone. */
export function NoneOfReason() {
  return (
    <Empty>
      <EmptyIcon>
        <ListFilterIcon />
      </EmptyIcon>
      <EmptyTitle>Nothing to decide here</EmptyTitle>
      <EmptyDescription>Others wait for other reasons.</EmptyDescription>
    </Empty>
  )
}

/** Nothing waits: how to make something knock. */
export function EmptyQueue({ address }: { address: string }) {
  return (
    <Empty>
      <EmptyIcon>
        <InboxIcon />
      </EmptyIcon>
      <EmptyTitle>No requests are waiting</EmptyTitle>
      <EmptyDescription>
        When a device asks for more than it was approved for, it appears here at once. To see one, have a device knock
        as if from elsewhere:
      </EmptyDescription>
      <div className="flex w-full max-w-sm items-center gap-1 rounded-md border border-line bg-ground py-1 pr-1 pl-3 text-left">
        <code className="min-w-0 flex-1 [overflow-wrap:anywhere]">{command}</code>
        <CopyButton text={command} label="Copy the command" />
      </div>
      <EmptyDescription className="text-sm text-ink-3">
        Real clients connect to <code className="[overflow-wrap:anywhere]">{address}</code> with the shared token. Those
        on this machine come in silently and appear under Devices.
      </EmptyDescription>
    </Empty>
  )
}
