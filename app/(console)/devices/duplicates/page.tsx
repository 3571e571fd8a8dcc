import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { DeviceName } from "@/components/device-name"
import { PageBody, PageDescription, PageHeader, PageTitle } from "@/components/page-header"
import { requireAdmin } from "@/lib/auth/admin"
import { loadDuplicates } from "@/lib/console/devices"
import { allowedOn } from "../[deviceId]/allowed"
import { MergeForm } from "./merge-form"

export const metadata: Metadata = { title: "One machine, several keys" }

export default async function DuplicatesPage({ searchParams }: { searchParams: Promise<{ of?: string | string[] }> }) {
  const { of } = await searchParams
  const admin = await requireAdmin("devices.see")
  const view = await loadDuplicates(String(of))
  const [newest] = view.rows
  if (newest === undefined) notFound()
  return (
    <PageBody>
      <nav aria-label="Breadcrumb" className="text-sm text-ink-3">
        <Link href="/devices" className="hover:text-ink hover:underline">
          Devices
        </Link>{" "}
        <span aria-hidden>/</span>{" "}
        <Link href={`/devices/${newest.deviceId}`} className="hover:text-ink hover:underline">
          <DeviceName name={newest.name} max={40} />
        </Link>
      </nav>
      <PageHeader>
        <PageTitle>One machine, several keys</PageTitle>
        <PageDescription>
          They report the same name, platform and client, as a machine does that was set up anew. That proves nothing:
          anybody can report them. Look at how and from where each was paired before one is removed.
        </PageDescription>
      </PageHeader>
      <MergeForm view={view} mayRemove={allowedOn(admin.role).remove} />
    </PageBody>
  )
}
