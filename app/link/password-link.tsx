"use client"

import Link from "next/link"
import { useEffect, useState } from "react"
import { DoorTitle } from "@/components/door"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { useFragment } from "@/components/use-fragment"
import { checkLinkAction, type LinkFor } from "./actions"
import { PasswordForm } from "./password-form"

/** Asks whom the link in the address is for before it asks for a password. */
export function PasswordLink() {
  const secret = useFragment()
  const [link, setLink] = useState<LinkFor | "checking" | "unknown">("checking")

  useEffect(() => {
    if (secret === null) return
    let isCurrent = true
    checkLinkAction(secret).then(
      (answer) => isCurrent && setLink(answer),
      () => isCurrent && setLink("unknown"),
    )
    return () => {
      isCurrent = false
    }
  }, [secret])

  if (link === "checking")
    return (
      <>
        <DoorTitle title="Choose a password">Checking the link …</DoorTitle>
        <div aria-hidden className="grid gap-4">
          <Skeleton className="h-15" />
          <Skeleton className="h-20" />
          <Skeleton className="h-9" />
        </div>
      </>
    )
  if (link === "unknown")
    return (
      <>
        <DoorTitle title="The link could not be checked">The server did not answer as it should.</DoorTitle>
        <Button variant="primary" onClick={() => location.reload()}>
          Try again
        </Button>
      </>
    )
  if (!link.ok)
    return (
      <>
        <DoorTitle title="This link opens nothing">
          It was used, is more than a day old, or a newer one took its place.
        </DoorTitle>
        <Notice>
          Ask an owner of this console for another one. Open it whole, with everything behind the <code>#</code>.
        </Notice>
        <Button asChild>
          <Link href="/sign-in">Go to sign-in</Link>
        </Button>
      </>
    )
  return <PasswordForm secret={secret ?? ""} link={link} onDead={() => setLink({ ok: false })} />
}
