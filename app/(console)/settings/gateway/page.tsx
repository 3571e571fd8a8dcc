import type { Metadata } from "next"
import { Seeded } from "@/components/seeded"
import { loadGateway } from "@/lib/console/settings"
import { gatewayQuery } from "../query"
import { Gateway } from "./gateway"

export const metadata: Metadata = { title: "Gateway" }

export default async function GatewayPage() {
  return (
    <Seeded queries={[{ queryKey: gatewayQuery().queryKey, data: await loadGateway() }]}>
      <Gateway />
    </Seeded>
  )
}
