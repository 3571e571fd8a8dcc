import { readFileSync } from "node:fs"
import { arrive, expect, owner, test } from "./fixtures"

const dayMs = 86_400_000

test("each choice says how many devices it would leave, and stale and never used are one press away", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const old = device("Old tablet")
  for (const made of [old, device("Fresh laptop"), device("Rack")]) {
    await made.enter({ scopes: ["operator.read"] })
    await made.leave()
  }
  const where = { deviceId: old.deviceId }
  await expect.poll(async () => (await store.db.device.findUniqueOrThrow({ where })).lastSeenAtMs).not.toBeNull()
  await store.db.device.update({ where, data: { lastSeenAtMs: Date.now() - 40 * dayMs } })
  await arrive(page, `${gate.url}/devices`)
  await expect(page.getByRole("button", { name: "Silent 3" })).toBeVisible()
  await expect(page.getByRole("button", { name: "Never used 0" })).toBeVisible()
  await page.getByRole("button", { name: "Stale 1" }).click()
  await expect(page).toHaveURL(/unseen=30/)
  await expect(page.getByRole("row", { name: /Old tablet/ })).toBeVisible()
  await expect(page.getByRole("row", { name: /Fresh laptop/ })).toHaveCount(0)
  await expect(page.getByRole("button", { name: "Silent 1" })).toBeVisible()
  await store.db.device.update({ where, data: { lastSeenAtMs: null } })
  await arrive(page, `${gate.url}/devices?is=never-used`)
  await expect(page.getByRole("row", { name: /Old tablet/ })).toContainText("never used")
  await expect(page.getByText("1 match")).toBeVisible()
})

test("the devices of a platform are one choice away, each counted, and the choice stands in the address", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const tablet = device("Old tablet")
  for (const made of [tablet, device("Fresh laptop"), device("Rack")]) await made.enter({ scopes: ["operator.read"] })
  const where = { deviceId: tablet.deviceId }
  expect(await store.db.device.findUniqueOrThrow({ where })).toMatchObject({ platformKind: "linux" })
  await store.db.device.update({ where, data: { platform: "android 17", platformKind: "android" } })
  await arrive(page, `${gate.url}/devices`)
  const platforms = page.getByRole("combobox", { name: "Platform" })
  await expect(platforms).toContainText("Linux 2")
  await expect(platforms).toContainText("Windows 0")
  await expect(page.getByRole("combobox", { name: "Scope" })).toContainText("operator.read 3")
  await expect(page.getByRole("combobox", { name: "Last seen" })).toContainText("Unseen for 7 days 0")
  await platforms.selectOption("Android 1")
  await expect(page).toHaveURL(/platform=android/)
  await expect(page.getByText("1 match")).toBeVisible()
  await expect(page.getByRole("row", { name: /Old tablet/ })).toBeVisible()
  await expect(page.getByRole("row", { name: /Rack/ })).toHaveCount(0)
})

test("tags are put on a device and on several at once, shown, searched for and filtered by", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await device("Kitchen display").enter({ scopes: ["operator.read"] })
  await device("Hall display").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Edit tags" }).click()
  await page.getByRole("textbox", { name: "Tags" }).fill("On Call, mobile")
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText("on-call")).not.toHaveCount(0)

  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("checkbox", { name: "Select Hall display" }).click()
  await page.getByRole("checkbox", { name: "Select Kitchen display" }).click()
  await page.getByRole("button", { name: "Tags", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Tags of 2 devices" })
  await dialog.getByLabel("Add").fill("wall")
  await dialog.getByRole("button", { name: "Change tags" }).click()
  await expect(page.getByRole("dialog", { name: "2 of 2 tagged" })).toBeVisible()
  await page.getByRole("button", { name: "Done" }).click()
  await expect(page.getByText("None selected")).toBeVisible()
  expect(await store.db.deviceTag.findMany({ where: { tag: "wall" } })).toHaveLength(2)
  const entries = await store.db.auditEntry.findMany({ where: { action: "device.tagged" } })
  expect(entries.map(({ actorName }) => actorName)).toEqual([owner.name, owner.name, owner.name])

  await page.getByRole("combobox", { name: "Tag" }).selectOption("wall 2")
  await expect(page).toHaveURL(/tag=wall/)
  await expect(page.getByRole("row", { name: /display/ })).toHaveCount(2)
  await expect(page.getByRole("row", { name: /Ops laptop/ })).toHaveCount(0)
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("searchbox", { name: "Search devices" }).fill("mobi")
  await expect(page.getByRole("row", { name: /Ops laptop/ })).toContainText("mobile")
  await expect(page.getByRole("row", { name: /display/ })).toHaveCount(0)
})

test("several devices are selected by keys, renamed with a preview, and cut off only after a number is typed", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  for (const name of ["Display 1", "Display 2", "Display 3"]) await device(name).enter({ scopes: ["operator.read"] })
  await device("Ops laptop").enter({ scopes: ["operator.read", "operator.admin"] })
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("checkbox", { name: "Select Display 1" }).focus()
  await page.keyboard.press("Space")
  await page.getByRole("checkbox", { name: "Select Display 3" }).click({ modifiers: ["Shift"] })
  await expect(page.getByText("3 selected")).toBeVisible()

  await page.getByRole("button", { name: "Rename", exact: true }).click()
  const renaming = page.getByRole("dialog", { name: "Rename 3 devices" })
  await renaming.getByLabel("After the name").fill(" (kitchen)")
  await expect(renaming.getByText("Display 2 (kitchen)")).toBeVisible()
  await renaming.getByRole("button", { name: "Rename 3 devices" }).click()
  await page.getByRole("button", { name: "Done" }).click()
  await expect(page.getByRole("row", { name: /\(kitchen\)/ })).toHaveCount(3)

  await page.getByRole("checkbox", { name: "Select this page" }).click()
  await page.getByRole("button", { name: "Remove", exact: true }).click()
  const removing = page.getByRole("dialog", { name: "Remove 3 devices?" })
  await expect(removing).toContainText("3 are connected now")
  await expect(removing).toContainText("Ops laptop is left out: it is the last device whose token holds admin.")
  const going = removing.getByRole("region", { name: "What is cut off" }).getByRole("listitem")
  await expect(going).toHaveText([/^Display 1 \(kitchen\)/, /^Display 2 \(kitchen\)/, /^Display 3 \(kitchen\)/])
  const taken = removing.getByRole("region", { name: "What this takes away" }).getByRole("listitem")
  await expect(taken).toHaveText("read 3")
  await removing.getByLabel("Note").fill("Moved out")
  const button = removing.getByRole("button", { name: "Remove 3 devices" })
  await expect(button).toBeDisabled()
  await removing.getByLabel("Type 3 to confirm").fill("3")
  await button.click()
  const done = page.getByRole("dialog", { name: "3 of 4 removed" })
  await expect(done.getByRole("listitem").filter({ hasText: "Ops laptop" })).toContainText(
    "refused: This would cut off",
  )
  await done.getByRole("button", { name: "Done" }).click()
  await expect(page.getByRole("row", { name: /Display/ })).toHaveCount(0)
  await expect(page.getByText("1 selected")).toBeVisible()
  expect(await store.db.device.findMany({ select: { displayName: true } })).toEqual([{ displayName: "Ops laptop" }])
  const entries = await store.db.auditEntry.findMany({ where: { action: "device.removed" } })
  expect(entries.map(({ note }) => note)).toEqual(["Moved out", "Moved out", "Moved out"])
})

test("what is selected and filtered out of the list is counted beside it, and named before it is cut off", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  for (const name of ["Display", "Ops laptop", "Sensor"]) await device(name).enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("checkbox", { name: "Select Display" }).click()
  await page.getByRole("checkbox", { name: "Select Sensor" }).click()
  await page.getByRole("searchbox", { name: "Search devices" }).fill("sens")
  await expect(page.getByRole("row", { name: /Display/ })).toHaveCount(0)
  await expect(page.getByText("2 selected, 1 of them not shown here")).toBeVisible()
  await page.getByRole("searchbox", { name: "Search devices" }).fill("ops")
  await expect(page.getByRole("row", { name: /Sensor/ })).toHaveCount(0)
  await expect(page.getByText("2 selected, not shown here")).toBeVisible()
  await page.getByRole("button", { name: "Revoke tokens" }).click()
  const dialog = page.getByRole("dialog", { name: "Revoke the tokens of 2 devices?" })
  const going = dialog.getByRole("region", { name: "What is cut off" }).getByRole("listitem")
  await expect(going).toHaveText([/^Display/, /^Sensor/])
  await dialog.getByLabel("Type 2 to confirm").fill("2")
  await dialog.getByRole("button", { name: "Revoke the tokens of 2 devices" }).click()
  await expect(page.getByRole("dialog", { name: "2 of 2 revoked" })).toBeVisible()
  const revoked = await store.db.token.findMany({ where: { revokedAtMs: { not: null } }, select: { device: true } })
  expect(revoked.map(({ device: of }) => of.displayName).toSorted()).toEqual(["Display", "Sensor"])
})

test("a viewer selects nothing", async ({ gate, device, person, pageOf }) => {
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  const page = await pageOf(await person("viewer"))
  await arrive(page, `${gate.url}/devices`)
  await expect(page.getByRole("row", { name: /Ops laptop/ })).toBeVisible()
  await expect(page.getByRole("checkbox")).toHaveCount(0)
})

test("the devices that are shown come as a table, named after the filter", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const danger = device("=HYPERLINK(1)")
  await danger.enter({ scopes: ["operator.read"] })
  await device("Rack").enter({ role: "node" })
  await arrive(page, `${gate.url}/devices?role=operator`)
  const downloading = page.waitForEvent("download")
  await page.getByRole("link", { name: "CSV" }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toMatch(/^gatehouse-devices-\d{4}-\d\d-\d\d-role-operator\.csv$/)
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n")
  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain('"device id","name"')
  expect(lines[1]).toContain(`"${danger.deviceId}","'=HYPERLINK(1)"`)
  expect(await store.db.device.count()).toBe(2)
})
