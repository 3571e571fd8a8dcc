import type { Metadata } from "next"
import Link from "next/link"
import { PageBody, PageDescription, PageHeader, PageTitle } from "@/components/page-header"
import { loadLocalityGround } from "@/lib/console/locality"
import { GroundWarnings } from "./ground-warnings"
import { LocalityTester } from "./locality-tester"

export const metadata: Metadata = { title: "Locality tester" }

export default async function LocalityPage() {
  const ground = await loadLocalityGround()
  return (
    <PageBody className="max-w-5xl gap-6">
      <nav aria-label="Breadcrumb" className="-mb-3 text-sm text-ink-3">
        <Link href="/policy" className="hover:text-ink hover:underline">
          Policy
        </Link>{" "}
        <span aria-hidden>/</span> Locality tester
      </nav>
      <PageHeader>
        <PageTitle>Locality tester</PageTitle>
        <PageDescription>
          Why a connect counts as local or not, question by question, as the rules ask them. Nothing is sent anywhere
          and nothing is changed.
        </PageDescription>
      </PageHeader>
      <GroundWarnings ground={ground} />
      <LocalityTester ground={ground} />
    </PageBody>
  )
}
