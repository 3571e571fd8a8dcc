import { consoleAuthority } from "@/lib/pairing/authority"
import { approveRequest } from "@/lib/store/approve-request"
import { refusalOf } from "./device"
import { arrive, expect, owner, test } from "./fixtures"

const lan = "192.168.1.77"
const hourMs = 3_600_000
const ada = { kind: "admin", id: "a", name: "Ada", authority: consoleAuthority } as const

test("a device is let in for a time, which is put off in one click", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Stays").enter({ scopes: ["operator.read"] })
  const phone = device("Visitor's phone")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  const pane = page.getByRole("article", { name: "Visitor's phone" })
  await pane.getByRole("combobox", { name: "For how long" }).selectOption("8 hours")
  await pane.getByRole("button", { name: "Approve as operator with read for 8 hours" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved until")
  await phone.enter({ scopes: ["operator.read"], from: lan })

  const ends = async () => {
    const row = await store.db.device.findUniqueOrThrow({ where: { deviceId: phone.deviceId } })
    return { ends: JSON.parse(row.ends), nextEndMs: row.nextEndMs ?? 0 }
  }
  const { nextEndMs: endMs } = await ends()
  expect(await ends()).toMatchObject({ ends: { operator: endMs, "operator.read": endMs } })
  expect(Math.abs(endMs - Date.now() - 8 * hourMs)).toBeLessThan(60_000)
  expect(await store.db.request.findFirst()).toMatchObject({ status: "approved", grantedUntilMs: endMs })

  await arrive(page, `${gate.url}/devices/${phone.deviceId}`)
  const rights = page.getByRole("region", { name: "Rights as operator" })
  await expect(rights).toContainText(/Ends in 8 h:.*the role operator, with read/)
  await expect(rights.getByRole("row", { name: /operator\.read/ })).toContainText("until")
  await rights.getByRole("button", { name: "Extend by 8 hours" }).click()
  await expect(rights).toContainText(/Ends in 16 h/)
  expect((await ends()).nextEndMs).toBe(endMs + 8 * hourMs)
  await expect(page.getByRole("table", { name: "Scope history" })).toContainText(/extended until .* by olga/)
  await expect(page.getByRole("region", { name: "What happened" })).toContainText(/put off the end of .* until \d/)

  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("button", { name: "Ending soon" }).click()
  await expect(page).toHaveURL(/is=ending-soon/)
  await expect(page.getByRole("row", { name: /Visitor's phone/ })).toContainText("ends in 16 h")
  await expect(page.getByRole("row", { name: /Stays/ })).toHaveCount(0)
  await page.getByRole("link", { name: "Visitor's phone" }).click()

  await rights.getByRole("button", { name: "Extend by another time" }).click()
  await page.getByRole("menuitem", { name: "For good" }).click()
  await expect(rights).not.toContainText("Ends in")
  expect(await ends()).toEqual({ ends: {}, nextEndMs: 0 })
  const entries = await store.db.auditEntry.findMany({ where: { action: "device.grant-extended" } })
  expect(entries.map((entry) => entry.actorName)).toEqual([owner.name, owner.name])
})

test("what was granted for a time ends by itself, and is asked for again on this machine too", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Night shift")
  await laptop.enter({ scopes: ["operator.read"] })
  const asked = ["operator.read", "operator.admin"]
  const { requestId } = refusalOf(await laptop.knock({ scopes: asked, from: lan }))
  const nowMs = Date.now()
  const untilMs = nowMs + 4_000
  const input = { requestId: String(requestId), from: "console", untilMs, actor: ada, nowMs } as const
  expect(await approveRequest(store, input)).toMatchObject({ ok: true })
  const connected = await laptop.enter({ scopes: asked })
  expect(connected.hello.auth.scopes).toEqual(asked)
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  const rights = page.getByRole("region", { name: "Rights as operator" })

  expect((await connected.closed).code).toBe(4001)
  await expect(rights.getByRole("row", { name: /operator\.admin/ })).toHaveCount(0)
  const history = page.getByRole("table", { name: "Scope history" })
  await expect(history.getByRole("row", { name: /operator\.admin/ })).toContainText(/ended by its end date/)
  await expect(page.getByRole("region", { name: "What happened" })).toContainText("came to its end: operator.admin")
  expect(await store.db.device.findUnique({ where: { deviceId: laptop.deviceId } })).toMatchObject({
    ...{ approvedScopes: "operator.read", withheld: "", nextEndMs: null },
  })

  expect(refusalOf(await laptop.knock({ scopes: asked }))).toMatchObject({ reason: "scope-upgrade" })
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Night shift" })
  await expect(pane.getByRole("region", { name: "Why it waits" })).toContainText("one scope whose time is over")
  await expect(pane.getByRole("row", { name: /operator\.admin/ })).toContainText("It was approved until")
  await pane.getByRole("combobox", { name: "For how long" }).selectOption("1 hour")
  await pane.getByRole("button", { name: "Approve admin for 1 hour" }).click()
  const dialog = page.getByRole("alertdialog")
  await expect(dialog).toContainText("It has this for 1 hour. Then it ends by itself")
  await dialog.getByRole("button", { name: "Approve admin for 1 hour" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved until")
})

test("a date is chosen by keys, and one in the past approves nothing", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Kiosk").knock({ scopes: ["operator.read"], from: lan })
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Kiosk" })
  const approve = pane.getByRole("button", { name: /^Approve/ })
  await expect(approve).toBeVisible()
  await page.keyboard.press("t")
  await expect(pane.getByRole("combobox", { name: "For how long" })).toBeFocused()
  await page.keyboard.type("Until")
  await expect(approve).toBeDisabled()
  await pane.getByLabel("Until when").fill("2020-01-01T10:00")
  await expect(approve).toBeDisabled()
  await pane.getByLabel("Until when").fill("2033-05-04T10:00")
  await expect(approve).toHaveText(/^Approve as operator with read until 4 May 2033/)
  await approve.click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved until")
  const row = await store.db.device.findFirstOrThrow()
  expect(new Date(row.nextEndMs ?? 0).getFullYear()).toBe(2033)
})
