import { refusalOf } from "./device"
import { expect, owner, test } from "./fixtures"

test("an owner hardens the policy with a note, and it counts from the next connect on", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/policy`)
  await expect(page.getByText("The policy was never changed: it is in force as shipped")).toBeVisible()
  await expect(page.getByRole("region", { name: "Presets" }).getByRole("heading")).toHaveText([
    "As shipped",
    "Hardened",
  ])
  await page.getByRole("button", { name: "Use hardened" }).click()
  await expect(page.getByRole("status").filter({ hasText: "5 changes, not saved" })).toBeVisible()
  await page.getByRole("button", { name: "Review and save" }).click()
  const dialog = page.getByRole("dialog", { name: "Change the policy" })
  await expect(dialog.getByRole("listitem").filter({ hasText: "More scopes on this machine" })).toContainText(
    "tightens",
  )
  await dialog.getByRole("button", { name: "Put into force" }).click()
  await expect(dialog.getByRole("alert")).toHaveText("Say in a few words why, then it can be put into force.")
  await expect(dialog.getByLabel("Why")).toBeFocused()
  expect(await store.db.policyVersion.count({ where: { version: 1 } })).toBe(0)
  await dialog.getByLabel("Why").fill("We are open to the network now")
  await dialog.getByRole("button", { name: "Put into force" }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText("version 1", { exact: true })).toBeVisible()
  const versions = page.getByRole("listitem").filter({ hasText: "We are open to the network now" })
  await expect(versions).toContainText(owner.name)
  expect(await store.db.policyVersion.findFirstOrThrow({ where: { version: 1 } })).toMatchObject({
    byName: owner.name,
    note: "We are open to the network now",
  })

  expect(refusalOf(await laptop.knock({ scopes: ["operator.write"] }))).toMatchObject({ reason: "scope-upgrade" })
  await page.goto(`${gate.url}/audit?action=policy.changed`)
  await expect(page.getByRole("list", { name: "Entries, newest first" })).toContainText("More scopes on this machine")
})

test("what cannot be meant is not saved, and an address can be tried", async ({ ownerPage: page, gate, store }) => {
  await page.goto(`${gate.url}/policy`)
  const ranges = page.getByRole("textbox", { name: "Networks from which new nodes come in silently" })
  await ranges.fill("192.168.1.0/24\n10.0.0")
  await expect(page.getByRole("alert").filter({ hasText: "10.0.0" })).toContainText("is no address and no range")
  await expect(page.getByRole("button", { name: "Review and save" })).toBeDisabled()
  await ranges.fill("192.168.1.0/24")
  await page.getByLabel("Try an address").fill("192.168.1.42")
  await expect(page.getByText("A new node from there comes in silently.")).toBeVisible()
  await page.getByLabel("Try an address").fill("192.168.2.42")
  await expect(page.getByText("From there, a person decides.")).toBeVisible()
  await page.getByRole("button", { name: "Discard" }).click()
  await expect(ranges).toHaveValue("")
  expect(await store.db.policyVersion.count()).toBe(0)
})

test("a version that somebody else made meanwhile is not overwritten", async ({
  ownerPage: page,
  gate,
  person,
  pageOf,
  store,
}) => {
  const second = await pageOf(await person("owner", "Mara"))
  for (const each of [page, second]) {
    await each.goto(`${gate.url}/policy`)
    await each.getByRole("switch", { name: "A .ts.net host name counts as this machine" }).click()
    await each.getByRole("button", { name: "Review and save" }).click()
    await each.getByRole("dialog").getByLabel("Why").fill("No Tailscale here")
  }
  await page.getByRole("button", { name: "Put into force" }).click()
  await expect(page.getByRole("dialog")).toBeHidden()
  await second.getByRole("button", { name: "Put into force" }).click()
  await expect(second.getByText("Somebody else changed the policy meanwhile")).toBeVisible()
  expect(await store.db.policyVersion.count()).toBe(1)
})
