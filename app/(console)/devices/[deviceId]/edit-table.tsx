import { CheckIcon } from "lucide-react"
import { useId, useState } from "react"
import { ScopeName } from "@/components/scope-name"
import { Badge } from "@/components/ui/badge"
import { Checkbox } from "@/components/ui/checkbox"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { RoleView } from "@/lib/console/device-types"
import { scopeInWords } from "@/lib/pairing/explain"
import { covers, isDangerous } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import { type Choice, canRelease, hasLiveToken, tickApproved, toggled } from "./edit-choice"
import { ProvenanceText } from "./provenance-text"

/** Ceiling and token side by side: one row per scope, one tick for each. */
export function EditTable({
  role,
  options,
  choice,
  onChange,
}: {
  role: RoleView
  options: Scopes
  choice: Choice
  onChange: (choice: Choice) => void
}) {
  const isLive = hasLiveToken(role)
  const side = "w-20 px-1.5 text-center"
  return (
    <Table>
      <TableCaption>Each scope as {role.role}: whether it is approved, and whether it is in the token</TableCaption>
      <TableHeader>
        <tr>
          <TableHead className="pl-0">Scope</TableHead>
          <TableHead className={side}>Approved</TableHead>
          <TableHead className={side}>In token</TableHead>
        </tr>
      </TableHeader>
      <TableBody>
        {options.map((scope) => (
          <TableRow key={scope}>
            <TableHead scope="row" className="py-2 pl-0 align-top font-normal whitespace-normal text-ink">
              <Named scope={scope} role={role} choice={choice} onChange={onChange} />
            </TableHead>
            <TableCell className={side}>
              <Tick
                label={`Approved: ${scope}`}
                scope={scope}
                chosen={choice.approved}
                // A revoked role gets nothing more before it is approved again.
                isOff={role.token?.standing === "revoked" && !covers(role.ceiling, [scope])}
                onTick={(isTicked) => onChange(tickApproved(choice, scope, isTicked))}
              />
            </TableCell>
            <TableCell className={side}>
              <Tick
                label={`In token: ${scope}`}
                scope={scope}
                chosen={choice.token.filter((held) => covers(choice.approved, [held]))}
                isOff={!isLive || !covers(choice.approved, [scope])}
                onTick={(isTicked) => onChange({ ...choice, token: toggled(choice.token, scope, isTicked) })}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Tick({
  label,
  scope,
  chosen,
  isOff,
  onTick,
}: {
  label: string
  scope: string
  chosen: Scopes
  isOff: boolean
  onTick: (isTicked: boolean) => void
}) {
  const isTicked = chosen.includes(scope)
  const isIncluded = !isTicked && covers(chosen, [scope])
  // A box that was ticked once stays where it was, so that it can be ticked again, and keeps the focus.
  const [hasBox, setHasBox] = useState(isTicked)
  if (isTicked && !hasBox) setHasBox(true)
  const id = useId()
  if (isIncluded && !hasBox) {
    return (
      <span className="text-sm text-ink-2">
        <CheckIcon aria-hidden className="mr-1 inline size-3.5 max-sm:hidden" />
        <span className="sr-only">{label}: </span>included
      </span>
    )
  }
  return (
    <span className="inline-grid justify-items-center gap-0.5">
      <Checkbox
        aria-label={label}
        aria-describedby={isIncluded ? id : undefined}
        checked={isTicked}
        disabled={isOff}
        onCheckedChange={onTick}
      />
      {isIncluded && (
        <span id={id} className="text-xs text-ink-2">
          included
        </span>
      )}
    </span>
  )
}

function Named({
  scope,
  role,
  choice,
  onChange,
}: {
  scope: string
  role: RoleView
  choice: Choice
  onChange: (choice: Choice) => void
}) {
  const right = role.scopes.find((each) => each.scope === scope)
  const [was, is] = [covers(role.ceiling, [scope]), covers(choice.approved, [scope])]
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ScopeName scope={scope} className="text-base" />
        {isDangerous(scope) && <Badge tone="danger">{scope === "operator.admin" ? "everything" : "dangerous"}</Badge>}
        {right?.isSilent && <Badge tone="quiet">silent</Badge>}
        {!was && is && <Badge tone="warn">new</Badge>}
        {was && !is && <Badge tone="danger">taken away</Badge>}
      </span>
      <span className="text-sm text-ink-3">{scopeInWords(scope) ?? "This release does not know this scope"}</span>
      {right !== undefined && canRelease(right, choice) && (
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
          <span>
            Withheld{right.withheld && ", "}
            <ProvenanceText provenance={right.withheld} />.
          </span>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is the control, and stands inside */}
          <label className="flex items-center gap-2">
            <Checkbox
              checked={choice.release.includes(scope)}
              onCheckedChange={(checked) =>
                onChange({ ...choice, release: toggled(choice.release, scope, checked === true) })
              }
            />
            <span>
              Take the mark off<span className="sr-only"> {scope}</span>
            </span>
          </label>
        </span>
      )}
    </div>
  )
}
