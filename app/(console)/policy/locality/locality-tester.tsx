"use client"

import { useId, useState } from "react"
import { useClock } from "@/components/clock"
import { formatAgo } from "@/components/format-time"
import { neutralise } from "@/components/neutralise"
import { Badge } from "@/components/ui/badge"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { Field, FieldDescription, FieldError, FieldGroup, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Select } from "@/components/ui/select"
import { Textarea } from "@/components/ui/textarea"
import type { LocalityGround, RecentConnect } from "@/lib/console/locality-types"
import { traceLocality } from "@/lib/pairing/locality-steps"
import { LocalitySteps } from "./locality-steps"
import { cameFrom, fromFields, type NetFields, toFields } from "./net-fields"

const nothing: NetFields = { peerAddress: "127.0.0.1", host: "127.0.0.1", origin: "", headers: "", trustedProxies: "" }

/** The facts of a connect on one side, what the rules make of them on the other, at once. */
export function LocalityTester({ ground }: { ground: LocalityGround }) {
  const declared = ground.trustedProxies.join(", ")
  const [fields, setFields] = useState<NetFields>(() => {
    const [latest] = ground.recent
    return latest ? toFields(latest.net, ground.trustedProxies) : { ...nothing, trustedProxies: declared }
  })
  const [picked, setPicked] = useState(ground.recent[0]?.id ?? "")
  const { net, unreadable } = fromFields(fields)
  const { locality, steps, advice } = traceLocality(net, ground)
  const change = (part: Partial<NetFields>) => {
    setFields((before) => ({ ...before, ...part }))
    setPicked("")
  }
  const pick = (id: string) => {
    const connect = ground.recent.find((each) => each.id === id)
    if (connect === undefined) return
    setPicked(id)
    setFields(toFields(connect.net, ground.trustedProxies))
  }

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <Card>
        <CardHeader>
          <CardTitle>What was observed</CardTitle>
        </CardHeader>
        <CardContent>
          <FieldGroup className="grid-cols-[minmax(0,1fr)]">
            <Recent recent={ground.recent} picked={picked} pick={pick} />
            <TextField
              label="Peer address"
              about="of the socket, not what anybody says of it"
              value={fields.peerAddress}
              onChange={(peerAddress) => change({ peerAddress })}
            />
            <TextField
              label="Host"
              about="as the client sent it; empty for none"
              value={fields.host}
              onChange={(host) => change({ host })}
            />
            <TextField
              label="Origin"
              about="only web pages send it"
              value={fields.origin}
              onChange={(origin) => change({ origin })}
            />
            <Headers value={fields.headers} unreadable={unreadable} onChange={(headers) => change({ headers })} />
            <TextField
              label="Declared proxies"
              about={declared === "" ? "none are declared; try some here" : `declared are ${declared}; try others here`}
              value={fields.trustedProxies}
              onChange={(trustedProxies) => change({ trustedProxies })}
            />
          </FieldGroup>
        </CardContent>
      </Card>
      <Card aria-label="The verdict">
        <CardHeader>
          <div role="status">
            <CardTitle>{locality.local ? "It counts as local" : "It does not count as local"}</CardTitle>
          </div>
          <Badge tone={locality.local ? "ok" : "warn"}>{locality.local ? "local" : "remote"}</Badge>
        </CardHeader>
        <CardContent className="grid gap-3">
          <p className="text-ink-2">
            {locality.local
              ? "So the policy may let a new device in, or give more scopes, silently. A new role waits for a person all the same."
              : "So a new device, more scopes and a new role wait for a person, unless another lane of the policy is open."}{" "}
            {locality.clientAddress === null ? "Where the client is cannot be known." : null}
          </p>
          <LocalitySteps steps={steps} />
          {advice !== null && <p className="border-t border-line-soft pt-3 text-ink-2">{advice}</p>}
        </CardContent>
      </Card>
    </div>
  )
}

function Recent({
  recent,
  picked,
  pick,
}: {
  recent: readonly RecentConnect[]
  picked: string
  pick: (id: string) => void
}) {
  const id = useId()
  const nowMs = useClock((clock) => clock.nowMs)
  if (recent.length === 0) {
    return <p className="text-sm text-ink-3">Once devices connect, the last of them can be picked here.</p>
  }
  const words = ({ name, atMs, net }: RecentConnect) =>
    // What tells them apart comes first: the end of a long line is cut off.
    `${formatAgo(atMs, nowMs)}: ${neutralise(name)?.text ?? "a device without a name"}, ${cameFrom(net)}`
  return (
    <Field className="grid-cols-[minmax(0,1fr)]">
      <Label htmlFor={id}>A recent connect</Label>
      <Select id={id} value={picked} onValueChange={pick} className="w-full">
        <option value="" disabled hidden>
          as typed below
        </option>
        {recent.map((connect) => (
          <option key={connect.id} value={connect.id}>
            {words(connect)}
          </option>
        ))}
      </Select>
      <FieldDescription>Plain reconnects are only counted, so they are not among these.</FieldDescription>
    </Field>
  )
}

function TextField({
  label,
  about,
  value,
  onChange,
}: {
  label: string
  about: string
  value: string
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        aria-describedby={`${id}-about`}
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        className="font-mono"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FieldDescription id={`${id}-about`}>{about}</FieldDescription>
    </Field>
  )
}

function Headers({
  value,
  unreadable,
  onChange,
}: {
  value: string
  unreadable: readonly string[]
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <Field>
      <Label htmlFor={id}>Other headers</Label>
      <Textarea
        id={id}
        aria-describedby={`${id}-about`}
        aria-invalid={unreadable.length > 0}
        autoComplete="off"
        spellCheck={false}
        maxLength={8000}
        placeholder="X-Forwarded-For: 192.168.1.20"
        className="font-mono"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {unreadable.length > 0 && (
        <FieldError>
          No header, so not looked at: <code className="wrap-anywhere">{unreadable[0]?.slice(0, 80)}</code>
        </FieldError>
      )}
      <FieldDescription id={`${id}-about`}>
        one “Name: value” a line; a pasted request may bring its Host and Origin along
      </FieldDescription>
    </Field>
  )
}
