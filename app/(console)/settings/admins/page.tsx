import type { Metadata } from "next"
import { Seeded } from "@/components/seeded"
import { loadAdmins, loadGateway } from "@/lib/console/settings"
import { AdminList } from "./admin-list"
import { adminsQuery } from "./query"

export const metadata: Metadata = { title: "People" }

export default async function AdminsPage() {
  const [admins, { publicUrl }] = await Promise.all([loadAdmins(), loadGateway()])
  return (
    <Seeded queries={[{ queryKey: adminsQuery().queryKey, data: admins }]}>
      <AdminList publicUrl={publicUrl} />
    </Seeded>
  )
}
