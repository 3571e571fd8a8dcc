import type { Metadata } from "next"
import { Seeded } from "@/components/seeded"
import { loadUpstreamFacts } from "@/lib/console/upstream"
import { upstreamQuery } from "./query"
import { UpstreamPanel } from "./upstream-panel"

export const metadata: Metadata = { title: "Upstream" }

export default async function UpstreamPage() {
  const facts = await loadUpstreamFacts()
  return (
    <Seeded queries={[{ queryKey: upstreamQuery().queryKey, data: facts }]}>
      <UpstreamPanel />
    </Seeded>
  )
}
