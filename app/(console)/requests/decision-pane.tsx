"use client"

import { useQuery } from "@tanstack/react-query"
import { useEffect, useId, useState } from "react"
import { useClock } from "@/components/clock"
import { forGood } from "@/components/grant-length-field"
import { Instant } from "@/components/time-ago"
import { Empty, EmptyDescription, EmptyTitle } from "@/components/ui/empty"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import type { RequestView, Waiting } from "@/lib/console/request-types"
import { firstChoice } from "@/lib/pairing/difference"
import type { GrantLength } from "@/lib/pairing/grant-length"
import { ChangedNotice } from "./changed-notice"
import { DecisionBar } from "./decision-bar"
import { DifferenceTable } from "./difference-table"
import { EndedView } from "./ended-view"
import { Observations } from "./observations"
import { requestQuery } from "./query"
import { RefusedNotice } from "./refused-notice"
import { RequestHead } from "./request-head"
import { RequestSentence } from "./request-sentence"
import { RoleChange } from "./role-change"
import { ShownClaims } from "./shown-claims"
import { StillEnds } from "./still-ends"
import { TemplateChoice } from "./template-choice"
import { useDecision } from "./use-decision"
import { Warnings } from "./warnings"

type WaitingView = RequestView & { readonly state: Waiting }

const isWaiting = (request: RequestView): request is WaitingView => request.state.kind === "waiting"

function WaitingBody({
  fresh,
  headingId,
  decides,
  shortcuts,
  decision,
}: {
  fresh: WaitingView
  headingId: string
  decides: boolean
  shortcuts: boolean
  decision: ReturnType<typeof useDecision>
}) {
  const [shown, setShown] = useState(fresh)
  const [chosen, setChosen] = useState(() => firstChoice(fresh.state.scopes))
  const [length, setLength] = useState<GrantLength | null>(forGood)
  const isStale = shown.state.digest !== fresh.state.digest
  const request = isStale ? shown : fresh
  const { state } = request

  const accept = () => {
    setShown(fresh)
    setChosen(firstChoice(fresh.state.scopes))
  }
  const choose = (scope: string, isChosen: boolean) =>
    setChosen((now) => (isChosen ? [...now, scope] : now.filter((other) => other !== scope)))

  return (
    <>
      <div className="grid w-full max-w-4xl content-start gap-5 px-4 py-5 sm:px-8 sm:py-6">
        <RequestHead request={request} headingId={headingId} />
        {isStale && (
          <ChangedNotice
            shown={shown.state}
            now={fresh.state}
            isRefused={decision.refused?.because === "request-changed"}
            accept={accept}
          />
        )}
        {!isStale && <RefusedNotice decision={decision} />}
        <section aria-label="Why it waits" className="grid gap-2.5 rounded-lg border border-line bg-ground px-4 py-3.5">
          <RequestSentence request={request} />
          <Observations observations={request.observations} />
        </section>
        <Warnings request={request} />
        <ShownClaims request={request} />
        <section aria-label="What would change">
          <h3 className="mb-2 text-lg font-semibold">What would change</h3>
          <RoleChange request={request} />
          {decides && (
            <TemplateChoice
              request={request}
              state={state}
              chosen={chosen}
              length={length}
              choose={(picks, time) => {
                setChosen(picks)
                setLength(time)
              }}
              disabled={decision.isPending || isStale}
            />
          )}
          {state.scopes.length === 0 ? (
            <p className="text-ink-2">It asks for no scopes.</p>
          ) : (
            <DifferenceTable
              state={state}
              chosen={chosen}
              choose={choose}
              disabled={decision.isPending || isStale}
              decides={decides}
            />
          )}
          <StillEnds as="p" request={request} className="mt-2.5 text-sm text-ink-2" />
          {state.kept.length > 0 && (
            <p className="mt-2.5 text-sm text-ink-3">
              It keeps what it does not ask for now: <code>{state.kept.join(", ")}</code>
            </p>
          )}
        </section>
      </div>
      {!decides && (
        <p className="sticky bottom-0 z-10 mt-auto border-t border-line bg-panel px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-sm text-ink-2 short:static sm:px-8">
          You may look at requests, not decide them: that takes an approver or the owner.
        </p>
      )}
      {decides && (
        <DecisionBar
          request={request}
          state={state}
          chosen={chosen}
          length={length}
          setLength={setLength}
          isStale={isStale}
          shortcuts={shortcuts}
          decision={decision}
        />
      )}
    </>
  )
}

/** One request: what an admin needs to decide, or how it ended. */
export function DecisionPane({
  requestId,
  decides,
  shortcuts,
  next,
}: {
  requestId: string
  decides: boolean
  shortcuts: boolean
  /** The way on, once this request has ended. */
  next: React.ReactNode
}) {
  const headingId = useId()
  const { data: request, isPending, isError, dataUpdatedAt, refetch } = useQuery(requestQuery(requestId))
  const decision = useDecision(requestId)
  const expiresAtMs = request && isWaiting(request) ? request.state.expiresAtMs : null
  const isOver = useClock(({ nowMs }) => expiresAtMs !== null && nowMs > expiresAtMs)

  useEffect(() => {
    if (isOver) void refetch()
  }, [isOver, refetch])

  if (isPending) {
    return (
      <div aria-busy className="grid max-w-4xl content-start gap-5 px-4 py-5 sm:px-8 sm:py-6">
        <Skeleton className="h-12 w-72 max-w-full" />
        <Skeleton className="h-28" />
        <Skeleton className="h-52" />
      </div>
    )
  }
  if (!request) {
    return isError ? (
      <Empty role="alert">
        <EmptyTitle>This request could not be loaded</EmptyTitle>
        <EmptyDescription>The server did not answer. It is asked again on its own.</EmptyDescription>
      </Empty>
    ) : (
      <Empty>
        <EmptyTitle>There is no such request</EmptyTitle>
        <EmptyDescription>It may have been asked long ago, and its record has been cleared since.</EmptyDescription>
        {next}
      </Empty>
    )
  }
  return (
    <article aria-labelledby={headingId} className="@container flex min-h-full min-w-0 flex-col">
      {isError && (
        <Notice tone="danger" live className="m-4 mb-0 sm:mx-8">
          The server does not answer. This is the state of <Instant atMs={dataUpdatedAt} style="time" />.
        </Notice>
      )}
      {isWaiting(request) ? (
        <WaitingBody
          fresh={request}
          headingId={headingId}
          decides={decides}
          shortcuts={shortcuts}
          decision={decision}
        />
      ) : (
        request.state.kind === "ended" && (
          <div className="grid w-full max-w-4xl content-start gap-5 px-4 py-5 sm:px-8 sm:py-6">
            <RequestHead request={request} headingId={headingId} />
            <RefusedNotice decision={decision} />
            <EndedView request={request} state={request.state} decides={decides} shortcuts={shortcuts} />
            {next}
          </div>
        )
      )}
    </article>
  )
}
