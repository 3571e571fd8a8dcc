import type { Metadata } from "next"
import { queueKey } from "@/components/queue-renewal"
import { Seeded } from "@/components/seeded"
import { templatesQuery } from "@/components/templates-query"
import { loadEndedRequests, loadRequest, loadRequestQueue } from "@/lib/console/requests"
import { loadShell } from "@/lib/console/shell"
import { loadTemplates } from "@/lib/console/templates"
import { Inbox } from "./inbox"

/** What the page comes with, so that it is there soon; the list asks for all once it is on the screen. */
const firstRows = 200

export const metadata: Metadata = { title: "Requests" }

export default async function RequestsPage({ searchParams }: { searchParams: Promise<{ id?: string | string[] }> }) {
  const { id } = await searchParams
  const [shell, queue, ended, templates] = await Promise.all([
    loadShell(),
    loadRequestQueue(firstRows),
    loadEndedRequests(null),
    loadTemplates(),
  ])
  const openId = typeof id === "string" ? id : queue.rows[0]?.requestId
  const opened = openId === undefined ? [] : [{ queryKey: ["request", openId], data: await loadRequest(openId) }]
  const queries = [
    { queryKey: queueKey, data: queue },
    { queryKey: templatesQuery().queryKey, data: templates },
    { queryKey: ["requests", "ended"], data: { pages: [ended], pageParams: [null] } },
    ...opened,
  ]
  return (
    <Seeded queries={queries}>
      <Inbox loaded={shell} />
    </Seeded>
  )
}
