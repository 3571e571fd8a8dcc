"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Instant, TimeAgo } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import type { UpstreamFacts, UpstreamReport } from "@/lib/console/upstream-types"
import { CheckList } from "./check-list"
import { upstreamQuery } from "./query"
import { SetUpForm } from "./set-up-form"
import { SwitchOffDialog } from "./switch-off-dialog"
import { stateWords } from "./upstream-words"

/** The gateway behind: how it is, and where an owner sets it up. */
export function UpstreamPanel() {
  const queries = useQueryClient()
  const { data, isError, dataUpdatedAt } = useQuery(upstreamQuery())
  const [isEditing, setEditing] = useState(false)
  const renew = () => {
    setEditing(false)
    void queries.invalidateQueries({ queryKey: upstreamQuery().queryKey })
  }
  if (data === undefined) return null
  const { report, isSetByEnvironment } = data
  const isUnusable = data.stored !== null && data.stored.secretKind === null && !isSetByEnvironment
  const mayEdit = !isSetByEnvironment && (isEditing || data.stored === null || isUnusable)
  return (
    <>
      {isError && (
        <Notice tone="warn" live>
          This could not be renewed. It is as it was <TimeAgo atMs={dataUpdatedAt} />.
        </Notice>
      )}
      {report.state !== "off" && <StateCard facts={data} onEdit={() => setEditing(true)} onOff={renew} />}
      {isUnusable && (
        <Notice tone="danger">
          The secret was encrypted under a server key that is gone, so no device is served through this gateway. Give it
          again.
        </Notice>
      )}
      {mayEdit && (
        <Card>
          <CardHeader>
            <CardTitle>
              {data.stored === null ? "Put Gatehouse in front of a gateway" : "Another address or secret"}
            </CardTitle>
            <CardDescription>devices then get its service, with what was granted to them here</CardDescription>
          </CardHeader>
          <CardContent>
            <SetUpForm url={data.stored?.url ?? "ws://127.0.0.1:18789"} onDone={renew} />
          </CardContent>
        </Card>
      )}
    </>
  )
}

function StateCard({ facts, onEdit, onOff }: { facts: UpstreamFacts; onEdit: () => void; onOff: () => void }) {
  const { report, isSetByEnvironment } = facts
  const words = stateWords[report.state]
  return (
    <Card>
      <CardHeader>
        <CardTitle>Gateway behind</CardTitle>
        <Badge tone={words.tone}>{words.name}</Badge>
        {!isSetByEnvironment && (
          <CardAction>
            <Button size="sm" onClick={onEdit}>
              Change
            </Button>
            <SwitchOffDialog relays={report.relays} onOff={onOff} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="max-w-prose text-ink-2">{words.means}</p>
        {report.reason !== null && report.state !== "up" && (
          <Notice tone={report.state === "restarting" ? "warn" : "danger"}>{report.reason}</Notice>
        )}
        <ReportList report={report} />
        {isSetByEnvironment && (
          <Notice>
            It is set in the environment of the server (<code>GATEHOUSE_UPSTREAM</code>) and can only be changed there.
          </Notice>
        )}
        <details className="group" open={report.steps.some(({ result }) => result === "bad")}>
          <summary className="w-fit cursor-pointer rounded-sm font-medium text-accent">What was looked at</summary>
          <div className="pt-3">
            <CheckList steps={report.steps} />
          </div>
        </details>
      </CardContent>
    </Card>
  )
}

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))

function ReportList({ report }: { report: UpstreamReport }) {
  const { url, version, startedAtMs, sinceMs, latency, relays, waiting } = report
  return (
    <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[10rem_1fr] [&_dt]:text-ink-3">
      <dt>Address</dt>
      <dd>
        <code className="wrap-anywhere">{url}</code>
      </dd>
      <dt>So since</dt>
      <dd>
        <TimeAgo atMs={sinceMs} />
      </dd>
      <dt>Release</dt>
      <dd>{version ?? "not known yet"}</dd>
      <dt>Started</dt>
      <dd>{startedAtMs === null ? "not known yet" : <Instant atMs={startedAtMs} />}</dd>
      <dt>Answers within</dt>
      <dd className="tabular-nums">
        {latency === null ? "not measured yet" : `${ms(latency.p50Ms)} ms (p50), ${ms(latency.p95Ms)} ms (p95)`}
      </dd>
      <dt>Connections</dt>
      <dd className="tabular-nums">
        {relays === 1 ? "1 relayed" : `${relays} relayed`}
        {waiting > 0 && `, ${waiting} waiting for their turn`}
      </dd>
    </dl>
  )
}
