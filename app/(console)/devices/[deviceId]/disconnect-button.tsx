"use client"

import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { Button } from "@/components/ui/button"
import type { LiveSession } from "@/lib/console/device-types"
import { disconnectAction } from "../actions"

const ConfirmCommand = onDemand(() => import("./confirm-command").then((parts) => parts.ConfirmCommand))

/** Closes one live connection. */
export function DisconnectButton({
  deviceId,
  session,
  isAsked,
  onDone,
}: {
  deviceId: string
  session: LiveSession
  /** Whether the address of the page asks for it. */
  isAsked: boolean
  onDone: () => void
}) {
  const [isOpen, setOpen] = useState(false)
  const { connId, address, role } = session
  return (
    <>
      <Button size="sm" {...ConfirmCommand.near} onClick={() => setOpen(true)}>
        Disconnect<span className="sr-only"> {address}</span>
      </Button>
      <ConfirmCommand
        isOpen={isOpen || isAsked}
        onOpenChange={(open) => {
          setOpen(open)
          if (!open) onDone()
        }}
        isDangerous={false}
        takesNote={false}
        title={`Disconnect ${address}?`}
        confirm="Disconnect, it may reconnect"
        command={() => disconnectAction({ deviceId, connId })}
      >
        <p>
          This connection as {role} is closed. Nothing that the device may do is changed: its client may reconnect at
          once. To keep it out, block it; to take something away, edit its scopes.
        </p>
      </ConfirmCommand>
    </>
  )
}
