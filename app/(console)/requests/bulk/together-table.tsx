import { Fingerprint } from "@/components/fingerprint"
import { ScopeNames } from "@/components/scope-name"
import { ScrollBox } from "@/components/scroll-list"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { BulkRow } from "@/lib/console/bulk-types"
import { RequestName } from "../request-name"

/** What each of several requests would get. */
export function TogetherTable({ rows, caption }: { rows: readonly BulkRow[]; caption: string }) {
  return (
    <ScrollBox label={caption}>
      <Table className="table-fixed text-sm">
        <TableCaption>{caption}</TableCaption>
        <TableHeader>
          <TableRow className="border-t-0">
            <TableHead className="pl-0">Device</TableHead>
            <TableHead className="w-2/5 pr-0">Would get</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.requestId}>
              <TableCell className="pl-0">
                <p className="font-medium wrap-anywhere">
                  <RequestName label={row.label} displayName={row.displayName} />
                </p>
                <p className="flex flex-wrap items-baseline gap-x-3 text-ink-3">
                  <Fingerprint deviceId={row.deviceId} className="text-ink-3" />
                  <span className="wrap-anywhere">{row.address}</span>
                </p>
              </TableCell>
              <TableCell className="pr-0 wrap-anywhere">
                <WouldGet row={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollBox>
  )
}

function WouldGet({ row: { reason, role, outcome } }: { row: BulkRow }) {
  const { added, restored, declined } = outcome
  const isNew = reason === "not-paired" || reason === "role-upgrade"
  return (
    <>
      {isNew && role}
      {added.length > 0 ? (
        <>
          {isNew && " with "}
          <ScopeNames scopes={added} max={6} />
        </>
      ) : isNew ? (
        ", no new scope"
      ) : (
        restored.length === 0 && "nothing new"
      )}
      {restored.length > 0 && (
        <>
          {(isNew || added.length > 0) && "; "}back in its token: <ScopeNames scopes={restored} max={6} />
        </>
      )}
      {declined.length > 0 && (
        <>
          ; not <ScopeNames scopes={declined} max={6} />, declined before
        </>
      )}
    </>
  )
}
