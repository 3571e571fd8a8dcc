"use client"

import Link from "next/link"
import { useEffect, useState } from "react"
import { DoorTitle } from "@/components/door"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { useFragment } from "@/components/use-fragment"
import { checkSetupAction, type LinkState } from "./actions"
import { SetUpForm } from "./set-up-form"

/** Asks whether the link in the address is good before it asks for anything else. */
export function SetUp() {
  const secret = useFragment()
  const [state, setState] = useState<LinkState | "checking" | "unknown">("checking")

  useEffect(() => {
    if (secret === null) return
    let isCurrent = true
    checkSetupAction(secret).then(
      (answer) => isCurrent && setState(answer),
      () => isCurrent && setState("unknown"),
    )
    return () => {
      isCurrent = false
    }
  }, [secret])

  switch (state) {
    case "checking":
      return (
        <>
          <DoorTitle title="Set up Gatehouse">Checking the link …</DoorTitle>
          <div aria-hidden className="grid gap-4">
            <Skeleton className="h-15" />
            <Skeleton className="h-15" />
            <Skeleton className="h-20" />
            <Skeleton className="h-9" />
          </div>
        </>
      )
    case "live":
      return <SetUpForm secret={secret ?? ""} onDead={setState} />
    case "owner-exists":
      return (
        <>
          <DoorTitle title="This gate has an owner">
            The set-up link was for the first one only. Whoever runs this server can make a new link with{" "}
            <code className="whitespace-nowrap">npm run admin</code>.
          </DoorTitle>
          <Button variant="primary" asChild>
            <Link href="/sign-in">Go to sign-in</Link>
          </Button>
        </>
      )
    case "link-dead":
      return (
        <>
          <DoorTitle title="This link opens nothing">
            It was used, is more than a day old, or lost a part on its way here.
          </DoorTitle>
          <Notice>
            Restart the server: as long as there is no owner, each start prints a fresh link. Open it whole, with
            everything behind the <code>#</code>.
          </Notice>
        </>
      )
    case "unknown":
      return (
        <>
          <DoorTitle title="The link could not be checked">The server did not answer as it should.</DoorTitle>
          <Button variant="primary" onClick={() => location.reload()}>
            Try again
          </Button>
        </>
      )
  }
}
