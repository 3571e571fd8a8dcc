"use client"

import { useQuery } from "@tanstack/react-query"
import { PageActions, PageHeader, PageTitle } from "@/components/page-header"
import { Instant } from "@/components/time-ago"
import { Notice } from "@/components/ui/notice"
import type { Overview, OverviewPeriod } from "@/lib/console/overview-types"
import { DecisionsCard } from "./decisions-card"
import { DevicesCard } from "./devices-card"
import { EmptyOverview } from "./empty-overview"
import { PeopleCard } from "./people-card"
import { PeriodLinks } from "./period-links"
import { overviewQuery } from "./query"
import { RotationsCard } from "./rotations-card"
import { RulesCard } from "./rules-card"
import { TimingCard } from "./timing-card"
import { WaitingCard } from "./waiting-card"

/** What there is to know at a glance. Every number leads to the list that it counts. */
export function OverviewPage({ period, allRotations }: { period: OverviewPeriod; allRotations: boolean }) {
  const { data: overview, isError, dataUpdatedAt } = useQuery(overviewQuery(period, allRotations))
  return (
    <>
      <PageHeader>
        <PageTitle>Overview</PageTitle>
        {overview && !overview.isEmpty && (
          <PageActions>
            <PeriodLinks period={period} />
          </PageActions>
        )}
      </PageHeader>
      {isError && (
        <Notice tone="danger" live>
          The overview could not be renewed. These are the numbers of <Instant atMs={dataUpdatedAt} style="time" />.
        </Notice>
      )}
      {overview?.isEmpty && <EmptyOverview />}
      {overview && !overview.isEmpty && <Cards overview={overview} />}
    </>
  )
}

function Cards({ overview }: { overview: Overview }) {
  return (
    <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
      <WaitingCard pending={overview.pending} />
      <TimingCard overview={overview} />
      <DecisionsCard overview={overview} className="lg:col-span-2" />
      {/* The short ones stand beside the long one, so that none is stretched to its length. */}
      <div className="grid min-w-0 content-start gap-4 sm:gap-5">
        <PeopleCard overview={overview} />
        <RulesCard overview={overview} />
        <RotationsCard overview={overview} />
      </div>
      <DevicesCard devices={overview.devices} />
    </div>
  )
}
