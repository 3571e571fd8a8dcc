import { PrismaClient } from "@/lib/store/generated/sqlite/client"
import { sqliteAdapter } from "@/lib/store/sqlite-adapter"

export type Plan = { readonly sql: string; readonly steps: readonly string[] }

/** A client on a SQLite file that remembers what it was asked, so that a test can see how it was answered. */
export function openWatched(file: string) {
  const asked: { sql: string; params: string }[] = []
  const db = new PrismaClient({ adapter: sqliteAdapter(file).factory, log: [{ emit: "event", level: "query" }] })
  db.$on("query", ({ query, params }) => asked.push({ sql: query, params }))

  async function planOf({ sql, params }: { sql: string; params: string }): Promise<Plan> {
    const values: unknown[] = JSON.parse(params)
    const rows = await db.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
    return { sql, steps: rows.map((row) => row.detail) }
  }

  return {
    db,
    forget: () => {
      asked.length = 0
    },
    /** The plans of every question since the last call. */
    plans: () => Promise.all(asked.splice(0).map(planOf)),
  }
}

/**
 * Every step enters an index at a value; or walks one in the order asked for, without leaving rows out, to a limit.
 * Rows that an index finds in order may still be sorted among equals.
 */
export function isBounded({ sql, steps }: Plan): boolean {
  const isPlainWalk = sql.includes("WHERE 1=1") && sql.includes("LIMIT")
  return steps.every(
    (step) =>
      step.startsWith("SEARCH") ||
      // What a subquery has found is gone through as a whole.
      /^(CO-ROUTINE|SCAN) sub$/.test(step) ||
      /^USE TEMP B-TREE FOR (RIGHT PART|LAST TERM) OF ORDER BY$/.test(step) ||
      (isPlainWalk && /^SCAN \S+ USING/.test(step)),
  )
}
