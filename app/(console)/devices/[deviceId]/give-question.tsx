import { DeviceName } from "@/components/device-name"
import { Question } from "@/components/question"
import { ScopeMeanings, ScopeNames } from "@/components/scope-name"
import { Whom } from "@/components/whom"
import type { DeviceView } from "@/lib/console/device-types"
import type { Scopes } from "@/lib/pairing/types"

/** The last question before an edit gives something that hands over the gateway. */
export function GiveQuestion({
  device,
  scopes,
  label,
  time,
  isOpen,
  setOpen,
  give,
}: {
  device: DeviceView
  scopes: Scopes
  label: string
  /** For how long, as it goes on a sentence; empty for good. */
  time: string
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
  give: () => void
}) {
  return (
    <Question
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      title={
        <>
          Give <ScopeNames scopes={scopes} /> to this device?
        </>
      }
      description="It did not ask for this now. Compare the fingerprint with the one that the device shows of itself."
      confirm={label}
      onConfirm={() => {
        setOpen(false)
        give()
      }}
    >
      <Whom deviceId={device.deviceId}>
        <DeviceName name={device.name} />
      </Whom>
      <ul className="grid gap-1 text-sm text-ink-2">
        <ScopeMeanings scopes={scopes} />
        {time !== "" && <li>It has this{time}. Then it ends by itself; if it asks again, a person decides.</li>}
      </ul>
    </Question>
  )
}
