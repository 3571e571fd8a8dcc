import type { Metadata } from "next"
import { PageBody } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { loadOverview } from "@/lib/console/overview"
import { parsePeriod } from "@/lib/console/overview-types"
import type { SearchParams } from "@/lib/console/parse-device-filter"
import { OverviewPage } from "./overview-page"
import { overviewQuery } from "./query"

export const metadata: Metadata = { title: "Overview" }

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const question = { period: parsePeriod(params.days), allRotations: params.rotations === "all" }
  const { queryKey } = overviewQuery(question.period, question.allRotations)
  return (
    <Seeded queries={[{ queryKey, data: await loadOverview(question) }]}>
      <PageBody>
        <OverviewPage {...question} />
      </PageBody>
    </Seeded>
  )
}
