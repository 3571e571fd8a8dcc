"use client"

import { RotateCwIcon, UnplugIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useEffect, useTransition } from "react"
import { Button } from "@/components/ui/button"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"

/** A page that could not be loaded says so, never that there is nothing. */
export function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter()
  const [isTrying, startTrying] = useTransition()

  useEffect(() => {
    console.error(error)
  }, [error])

  return (
    <Empty role="alert" className="py-24">
      <EmptyIcon className="text-danger">
        <UnplugIcon />
      </EmptyIcon>
      <EmptyTitle as="h1">This page could not be loaded</EmptyTitle>
      <EmptyDescription>
        Nothing was changed, and nothing is known to be missing: the server did not answer as it should.
        {error.digest !== undefined && ` Its log names this as ${error.digest}.`}
      </EmptyDescription>
      <Button
        variant="primary"
        disabled={isTrying}
        onClick={() =>
          startTrying(() => {
            router.refresh()
            reset()
          })
        }
      >
        <RotateCwIcon aria-hidden />
        Try again
      </Button>
    </Empty>
  )
}
