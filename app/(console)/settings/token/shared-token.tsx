"use client"

import { useQuery } from "@tanstack/react-query"
import { Instant } from "@/components/time-ago"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import type { SharedTokenFacts } from "@/lib/console/settings-types"
import { NotRenewed } from "../not-renewed"
import { sharedTokenQuery } from "../query"
import { TokenPanel } from "./token-panel"

export function SharedToken() {
  const { data: facts, isError, dataUpdatedAt } = useQuery(sharedTokenQuery())
  return (
    <>
      {isError && <NotRenewed atMs={dataUpdatedAt} />}
      {facts && <Found facts={facts} />}
    </>
  )
}

function Found({ facts: { source, lastShown, lastRotated } }: { facts: SharedTokenFacts }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Shared token</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-5">
        <p className="max-w-prose text-ink-2">
          Devices present it to knock at all, as <code>OPENCLAW_GATEWAY_TOKEN</code> or with <code>--token</code>. It
          lets nobody in by itself: a device that is not paired still waits for a decision. A paired device has a token
          of its own and does not need this one any more.
        </p>
        <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[8rem_1fr]">
          <dt className="text-ink-3">Comes from</dt>
          <dd>
            {source === "environment" ? (
              <>
                the environment, <code>GATEHOUSE_GATEWAY_TOKEN</code>
              </>
            ) : (
              <>
                the file <code>gateway-token</code> in the data directory
              </>
            )}
          </dd>
          <dt className="text-ink-3">Last shown</dt>
          <dd>{lastShown ? <Touched {...lastShown} /> : "never"}</dd>
          <dt className="text-ink-3">Last replaced</dt>
          <dd>{lastRotated ? <Touched {...lastRotated} /> : "never"}</dd>
        </dl>
        <TokenPanel canRotate={source === "file"} />
        {source === "environment" && (
          <Notice>
            It is set in the environment of the server, so it can only be replaced there. Set another value for{" "}
            <code>GATEHOUSE_GATEWAY_TOKEN</code> and restart.
          </Notice>
        )}
      </CardContent>
    </Card>
  )
}

function Touched({ atMs, by }: { atMs: number; by: string }) {
  return (
    <>
      <Instant atMs={atMs} /> by {by}
    </>
  )
}
