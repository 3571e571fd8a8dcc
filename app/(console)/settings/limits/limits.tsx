"use client"

import { useQuery } from "@tanstack/react-query"
import { NotRenewed } from "../not-renewed"
import { limitsQuery } from "../query"
import { SettingsForm } from "./settings-form"

export function Limits() {
  const { data: now, isError, dataUpdatedAt } = useQuery(limitsQuery())
  return (
    <>
      {isError && <NotRenewed atMs={dataUpdatedAt} />}
      {now && <SettingsForm now={now} />}
    </>
  )
}
