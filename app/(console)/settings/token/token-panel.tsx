"use client"

import { useQueryClient } from "@tanstack/react-query"
import { EyeIcon, EyeOffIcon, RefreshCwIcon } from "lucide-react"
import { useState } from "react"
import { CopyButton } from "@/components/copy-button"
import { onDemand } from "@/components/on-demand"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { sharedTokenQuery } from "../query"
import { rotateTokenAction, showTokenAction } from "./actions"

const PasswordDialog = onDemand(() => import("./password-dialog").then((parts) => parts.PasswordDialog))

/** Shows the token, or replaces it, after the password was typed again. */
export function TokenPanel({ canRotate }: { canRotate: boolean }) {
  const queries = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const [asking, setAsking] = useState<"show" | "rotate" | null>(null)
  const done = (shown: string) => {
    setSecret(shown)
    setAsking(null)
    void queries.invalidateQueries({ queryKey: sharedTokenQuery().queryKey })
  }
  return (
    <>
      {secret !== null && (
        <div className="flex items-center gap-1">
          <Input
            readOnly
            value={secret}
            aria-label="Shared token"
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={secret} label="Copy the token" />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {secret === null ? (
          <Button {...PasswordDialog.near} onClick={() => setAsking("show")}>
            <EyeIcon aria-hidden />
            Show the token
          </Button>
        ) : (
          <Button onClick={() => setSecret(null)}>
            <EyeOffIcon aria-hidden />
            Hide it
          </Button>
        )}
        {canRotate && (
          <Button variant="danger" {...PasswordDialog.near} onClick={() => setAsking("rotate")}>
            <RefreshCwIcon aria-hidden />
            Replace it
          </Button>
        )}
      </div>
      <PasswordDialog
        isOpen={asking === "show"}
        title="Show the shared token"
        action="Show it"
        ask={showTokenAction}
        onClose={() => setAsking(null)}
        onSecret={done}
      >
        That you looked at it is written to the audit log.
      </PasswordDialog>
      <PasswordDialog
        isOpen={asking === "rotate"}
        title="Replace the shared token"
        action="Replace it"
        isDangerous
        ask={rotateTokenAction}
        onClose={() => setAsking(null)}
        onSecret={done}
      >
        The old one stops working at once. Paired devices go on with their own tokens; whatever is not paired yet, and
        every script that connects with the shared token, needs the new one.
      </PasswordDialog>
    </>
  )
}
