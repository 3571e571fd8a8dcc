import type { Metadata } from "next"
import { partKey, queueKey } from "@/components/queue-renewal"
import { Seeded } from "@/components/seeded"
import { templatesQuery } from "@/components/templates-query"
import { loadEndedRequests, loadRequest, loadRequestQueue } from "@/lib/console/requests"
import { parseReason } from "@/lib/console/requests-address"
import { loadShell } from "@/lib/console/shell"
import { loadTemplates } from "@/lib/console/templates"
import { Inbox } from "./inbox"

/** What the page comes with, so that it is there soon; the list asks for all once it is on the screen. */
const firstRows = 200

export const metadata: Metadata = { title: "Requests" }

type Asked = { id?: string | string[]; reason?: string | string[] }

export default async function RequestsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const { id, reason: named } = await searchParams
  const reason = parseReason(typeof named === "string" ? named : null)
  const [shell, queue, part, ended, templates] = await Promise.all([
    loadShell(),
    loadRequestQueue(null, firstRows),
    reason === null ? null : loadRequestQueue(reason, firstRows),
    loadEndedRequests(null),
    loadTemplates(),
  ])
  const openId = typeof id === "string" ? id : (part ?? queue).rows[0]?.requestId
  const opened = openId === undefined ? [] : [{ queryKey: ["request", openId], data: await loadRequest(openId) }]
  const queries = [
    { queryKey: queueKey, data: queue },
    // A list that holds all needs no list of one reason beside it.
    ...(part === null || !queue.isMore ? [] : [{ queryKey: partKey(part.reason), data: part }]),
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
