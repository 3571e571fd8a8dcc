import type { PrismaClient } from "@/lib/store/generated/sqlite/client"

/** Most tags offered to choose from. */
const mostTags = 40

/** Most scopes offered to choose from. */
const mostScopes = 60

/** Every tag there is, by skipping along the index from one to the next. */
export async function findKnownTags(db: PrismaClient): Promise<readonly string[]> {
  const tags: string[] = []
  while (tags.length < mostTags) {
    const next = await db.deviceTag.findFirst({
      where: { tag: { gt: tags.at(-1) ?? "" } },
      orderBy: [{ tag: "asc" }, { deviceId: "asc" }],
      select: { tag: true },
    })
    if (next === null) break
    tags.push(next.tag)
  }
  return tags
}

/** Every approved scope there is, in the same way. */
export async function findKnownScopes(db: PrismaClient): Promise<readonly string[]> {
  const scopes: string[] = []
  while (scopes.length < mostScopes) {
    const next = await db.deviceScope.findFirst({
      where: { kind: "approved", scope: { gt: scopes.at(-1) ?? "" } },
      orderBy: [{ scope: "asc" }, { deviceId: "asc" }],
      select: { scope: true },
    })
    if (next === null) break
    scopes.push(next.scope)
  }
  return scopes
}
