import { neutralise } from "@/components/neutralise"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import { decisionsHref } from "@/lib/console/overview-links"
import { decisions, type Overview } from "@/lib/console/overview-types"
import { NumberLink } from "./number-link"
import { outcomeWords } from "./outcome-words"
import { TakenBack } from "./taken-back"

/** Who decided how much. */
export function PeopleCard({ overview: { people, hasMorePeople, fromMs, period } }: { overview: Overview }) {
  return (
    <Card aria-labelledby="people">
      <CardHeader>
        <CardTitle id="people">By a person</CardTitle>
        {people.length > 0 && (
          <CardDescription>{hasMorePeople ? "those who decided most" : "everybody who decided"}</CardDescription>
        )}
      </CardHeader>
      <CardContent>
        {people.length === 0 ? (
          <p className="text-ink-2">Nobody decided a request in these {period} days.</p>
        ) : (
          <Table>
            <TableCaption>Decisions by person in {period} days</TableCaption>
            <TableHeader>
              <tr>
                <TableHead className="pl-0">Who</TableHead>
                {decisions.map((kind) => (
                  <TableHead key={kind} className="text-right last:pr-0">
                    {outcomeWords[kind].short}
                  </TableHead>
                ))}
              </tr>
            </TableHeader>
            <TableBody>
              {people.map(({ id, name, ...counts }) => (
                <TableRow key={id ?? ""}>
                  <TableHead
                    scope="row"
                    className="pl-0 text-base font-normal whitespace-normal text-ink wrap-anywhere"
                  >
                    <bdi>{neutralise(name, 60)?.text ?? name}</bdi>
                    <TakenBack counts={counts} fromMs={fromMs} person={id} />
                  </TableHead>
                  {decisions.map((outcome) => (
                    <TableCell key={outcome} className="text-right last:pr-0">
                      <NumberLink
                        value={counts[outcome]}
                        of={`${outcome} by ${name}`}
                        href={decisionsHref({ outcome, fromMs, person: id })}
                      />
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </CardContent>
    </Card>
  )
}
