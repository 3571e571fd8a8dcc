import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { neutralise } from "@/components/neutralise"
import { Instant } from "@/components/time-ago"
import { Notice } from "@/components/ui/notice"
import type { Lookalike, RequestView, Warning } from "@/lib/console/request-types"
import { warningKey } from "@/lib/console/warning-key"
import { type Differing, differingLetters, lettersInWords } from "./letters"

type Warned = Pick<RequestView, "deviceId" | "displayName" | "address" | "warnings">

/** What to mind before deciding. Nothing of it decides by itself, so nothing of it stands on a button. */
export function Warnings({ request }: { request: Warned }) {
  if (request.warnings.length === 0) return null
  return (
    <section aria-label="What to mind" className="grid gap-2.5">
      <WarningNotices request={request} />
    </section>
  )
}

/** What to mind of one among several. */
export function WarningNotices({ request }: { request: Warned }) {
  return request.warnings.map((warning) => (
    <Notice key={warningKey(warning)} tone="warn">
      <Said warning={warning} request={request} />
    </Notice>
  ))
}

function Said({ warning, request }: { warning: Warning; request: Warned }) {
  switch (warning.kind) {
    case "name":
      return (
        <>
          <p>
            <strong className="font-semibold">
              {isSameAsAny(request, warning.others) ? "The same name" : "Nearly the same name"}, another key.
            </strong>{" "}
            Compare the fingerprint with the one that the device shows of itself.
          </p>
          <Others request={request} others={warning.others} letters />
        </>
      )
    case "address":
      return (
        <>
          <p>
            <strong className="font-semibold">A known address, a new key.</strong> Either another device at{" "}
            {warning.address}, or this one lost its key: then remove the old pairing afterwards.
          </p>
          <Others request={request} others={warning.others} />
        </>
      )
    case "removed-key":
      return (
        <p>
          <strong className="font-semibold">This key was removed before,</strong> <Instant atMs={warning.atMs} />, by{" "}
          {warning.by}.{warning.note && <> The note: “{warning.note}”.</>}{" "}
          <ToDevice deviceId={request.deviceId}>Its history</ToDevice>
        </p>
      )
    case "removed-name":
      return (
        <p>
          <strong className="font-semibold">A device of nearly this name was removed,</strong>{" "}
          <Instant atMs={warning.atMs} />, by {warning.by}. This may be it under a new key.{" "}
          <ToDevice deviceId={warning.deviceId}>Its history</ToDevice>
        </p>
      )
    case "blocked-name":
      return (
        <p>
          <strong className="font-semibold">A device of nearly this name is blocked,</strong> since{" "}
          <Instant atMs={warning.atMs} />, by {warning.by}. This may be it under a new key.{" "}
          <ToDevice deviceId={warning.deviceId}>Its history</ToDevice>
        </p>
      )
    case "burst":
      return (
        <p>
          <strong className="font-semibold">{warning.keys} keys wait from one address,</strong> {warning.address}. A
          household has fewer; whoever makes keys can make many.
        </p>
      )
  }
}

function ToDevice({ deviceId, children }: { deviceId: string; children: React.ReactNode }) {
  return (
    <Link href={`/devices/${deviceId}`} className="font-medium text-accent hover:underline">
      {children}
    </Link>
  )
}

// The letters of the fixed-width font are told apart more easily.
function Others({
  request,
  others,
  letters = false,
}: {
  request: Warned
  others: readonly Lookalike[]
  /** Whether the letters that keep the names apart are shown. */
  letters?: boolean
}) {
  const own = textOf(request.displayName)
  const compared = others.map((other) => ({ ...other, places: differingLetters(own, textOf(other.name)) }))
  const marked = letters ? compared.flatMap(({ places }) => places.own) : []
  return (
    <ul className="mt-1 grid gap-0.5">
      <li className="flex flex-wrap items-baseline gap-x-3">
        <DeviceName name={request.displayName} className="font-mono font-semibold" marked={marked} />
        <Fingerprint deviceId={request.deviceId} />
        <span className="text-ink-2">this one, from {request.address}</span>
      </li>
      {compared.map(({ deviceId, requestId, name, address, places }) => (
        <li key={requestId ?? deviceId} className="flex flex-wrap items-baseline gap-x-3">
          <DeviceName name={name} className="font-mono font-semibold" marked={letters ? places.others : []} />
          <Fingerprint deviceId={deviceId} />
          <span className="text-ink-2">
            {requestId === null ? "is paired" : "asks too"}
            {address !== null && `, from ${address}`}
          </span>
          {letters && <bdi className="w-full text-sm text-ink-2">{lettersOf(own, textOf(name), places)}</bdi>}
        </li>
      ))}
    </ul>
  )
}

const textOf = (name: string | null) => neutralise(name)?.text ?? ""

function isSameAsAny({ displayName }: Warned, others: readonly Lookalike[]): boolean {
  return others.some((other) => textOf(other.name) === textOf(displayName))
}

function lettersOf(own: string, other: string, places: Differing): string {
  if (places.own.length + places.others.length === 0) return "Letter for letter the same."
  return `This one has ${lettersInWords(own, places.own)}, it has ${lettersInWords(other, places.others)}.`
}
