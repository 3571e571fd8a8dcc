"use client"

import { Fingerprint } from "@/components/fingerprint"
import { ScopeNames } from "@/components/scope-name"
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog"
import { Button } from "@/components/ui/button"
import type { RequestView } from "@/lib/console/request-types"
import type { Outcome } from "@/lib/pairing/difference"
import { scopeInWords } from "@/lib/pairing/explain"
import { RequestName } from "./request-name"

/** The last question before something that hands over the gateway, a role, or another device's place. */
export function ConfirmGrant({
  request,
  outcome,
  label,
  time,
  isOpen,
  setOpen,
  approve,
}: {
  request: RequestView
  outcome: Outcome
  label: string
  /** For how long, as it goes on a sentence; empty for good. */
  time: string
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
  approve: () => void
}) {
  const { dangerous, restored } = outcome
  const isOnlyBack = dangerous.every((scope) => restored.includes(scope))
  return (
    <AlertDialog open={isOpen} onOpenChange={setOpen}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>
            {dangerous.length > 0 ? (
              <>
                Give <ScopeNames scopes={dangerous} /> {isOnlyBack && "back "}to this device?
              </>
            ) : (
              `Let this device be ${request.role === "operator" ? "an operator" : "a node"}?`
            )}
          </AlertDialogTitle>
          <AlertDialogDescription>
            Compare the fingerprint with the one that the device shows of itself.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <div className="grid gap-1 rounded-lg border border-line bg-ground px-4 py-3">
          <strong className="font-semibold wrap-anywhere">
            <RequestName label={request.label} displayName={request.displayName} />
          </strong>
          <Fingerprint deviceId={request.deviceId} className="text-lg text-ink" />
          <span className="text-sm text-ink-2">from {request.address}</span>
        </div>
        <ul className="grid gap-1 text-sm text-ink-2">
          {dangerous.map((scope) => (
            <li key={scope}>
              <code>{scope}</code>: {scopeInWords(scope) ?? "unknown to this release"}.
            </li>
          ))}
          {restored.length > 0 && (
            <li>
              Approved before, and back in its token with this: <code>{restored.join(", ")}</code>.
            </li>
          )}
          {request.reason === "not-paired" && request.role === "node" && (
            <li>As a node it lets the gateway run commands on the machine it stands on.</li>
          )}
          {request.reason === "role-upgrade" && (
            <li>
              With the new role it can act as {request.role === "operator" ? "an operator" : "a node"} too
              {time === "" ? ", until somebody revokes it" : time}.
            </li>
          )}
          {time !== "" && (
            <li>
              It has this{time}. Then it ends by itself, and its connections close; if it asks again, a person decides.
            </li>
          )}
          {request.paired === "other-key" && (
            <li>The device that is paired under this id is replaced, with all of its rights.</li>
          )}
        </ul>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant="danger-primary"
            onClick={() => {
              setOpen(false)
              approve()
            }}
          >
            {label}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
