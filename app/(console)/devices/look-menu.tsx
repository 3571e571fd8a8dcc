"use client"

import { Columns3Icon } from "lucide-react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { columnWords } from "./device-words"
import { type ListColumn, type ListLook, listColumns } from "./list-look"

/** Where a value stands that has no column of its own; null where it stands nowhere. */
function placeOf(column: ListColumn, { columns, isCompact }: ListLook): string | null {
  if (columns.includes(column)) return null
  if (column === "tags") return "beside the name"
  if (isCompact) return null
  if (column === "client" || column === "platform") return "below the name"
  if (column === "address" && columns.includes("seen")) return "below Last seen"
  return column === "via" && columns.includes("paired") ? "below Paired" : null
}

/** Which columns the list has, and whether it is compact. */
export function LookMenu({ look, onChange }: { look: ListLook; onChange: (look: ListLook) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm">
          <Columns3Icon aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>In a column of its own</DropdownMenuLabel>
        {listColumns.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={look.columns.includes(column)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(isOn) =>
              onChange({
                ...look,
                columns: listColumns.filter((each) => (each === column ? isOn : look.columns.includes(each))),
              })
            }
          >
            {columnWords[column]}
            {placeOf(column, look) && <span className="ml-auto pl-3 text-xs text-ink-3">{placeOf(column, look)}</span>}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuCheckboxItem
          checked={look.isCompact}
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={(isCompact) => onChange({ ...look, isCompact })}
        >
          Compact: one line each
        </DropdownMenuCheckboxItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
