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
import { type ListLook, listColumns } from "./list-look"

/** Which columns the list has, and whether it is compact. */
export function LookMenu({ look, onChange }: { look: ListLook; onChange: (look: ListLook) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm">
          <Columns3Icon aria-hidden />
          Columns
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Beside the name</DropdownMenuLabel>
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
