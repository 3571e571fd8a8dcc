"use client"

import { CheckIcon, XIcon } from "lucide-react"
import { useId, useState } from "react"
import { Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { isListed, parseAddress } from "@/lib/pairing/locality"
import type { PolicyProblem } from "@/lib/pairing/policy-check"
import { ListField } from "./list-field"

/** The networks of new nodes, with a place to try an address. */
export function RangeField({
  value,
  problems,
  onChange,
}: {
  value: readonly string[]
  problems: readonly PolicyProblem[]
  onChange: (value: readonly string[]) => void
}) {
  const [address, setAddress] = useState("")
  const id = useId()
  return (
    <div className="grid gap-3">
      <ListField
        option="nodeAutoApproveCidrs"
        value={value}
        problems={problems}
        placeholder="192.168.1.0/24"
        hint="One address or CIDR range to a line."
        onChange={onChange}
      />
      <div className="grid gap-1.5">
        <Label htmlFor={id}>Try an address</Label>
        <Input
          id={id}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          placeholder="192.168.1.42"
          spellCheck={false}
          autoComplete="off"
          className="font-mono text-sm"
        />
        <p role="status" className="flex min-h-5 items-center gap-1.5 text-sm text-ink-2 [&_svg]:size-3.5">
          <Outcome address={address.trim()} ranges={value} />
        </p>
      </div>
    </div>
  )
}

function Outcome({ address, ranges }: { address: string; ranges: readonly string[] }) {
  if (address === "") return null
  if (parseAddress(address) === null) return "This is not an address."
  return isListed(address, ranges) ? (
    <>
      <CheckIcon aria-hidden className="text-ok" /> A new node from there comes in silently.
    </>
  ) : (
    <>
      <XIcon aria-hidden className="text-ink-3" /> From there, a person decides.
    </>
  )
}
