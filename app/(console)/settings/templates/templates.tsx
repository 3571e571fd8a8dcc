"use client"

import { useQuery } from "@tanstack/react-query"
import { templatesQuery } from "@/components/templates-query"
import { NotRenewed } from "../not-renewed"
import { TemplatesForm } from "./templates-form"

export function Templates() {
  const { data: now, isError, dataUpdatedAt } = useQuery(templatesQuery())
  return (
    <>
      <p className="max-w-prose text-ink-2">
        A template is a choice made often, by name. In a request it ticks what it covers of what is asked, and no more;
        whoever approves sees the ticks and may change them.
      </p>
      {isError && <NotRenewed atMs={dataUpdatedAt} />}
      {now && <TemplatesForm now={now} />}
    </>
  )
}
