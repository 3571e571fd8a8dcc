"use client"

import { useQuery } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { policyValueWords } from "@/components/policy-words"
import { Button } from "@/components/ui/button"
import { Card } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import type { PolicyNow } from "@/lib/console/types"
import { policyChanges } from "@/lib/pairing/policy-changes"
import { policyProblems } from "@/lib/pairing/policy-check"
import type { Policy } from "@/lib/pairing/types"
import { OptionControl } from "./option-control"
import { OptionRow } from "./option-row"
import { Presets } from "./presets"
import { policyVersion } from "./query"
import { sections } from "./sections"

const ReviewDialog = onDemand(() => import("./review-dialog").then((parts) => parts.ReviewDialog))

/** The policy as it is, and for owners as a draft that is compared with it before it is saved. */
export function PolicyForm({ now }: { now: PolicyNow }) {
  const { policy: inForce, version, mayChange } = now
  const [draft, setDraft] = useState(inForce)
  const [fills, setFills] = useState(0)
  const [isReviewing, setReviewing] = useState(false)
  const changes = policyChanges(inForce, draft)
  const problems = policyProblems(draft)
  const change = (part: Partial<Policy>) => setDraft((before) => ({ ...before, ...part }))
  const fill = (policy: Policy) => {
    setDraft(policy)
    // Fields that keep what was typed start anew.
    setFills((count) => count + 1)
  }

  return (
    <>
      <OtherVersion version={version} />
      <Presets inForce={inForce} draft={draft} onChoose={mayChange ? fill : null} />
      {sections.map(({ title, about, options }) => (
        <section key={title} aria-label={title} className="grid gap-2.5">
          <div className="flex flex-wrap items-baseline gap-x-2.5">
            <h2 className="text-lg font-semibold">{title}</h2>
            <p className="text-sm text-ink-3">{about}</p>
          </div>
          <Card>
            {options.map((option) => (
              <OptionRow key={option} option={option} isChanged={changes.some((each) => each.option === option)}>
                {mayChange ? (
                  <OptionControl
                    key={fills}
                    option={option}
                    draft={draft}
                    problems={problems.filter((problem) => problem.option === option)}
                    ownOrigins={now.ownOrigins}
                    change={change}
                  />
                ) : (
                  <p className="font-medium wrap-anywhere">{policyValueWords(option, inForce)}</p>
                )}
              </OptionRow>
            ))}
          </Card>
        </section>
      ))}
      {changes.length > 0 && (
        <div className="sticky bottom-18 z-20 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-panel px-4 py-3 shadow-float sm:px-5 md:bottom-4">
          <p role="status" className="mr-auto tabular-nums">
            {changes.length === 1 ? "1 change" : `${changes.length} changes`}, not saved
            {problems.length > 0 && <span className="text-danger">. Correct what is marked first.</span>}
          </p>
          <Button onClick={() => fill(inForce)}>Discard</Button>
          <Button
            variant="primary"
            disabled={problems.length > 0}
            {...ReviewDialog.near}
            onClick={() => setReviewing(true)}
          >
            Review and save
          </Button>
        </div>
      )}
      <ReviewDialog
        isOpen={isReviewing}
        onClose={() => setReviewing(false)}
        inForce={inForce}
        draft={draft}
        version={version}
      />
    </>
  )
}

/** Says when somebody else has changed the policy since this page was loaded. */
function OtherVersion({ version }: { version: number }) {
  const { data } = useQuery(policyVersion(version))
  const router = useRouter()
  if (data === undefined || data.version === version) return null
  return (
    <Notice tone="warn" live>
      <div className="flex flex-wrap items-center gap-2">
        <span className="mr-auto">The policy was changed meanwhile: version {data.version} is in force.</span>
        <Button size="sm" onClick={() => router.refresh()}>
          Show it
        </Button>
      </div>
    </Notice>
  )
}
