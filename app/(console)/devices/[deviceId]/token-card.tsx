"use client"

import { CheckIcon, RefreshCwIcon } from "lucide-react"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { Instant, TimeAgo } from "@/components/time-ago"
import { Badge, type BadgeTone } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DeviceView, RoleView, TokenView } from "@/lib/console/device-types"
import { ruleInWords } from "@/lib/pairing/explain-rule"
import { ScopeChips } from "../scope-chips"
import type { Allowed } from "./allowed"
import { liveRole } from "./doings"
import { TokenAdvice } from "./token-advice"
import { useDoing } from "./use-doing"

const RevokeDialog = onDemand(() => import("./revoke-dialog").then((parts) => parts.RevokeDialog))
const RotateDialog = onDemand(() => import("./rotate-dialog").then((parts) => parts.RotateDialog))

export function TokenCard({ device, role, allowed }: { device: DeviceView; role: RoleView; allowed: Allowed }) {
  const [open, setOpen] = useState<"rotate" | "revoke" | null>(null)
  const { token } = role
  const isLive = token !== null && token.standing !== "revoked"
  const asked = useDoing()
  const isMeant = liveRole(device) === role.role
  const dialog = (which: "rotate" | "revoke") => ({
    device,
    role,
    isOpen: open === which || (isMeant && asked.doing === which),
    onOpenChange: (isOpen: boolean) => {
      setOpen(isOpen ? which : null)
      if (!isOpen) asked.stop()
    },
  })
  return (
    <Card aria-label={`Token as ${role.role}`}>
      <CardHeader>
        <CardTitle>Token</CardTitle>
        <CardDescription>{role.role}</CardDescription>
        {isLive && (
          <CardAction>
            {allowed.rotate && (
              <Button size="sm" {...RotateDialog.near} onClick={() => setOpen("rotate")}>
                <RefreshCwIcon aria-hidden />
                Rotate
              </Button>
            )}
            {allowed.revoke && (
              <Button size="sm" variant="danger" {...RevokeDialog.near} onClick={() => setOpen("revoke")}>
                Revoke
              </Button>
            )}
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="grid gap-3">
        {token === null ? (
          <p className="text-ink-2">No token yet. It is issued at the next connect, with what that connect asks.</p>
        ) : (
          <TokenFacts token={token} hasEnded={role.endedAtMs !== null} />
        )}
        <TokenAdvice role={role} />
      </CardContent>
      {isLive && allowed.rotate && device.paired !== null && (
        <RotateDialog {...dialog("rotate")} graceMs={device.paired.graceMs} />
      )}
      {isLive && allowed.revoke && <RevokeDialog {...dialog("revoke")} />}
    </Card>
  )
}

const standings = {
  waiting: { tone: "warn", words: "waiting for the device" },
  delivered: { tone: "accent", words: "delivered, not used yet" },
  "picked-up": { tone: "ok", words: "old one dead" },
  revoked: { tone: "danger", words: "revoked" },
} as const satisfies Record<TokenView["standing"], { tone: BadgeTone; words: string }>

const issuedHow: Readonly<Record<string, string>> = {
  approval: "approval by",
  rotation: "rotation by",
  silent: "silently, by",
  connect: "at a connect of",
  import: "elsewhere, known by the",
}

function issuer({ issuedHow, issuedBy }: TokenView): string {
  return issuedHow === "silent" ? ruleInWords(issuedBy) : issuedBy
}

function TokenFacts({ token, hasEnded }: { token: TokenView; hasEnded: boolean }) {
  const isFirst = token.createdAtMs === token.issuedAtMs
  return (
    <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      {!isFirst && (
        <Line name="First token">
          <Instant atMs={token.createdAtMs} />
        </Line>
      )}
      <Line name="Issued">
        <Instant atMs={token.issuedAtMs} />
        {token.issuedHow !== "" && `, ${issuedHow[token.issuedHow] ?? token.issuedHow} ${issuer(token)}`}
      </Line>
      {token.standing === "revoked" ? (
        <Line name={hasEnded ? "Ended" : "Revoked"}>
          {token.revoked && <Instant atMs={token.revoked.atMs} />}
          {hasEnded ? ", by its end date" : token.revoked?.byName && `, by ${token.revoked.byName}`}
        </Line>
      ) : (
        <Pickup token={token} isFirst={isFirst} />
      )}
      <Line name="Last used">
        {token.lastUsedAtMs === null ? (
          <span className="text-ink-3">not seen in use</span>
        ) : (
          <TimeAgo atMs={token.lastUsedAtMs} />
        )}
      </Line>
      <Line name="Holds">
        <ScopeChips scopes={token.standing === "revoked" ? [] : token.scopes} look="current" max={12} />
      </Line>
      <Line name="Token id">
        <code>{token.idPrefix}…</code>
      </Line>
    </dl>
  )
}

function Pickup({ token, isFirst }: { token: TokenView; isFirst: boolean }) {
  const { tone, words } = standings[token.standing]
  const isDone = token.standing === "picked-up"
  const atMs = token.usedAtMs ?? token.deliveredAtMs
  return (
    <Line name={token.standing === "delivered" ? "Delivered" : "Picked up"}>
      <span className="flex flex-wrap items-center gap-x-2">
        {atMs !== null && <Instant atMs={atMs} />}
        {!(isDone && isFirst) && (
          <Badge tone={tone}>
            {isDone && <CheckIcon aria-hidden />}
            {words}
          </Badge>
        )}
      </span>
    </Line>
  )
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
