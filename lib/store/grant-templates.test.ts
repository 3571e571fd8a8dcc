import { beforeEach, describe, expect, it } from "vitest"
import { defaultTemplates } from "@/lib/pairing/templates"
import { readTemplates, templatesKey } from "./grant-templates"
import { saveGrantTemplates } from "./save-grant-templates"
import { currentSettings } from "./settings"
import { defaultSettings } from "./settings-schema"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin } from "./testing-connect"

const nowMs = 1_000_000

describe.each(dialects)("templates on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })
  const reversed = defaultTemplates.toReversed()
  const save = (over: Partial<Parameters<typeof saveGrantTemplates>[1]> = {}) =>
    saveGrantTemplates(store, { templates: reversed, shownAtMs: null, actor: admin, nowMs, ...over })
  const entries = () => store.db.auditEntry.findMany({ where: { action: "templates.changed" } })

  it("are the usual ones until an owner saves others, with an entry", async () => {
    expect(await readTemplates(store.db)).toEqual({ templates: defaultTemplates, changed: null })
    expect(await save()).toEqual({ ok: true })
    expect(await readTemplates(store.db)).toEqual({ templates: reversed, changed: { atMs: nowMs, by: "Ada" } })
    const [entry] = await entries()
    expect(JSON.parse(entry?.after ?? "").templates).toEqual([
      "Node: node",
      "Full: operator with operator.admin",
      "Visitor: operator with operator.read for 8 hours",
      "Operator: operator with operator.read operator.write operator.approvals",
      "Viewer: operator with operator.read",
    ])
    expect(await currentSettings(store)).toEqual(defaultSettings)
  })

  it("are not saved over what somebody else saved, nor twice, nor with mistakes", async () => {
    const results = await Promise.all([save(), save({ templates: reversed.slice(1) })])
    expect(results.map((result) => (result.ok ? "ok" : result.because)).sort()).toEqual(["already-resolved", "ok"])
    const { templates, changed } = await readTemplates(store.db)
    const again = await save({ templates, shownAtMs: changed?.atMs ?? null })
    expect(again).toEqual({ ok: false, because: "nothing-to-change" })
    const bad = defaultTemplates.map((template) => ({ ...template, scopes: ["operator.*"] }))
    expect(await save({ templates: bad, shownAtMs: changed?.atMs ?? null })).toMatchObject({ because: "mistakes" })
    expect(await entries()).toHaveLength(1)
  })

  it("are the usual ones where what is stored cannot be read", async () => {
    for (const value of ["", "[1]", '[{"name":"x"}]']) {
      const row = { value, updatedAtMs: nowMs, updatedBy: "Eve" }
      await store.db.setting.upsert({
        where: { key: templatesKey },
        create: { key: templatesKey, ...row },
        update: row,
      })
      expect(await readTemplates(store.db)).toMatchObject({ templates: defaultTemplates, changed: { by: "Eve" } })
    }
  })
})
