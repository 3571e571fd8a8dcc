import { arrive, expect, owner, test } from "./fixtures"

const lan = "192.168.1.77"

test("an owner makes a template, an approver uses it, and the device has what was ticked", async ({
  ownerPage: page,
  gate,
  device,
  store,
  person,
  pageOf,
}) => {
  await arrive(page, `${gate.url}/settings/templates`)
  const card = (name: string) => page.getByRole("group", { name: `Template ${name}` })
  await expect(card("Full")).toContainText("Widest scope: operator.admin")
  await card("Node").getByRole("button", { name: "Delete Node" }).click()
  await page.getByRole("button", { name: "Discard" }).click()
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0)
  await card("Node").getByRole("button", { name: "Delete Node" }).click()
  await page.getByRole("button", { name: "Add a template" }).click()
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled()
  await card("the new template").getByLabel("Name").fill("Night shift")
  await card("Night shift")
    .getByRole("checkbox", { name: /operator\.approvals/ })
    .click()
  await card("Night shift").getByRole("textbox", { name: "Other scopes" }).fill("node.exec")
  await expect(card("Night shift")).toContainText("Not a scope of the role operator: node.exec.")
  await card("Night shift").getByRole("textbox", { name: "Other scopes" }).fill("operator.plugins")
  await card("Night shift").getByRole("combobox", { name: "For how long" }).selectOption("8 hours")
  await card("Night shift").getByRole("button", { name: "Move Night shift up" }).click()
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByRole("status").filter({ hasText: `Last changed` })).toContainText(owner.name)
  const { value } = await store.db.setting.findUniqueOrThrow({ where: { key: "grantTemplates" } })
  expect(JSON.parse(value).map((template: { name: string }) => template.name)).toEqual([
    ...["Viewer", "Operator", "Visitor", "Night shift", "Full"],
  ])
  expect(JSON.parse(value)[3]).toMatchObject({
    ...{ role: "operator", forMs: 8 * 3_600_000 },
    scopes: ["operator.read", "operator.approvals", "operator.plugins"],
  })
  expect(await store.db.auditEntry.findMany({ where: { action: "templates.changed" } })).toMatchObject([
    { actorName: owner.name },
  ])

  const other = await pageOf(await person("approver"))
  await device("Rack laptop").knock({
    scopes: ["operator.read", "operator.write", "operator.approvals", "operator.admin"],
    from: lan,
  })
  const pane = other.getByRole("article", { name: "Rack laptop" })
  const templates = pane.getByRole("group", { name: "Template" })
  await expect(templates.getByRole("button")).toHaveCount(5)
  await templates.getByRole("button", { name: /^Full/ }).click()
  await expect(pane.getByRole("button", { name: /^Approve/ })).toHaveText(/admin and 3 more scopes/)
  await templates.getByRole("button", { name: /^Night shift/ }).click()
  await expect(templates.getByRole("button", { name: /^Night shift/ })).toHaveAttribute("aria-pressed", "true")
  await expect(pane.getByRole("checkbox", { name: "Grant operator.admin" })).not.toBeChecked()
  await pane
    .getByRole("button", { name: "Approve as operator with read, approvals for 8 hours, not write, admin" })
    .click()
  await expect(other.getByRole("region", { name: "How it ended" })).toContainText("approved until")
  const row = await store.db.device.findFirstOrThrow()
  expect(row).toMatchObject({
    ...{ approvedScopes: "operator.read operator.approvals", withheld: "operator.write operator.admin" },
  })
  expect(Math.abs((row.nextEndMs ?? 0) - Date.now() - 8 * 3_600_000)).toBeLessThan(60_000)
  await other.goto(`${gate.url}/settings/templates`)
  await expect(other.getByRole("heading", { name: "Settings" })).toHaveCount(0)
})

test("of templates that come to the same only the narrowest is lit, or the one that was pressed", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await device("Hall tablet").knock({ scopes: ["operator.read"], from: lan })
  await arrive(page, `${gate.url}/requests`)
  const templates = page.getByRole("article", { name: "Hall tablet" }).getByRole("group", { name: "Template" })
  const lit = templates.getByRole("button", { pressed: true })
  await expect(lit).toHaveText([/^Viewer/])
  await templates.getByRole("button", { name: /^Operator/ }).click()
  await expect(lit).toHaveText([/^Operator/])
})
