import type { Metadata } from "next"
import Link from "next/link"
import { PageActions, PageBody, PageDescription, PageHeader, PageTitle } from "@/components/page-header"
import { Button } from "@/components/ui/button"
import { loadPolicy, loadPolicyVersions } from "@/lib/console/policy"
import { PolicyForm } from "./policy-form"
import { VersionList } from "./version-list"

export const metadata: Metadata = { title: "Policy" }

export default async function PolicyPage() {
  const [now, versions] = await Promise.all([loadPolicy(), loadPolicyVersions()])
  return (
    <PageBody className="max-w-5xl gap-6">
      <PageHeader>
        <PageTitle>Policy</PageTitle>
        <p className="text-sm text-ink-3 tabular-nums">
          {now.version === 0 ? "as installed" : `version ${now.version}`}
        </p>
        <PageActions>
          <Button asChild size="sm">
            <Link href="/policy/locality">Locality tester</Link>
          </Button>
        </PageActions>
        <PageDescription>
          When a device may come in, or get more, without a person. No switch here lets a blocked device in, gives one
          key the rights of another, or brings back what a person revoked or withheld.
          {!now.mayChange && " Owners can change it."}
        </PageDescription>
      </PageHeader>
      <PolicyForm key={now.version} now={now} />
      <VersionList versions={versions} />
    </PageBody>
  )
}
