import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { migrate } from "@/lib/store/migrate"
import { parseAuditFilter } from "./audit-filter"
import { whereAudit } from "./audit-rows"
import { decisionsHref } from "./overview-links"
import { corrections, outcomes } from "./overview-types"
import { openWatched } from "./testing-queries"

const dir = mkdtempSync(join(tmpdir(), "gatehouse-lists-"))
const file = join(dir, "gatehouse.db")
let watched: ReturnType<typeof openWatched>

beforeAll(async () => {
  await migrate({ dialect: "sqlite", file })
  watched = openWatched(file)
})

afterAll(async () => {
  await watched.db.$disconnect()
  rmSync(dir, { recursive: true, force: true })
})

const planOf = async (href: string) => {
  const filter = parseAuditFilter(Object.fromEntries(new URL(href, "http://here").searchParams))
  const where = await whereAudit(watched, filter)
  watched.forget()
  await watched.db.auditEntry.findMany({ where, orderBy: [{ atMs: "desc" }, { id: "desc" }], take: 51 })
  return (await watched.plans()).flatMap(({ steps }) => steps).join("\n")
}

// Not by the time, nor by the kind of actor: nearly every entry is of a person, and of the period.
it.each([...outcomes, ...corrections])("what is %s is found by the action, and by who did it", async (outcome) => {
  expect(await planOf(decisionsHref({ outcome, fromMs: 5 }))).toMatch(/SEARCH .* \(action=\?/)
  expect(await planOf(decisionsHref({ outcome, fromMs: 5, person: "ada" }))).toMatch(/SEARCH .* \(actorId=\?/)
})
