"use client"

import { useQuery } from "@tanstack/react-query"
import Link from "next/link"
import { useId, useState } from "react"
import { neutralise } from "@/components/neutralise"
import { ScopeName } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import type { WhyView } from "@/lib/console/why-types"
import { knownScopes } from "@/lib/pairing/explain"
import { explainWhy, verdictOf, type WhyPart } from "@/lib/pairing/explain-why"
import { whyQuery } from "../query"
import { requestHref } from "../request-href"

/** "Why can it do X": an answer from the history, now or at an earlier time. */
export function WhyCard({ deviceId }: { deviceId: string }) {
  const id = useId()
  const [asked, setAsked] = useState<{ about: string; atMs: number | null }>({ about: "", atMs: null })
  const { data, isError } = useQuery(whyQuery(deviceId, asked))
  return (
    <Card aria-labelledby="why">
      <CardHeader>
        <CardTitle id="why">Why can it do that?</CardTitle>
        <CardDescription className="max-sm:order-last max-sm:w-full">
          answered from what was written down
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            const at = Date.parse(String(form.get("at") ?? ""))
            setAsked({ about: String(form.get("about") ?? "").trim(), atMs: Number.isNaN(at) ? null : at })
          }}
        >
          <Field className="min-w-0 flex-1 basis-60">
            <Label htmlFor={`${id}about`}>Scope or method</Label>
            <Input
              id={`${id}about`}
              name="about"
              list={`${id}known`}
              placeholder="operator.write or chat.send"
              maxLength={128}
              autoComplete="off"
              className="font-mono"
            />
            <datalist id={`${id}known`}>
              {knownScopes.map((scope) => (
                <option key={scope} value={scope} />
              ))}
            </datalist>
          </Field>
          <Field>
            <Label htmlFor={`${id}at`}>At (empty: now)</Label>
            <Input id={`${id}at`} name="at" type="datetime-local" />
          </Field>
          <Button type="submit">Explain</Button>
        </form>
        {isError && (
          <Notice tone="danger" live>
            That could not be answered. It is tried again by itself.
          </Notice>
        )}
        <div role="status">{data && <Answer view={data} />}</div>
      </CardContent>
    </Card>
  )
}

const verdicts = {
  yes: { tone: "ok", words: "Yes" },
  no: { tone: "danger", words: "No" },
  unknown: { tone: "warn", words: "Not known" },
} as const

function Answer({ view: { about, scope, atMs, answer, isBefore } }: { view: WhyView }) {
  const { tone, words } = verdicts[verdictOf(answer)]
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
      <Badge tone={tone}>
        {words}, {atMs === null ? "now" : <Instant atMs={atMs} style="short" />}
      </Badge>
      <span className="min-w-0 wrap-anywhere">
        {about !== scope && scope !== null && (
          <>
            <code>{neutralise(about, 128)?.text}</code> needs <ScopeName scope={scope} />.{" "}
          </>
        )}
        {explainWhy(answer, scope).map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never change places
          <Part key={index} part={part} />
        ))}
        {isBefore && " That is before everything that is kept, so it is a guess."}
      </span>
    </p>
  )
}

function Part({ part }: { part: WhyPart }) {
  if (typeof part === "string") return part
  switch (part.kind) {
    case "scope":
      return <ScopeName scope={part.scope} />
    case "instant":
      return <Instant atMs={part.atMs} style="short" />
    case "name":
      return <b className="claimed font-semibold">{neutralise(part.text, 40)?.text ?? "somebody"}</b>
    case "request":
      return (
        <Link href={requestHref(part.requestId)} prefetch={false} className="underline underline-offset-3">
          this request
        </Link>
      )
  }
}
