import type { Metadata } from "next"
import { Seeded } from "@/components/seeded"
import { loadSharedToken } from "@/lib/console/settings"
import { sharedTokenQuery } from "../query"
import { SharedToken } from "./shared-token"

export const metadata: Metadata = { title: "Shared token" }

export default async function TokenPage() {
  return (
    <Seeded queries={[{ queryKey: sharedTokenQuery().queryKey, data: await loadSharedToken() }]}>
      <SharedToken />
    </Seeded>
  )
}
