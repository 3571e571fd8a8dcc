import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { PageBody } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { Button } from "@/components/ui/button"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { requireAdmin } from "@/lib/auth/admin"
import { loadDevice } from "@/lib/console/device"
import { loadDevices } from "@/lib/console/devices"
import { parseDeviceFilter, type SearchParams } from "@/lib/console/parse-device-filter"
import { deviceQuery } from "../query"
import { CompareTable } from "./compare-table"

export const metadata: Metadata = { title: "Compare two devices" }

const mostFound = 12

/** The rights of two devices beside each other; the one that is not named yet is found by a search. */
export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin("devices.see")
  const { a, b, q } = await searchParams
  const [first, second] = await Promise.all([
    typeof a === "string" ? loadDevice(a) : null,
    typeof b === "string" ? loadDevice(b) : null,
  ])
  if (first === null && a !== undefined) notFound()
  const both = [first, second].filter((device) => device !== null)
  return (
    <Seeded queries={both.map((data) => ({ queryKey: deviceQuery(data.deviceId).queryKey, data }))}>
      <PageBody>
        <nav aria-label="Breadcrumb" className="text-sm text-ink-3">
          <Link href="/devices" className="hover:text-ink hover:underline">
            Devices
          </Link>
          {first !== null && (
            <>
              {" "}
              <span aria-hidden>/</span>{" "}
              <Link href={`/devices/${first.deviceId}`} className="hover:text-ink hover:underline">
                <DeviceName name={first.name} max={40} />
              </Link>
            </>
          )}
        </nav>
        <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">
          Compare {first === null ? "two devices" : <DeviceName name={first.name} max={40} />}
          {first !== null && second !== null && (
            <>
              {" "}
              with <DeviceName name={second.name} max={40} />
            </>
          )}
        </h1>
        <Choose firstId={first?.deviceId ?? null} q={typeof q === "string" ? q : ""} />
        {first !== null && second !== null && <CompareTable firstId={first.deviceId} secondId={second.deviceId} />}
      </PageBody>
    </Seeded>
  )
}

/** Finds the second device; where there is none yet, the first. */
async function Choose({ firstId, q }: { firstId: string | null; q: string }) {
  const hrefOf = (deviceId: string) =>
    `/devices/compare?${new URLSearchParams(firstId === null ? { a: deviceId } : { a: firstId, b: deviceId })}`
  const found = q.trim() === "" ? null : await loadDevices(parseDeviceFilter({ q }))
  const rows = found?.rows.filter((row) => row.deviceId !== firstId).slice(0, mostFound)
  return (
    <search className="grid max-w-xl gap-3">
      <form method="get" action="/devices/compare" className="flex items-end gap-2">
        {firstId !== null && <input type="hidden" name="a" value={firstId} />}
        <Field className="min-w-0 flex-1">
          <Label htmlFor="compare-q">{firstId === null ? "The first device" : "Compare with"}</Label>
          <Input id="compare-q" name="q" type="search" defaultValue={q} placeholder="Name, id or address" />
        </Field>
        <Button type="submit">Find</Button>
      </form>
      {rows?.length === 0 && <p className="text-ink-2">No other device is found by that.</p>}
      {rows !== undefined && rows.length > 0 && (
        <ul aria-label="Devices found" className="grid divide-y divide-line-soft rounded-lg border border-line">
          {rows.map((row) => (
            <li key={row.deviceId}>
              <Link
                href={hrefOf(row.deviceId)}
                prefetch={false}
                className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-2 hover:bg-hover"
              >
                <DeviceName name={row.name} max={40} />
                <Fingerprint deviceId={row.deviceId} className="text-xs text-ink-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}
