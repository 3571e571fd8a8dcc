import type { Metadata } from "next"
import { Seeded } from "@/components/seeded"
import { templatesQuery } from "@/components/templates-query"
import { requireAdmin } from "@/lib/auth/admin"
import { loadTemplates } from "@/lib/console/templates"
import { Templates } from "./templates"

export const metadata: Metadata = { title: "Templates" }

export default async function TemplatesPage() {
  await requireAdmin("settings.see")
  return (
    <Seeded queries={[{ queryKey: templatesQuery().queryKey, data: await loadTemplates() }]}>
      <Templates />
    </Seeded>
  )
}
