"use client"

import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import { useCommand } from "@/components/use-command"
import { switchOffAction } from "./actions"

const Question = onDemand(() => import("@/components/question").then((parts) => parts.Question))

/** Takes the gateway behind away, after saying whom that cuts off. */
export function SwitchOffDialog({ relays, onOff }: { relays: number; onOff: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const [isBusy, run] = useCommand()
  const switchOff = () =>
    run(async () => {
      const result = await switchOffAction()
      setOpen(false)
      showToast("ok", result.ok ? "Devices are no longer served through it." : "It was switched off already.")
      onOff()
    })
  return (
    <>
      <Button size="sm" variant="danger" aria-haspopup="dialog" {...Question.near} onClick={() => setOpen(true)}>
        Switch off
      </Button>
      <Question
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Switch off the gateway behind?"
        description={
          <>
            {relays === 0
              ? "Nobody is connected through it now."
              : `${relays === 1 ? "One connection is" : `${relays} connections are`} cut off.`}{" "}
            Devices stay paired and are decided about here, but nothing serves them. The secret is forgotten.
          </>
        }
        confirm="Switch it off"
        isBusy={isBusy}
        onConfirm={switchOff}
      />
    </>
  )
}
