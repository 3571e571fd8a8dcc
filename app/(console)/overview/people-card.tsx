import { neutralise } from "@/components/neutralise"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import { decisionsHref } from "@/lib/console/overview-links"
import type { Overview } from "@/lib/console/overview-types"
import { NumberLink } from "./number-link"

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
                <TableHead className="text-right">Approved</TableHead>
                <TableHead className="pr-0 text-right">Rejected</TableHead>
              </tr>
            </TableHeader>
            <TableBody>
              {people.map(({ id, name, approved, rejected }) => (
                <TableRow key={id ?? ""}>
                  <TableHead
                    scope="row"
                    className="pl-0 text-base font-normal whitespace-normal text-ink wrap-anywhere"
                  >
                    <bdi>{neutralise(name, 60)?.text ?? name}</bdi>
                  </TableHead>
                  {(
                    [
                      ["approved", approved],
                      ["rejected", rejected],
                    ] as const
                  ).map(([outcome, value]) => (
                    <TableCell key={outcome} className="text-right last:pr-0">
                      <NumberLink
                        value={value}
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
