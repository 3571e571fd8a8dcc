import "server-only"
import { cache } from "react"
import { requireAdmin } from "@/lib/auth/admin"
import { hasCapability } from "@/lib/auth/capabilities"
import { seedPolicy } from "@/lib/pairing/policy"
import { currentStore } from "@/lib/store/instance"
import { parsePolicy } from "@/lib/store/policy-document"
import type { PolicyNow, PolicyVersionRow } from "./types"

const versionsShown = 20

/** The policy in force, as it was written, and whether the reader may change it. */
export const loadPolicy = cache(async (): Promise<PolicyNow> => {
  const admin = await requireAdmin("policy.see")
  const { version, written, policy } = await currentStore().policy()
  return {
    version,
    policy: written,
    ownOrigins: policy.firstPartyOrigins.filter((origin) => !written.firstPartyOrigins.includes(origin)),
    mayChange: hasCapability(admin.role, "policy.change"),
  }
})

/** Which version is in force, for a page that shows an older one. */
export async function loadPolicyVersion(): Promise<{ version: number }> {
  await requireAdmin("policy.see")
  const { version } = await currentStore().policy()
  return { version }
}

/** The last versions of the policy, newest first, each beside the one it replaced. Before the first was the preset. */
export const loadPolicyVersions = cache(async (): Promise<readonly PolicyVersionRow[]> => {
  await requireAdmin("policy.see")
  const rows = await currentStore().db.policyVersion.findMany({
    orderBy: { version: "desc" },
    select: { version: true, document: true, atMs: true, byName: true, note: true },
    take: versionsShown + 1,
  })
  const versions = rows.map(({ document, ...row }) => ({ ...row, policy: parsePolicy(document) }))
  return versions
    .slice(0, versionsShown)
    .map((row, index) => ({ ...row, previous: versions[index + 1]?.policy ?? seedPolicy }))
})
