"use client"

import { useQuery } from "@tanstack/react-query"
import { CheckIcon, TriangleAlertIcon } from "lucide-react"
import { CopyButton } from "@/components/copy-button"
import { Badge } from "@/components/ui/badge"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import type { GatewayFacts } from "@/lib/console/settings-types"
import { NotRenewed } from "../not-renewed"
import { gatewayQuery } from "../query"

export function Gateway() {
  const { data: facts, isError, dataUpdatedAt } = useQuery(gatewayQuery())
  return (
    <>
      {isError && <NotRenewed atMs={dataUpdatedAt} />}
      {facts && <Found facts={facts} />}
    </>
  )
}

function Found({ facts }: { facts: GatewayFacts }) {
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>Address</CardTitle>
          <CardDescription>set in the environment of the server</CardDescription>
        </CardHeader>
        <CardContent className="grid gap-4">
          <dl className="grid gap-2.5 sm:gap-1">
            <Fact name="For devices" value={facts.deviceAddress} isCopied />
            <Fact name="Console" value={facts.consoleAddress} isCopied />
            <Fact name="Listens on" value={facts.listensOn} />
            <Fact
              name="Port for a proxy here"
              value={facts.proxyPort === null ? "none" : String(facts.proxyPort)}
              isText={facts.proxyPort === null}
            />
            <Fact name="Open sockets" value={String(facts.sockets)} isText />
            <Fact
              name="Database"
              value={facts.database === "sqlite" ? "SQLite, in the data directory" : "PostgreSQL"}
              isText
            />
          </dl>
          {facts.publicUrl === null && (
            <Notice>
              No public address is set, so links and requests name the address above. Set <code>GATEHOUSE_URL</code>{" "}
              when people or devices come from elsewhere.
            </Notice>
          )}
        </CardContent>
      </Card>
      <Proxies facts={facts} />
    </>
  )
}

function Fact({
  name,
  value,
  isCopied = false,
  isText = false,
}: {
  name: string
  value: string
  isCopied?: boolean
  isText?: boolean
}) {
  return (
    <div className="grid items-center gap-x-6 sm:grid-cols-[10rem_1fr]">
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex items-center gap-1 wrap-anywhere sm:min-h-7.5">
        {isText ? <span className="tabular-nums">{value}</span> : <code>{value}</code>}
        {isCopied && <CopyButton text={value} label={`Copy the address: ${name}`} className="-my-2" />}
      </dd>
    </div>
  )
}

function Proxies({ facts }: { facts: GatewayFacts }) {
  const strangers = facts.seen.filter(({ declared }) => !declared)
  return (
    <Card>
      <CardHeader>
        <CardTitle>Proxies</CardTitle>
        <CardDescription>what stands between devices and this gateway</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="max-w-prose text-ink-2">
          A connect through a proxy never counts as local. Only a declared one is believed when it says where a device
          comes from; declare it with <code>GATEHOUSE_TRUSTED_PROXIES</code>.
        </p>
        {strangers.length > 0 && (
          <Notice tone="warn">
            {strangers.length === 1 ? "One peer says" : `${strangers.length} peers say`} that they pass on others, and
            nobody declared {strangers.length === 1 ? "it" : "them"}. What they say is ignored, and all of their devices
            share one address.
          </Notice>
        )}
        <dl className="grid gap-3">
          <div className="grid gap-x-6 sm:grid-cols-[10rem_1fr]">
            <dt className="text-ink-3">Declared</dt>
            <dd className="flex flex-wrap gap-1.5">
              {facts.declared.length === 0 && "none"}
              {facts.declared.map((entry) => (
                <code key={entry} className="rounded-sm border border-line bg-ground px-1.5">
                  {entry}
                </code>
              ))}
            </dd>
          </div>
          <div className="grid gap-x-6 sm:grid-cols-[10rem_1fr]">
            <dt className="text-ink-3">Seen since the start</dt>
            <dd>{facts.seen.length === 0 ? "none" : <ProxiesSeen seen={facts.seen} />}</dd>
          </div>
        </dl>
      </CardContent>
    </Card>
  )
}

function ProxiesSeen({ seen }: Pick<GatewayFacts, "seen">) {
  return (
    <ul className="grid gap-1.5">
      {seen.map(({ address, declared }) => (
        <li key={address} className="flex flex-wrap items-center gap-2">
          <code>{address}</code>
          <Badge tone={declared ? "ok" : "warn"}>
            {declared ? <CheckIcon aria-hidden /> : <TriangleAlertIcon aria-hidden />}
            {declared ? "declared" : "not declared"}
          </Badge>
        </li>
      ))}
    </ul>
  )
}
