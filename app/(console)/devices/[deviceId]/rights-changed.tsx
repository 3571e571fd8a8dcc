import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"

/** What a person chooses among is no longer what holds; null while it is. */
export function RightsChanged({ showPresent }: { showPresent: (() => void) | null }) {
  if (showPresent === null) return null
  return (
    <Notice tone="warn" live>
      <p>What this device may do changed since it was shown to you.</p>
      <Button size="sm" className="mt-2" onClick={showPresent}>
        Show the present state
      </Button>
    </Notice>
  )
}
