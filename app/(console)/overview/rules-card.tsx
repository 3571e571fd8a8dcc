import { ruleNames } from "@/components/rule-names"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { ruleHref } from "@/lib/console/overview-links"
import type { Overview } from "@/lib/console/overview-types"
import { BarTable } from "./bar-table"

/** What the rules granted without asking anybody. */
export function RulesCard({ overview: { lanes, fromMs } }: { overview: Overview }) {
  return (
    <Card aria-labelledby="rules">
      <CardHeader>
        <CardTitle id="rules">Silently, by rule</CardTitle>
        <CardDescription>nobody was asked</CardDescription>
      </CardHeader>
      <CardContent>
        <BarTable
          caption="Silent grants by rule"
          bars={lanes.map(({ lane, count }) => ({
            name: ruleNames[lane].replace(/^./, (letter) => letter.toUpperCase()),
            ...{ value: count, more: false, of: "granted silently by this rule", href: ruleHref(lane, fromMs) },
          }))}
        />
      </CardContent>
    </Card>
  )
}
