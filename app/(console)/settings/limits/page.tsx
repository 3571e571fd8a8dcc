import type { Metadata } from "next"
import { Seeded } from "@/components/seeded"
import { loadSettings } from "@/lib/console/settings"
import { limitsQuery } from "../query"
import { Limits } from "./limits"

export const metadata: Metadata = { title: "Limits" }

export default async function LimitsPage() {
  return (
    <Seeded queries={[{ queryKey: limitsQuery().queryKey, data: await loadSettings() }]}>
      <Limits />
    </Seeded>
  )
}
