"use client"

import { CopyButton } from "@/components/copy-button"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Input } from "@/components/ui/input"

export type MadeLink = {
  readonly purpose: "invite" | "reset"
  readonly name: string
  readonly path: string
  readonly expiresAtMs: number
}

/** Shows a link once: only its hash is kept, so nobody can be shown it again. */
export function LinkDialog({
  isOpen,
  link,
  publicUrl,
  onClose,
}: {
  isOpen: boolean
  link: MadeLink | null
  publicUrl: string | null
  onClose: () => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      {link !== null && <LinkShown link={link} address={`${publicUrl ?? location.origin}${link.path}`} />}
    </Dialog>
  )
}

function LinkShown({ link, address }: { link: MadeLink; address: string }) {
  return (
    <DialogContent>
      <DialogHeader>
        <DialogTitle>
          {link.purpose === "invite" ? `Invite ${link.name}` : `A new password for ${link.name}`}
        </DialogTitle>
        <DialogDescription>
          Give {link.name} this link over a channel you trust: whoever opens it first chooses the password.
        </DialogDescription>
      </DialogHeader>
      <div className="flex items-center gap-1">
        <Input
          readOnly
          value={address}
          aria-label="Link"
          className="font-mono text-sm"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={address} label="Copy the link" />
      </div>
      <p className="text-sm text-ink-3">
        It works once, until <Instant atMs={link.expiresAtMs} />, and cannot be shown again.
        {link.purpose === "reset" && " Until it is used, the old password stays good."}
      </p>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </DialogContent>
  )
}
