import type { Page } from "@playwright/test"
import { refusalOf } from "./device"
import { arrive, expect, owner, test } from "./fixtures"

const ask = { scopes: ["operator.read"], from: "192.168.1.77" } as const

async function block(page: Page, name: string) {
  await page.getByRole("article", { name }).getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Block this key" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Block the key" }).click()
}

test("a key that was blocked from its request is unblocked by following the links, and its device asks again", async ({
  ownerPage: page,
  device,
  store,
}) => {
  const stranger = device("Stranger")
  await stranger.knock(ask)
  await block(page, "Stranger")
  const pane = page.getByRole("article", { name: "Stranger" })
  await expect(pane).toContainText("Key blocked")
  const ended = pane.getByRole("region", { name: "How it ended" })
  await expect(ended).toContainText(`its key was blocked by ${owner.name}`)
  expect(refusalOf(await stranger.knock(ask))).toMatchObject({ reason: "blocked" })

  await ended.getByRole("link", { name: "the page of its device" }).click()
  await expect(page.getByText("blocked this key")).toBeVisible()
  await page.getByRole("button", { name: "Unblock" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Unblock" }).click()
  await expect(page.getByText("blocked this key")).toBeHidden()
  expect(await store.db.block.count()).toBe(0)
  expect(refusalOf(await stranger.knock(ask))).toMatchObject({ reason: "not-paired" })
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
})

test("a blocked key that is no device is found from the list of devices and from the audit log", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const stranger = device("Stranger")
  await stranger.knock(ask)
  await block(page, "Stranger")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("key was blocked")

  for (const list of ["/devices", "/devices?is=blocked"]) {
    await arrive(page, `${gate.url}${list}`)
    const keys = page.getByRole("region", { name: "1 blocked key is no device" })
    await expect(keys.getByRole("listitem").first()).toContainText(`blocked by ${owner.name}`)
    if (list.includes("blocked")) {
      await expect(page.getByText("No device matches")).toBeVisible()
      await expect(page.getByText("Search looks at")).toHaveCount(0)
      await expect(page.getByText("A blocked key stands below.")).toBeVisible()
    }
    await keys.getByRole("link", { name: "Stranger" }).click()
    await expect(page.getByRole("heading", { name: "Stranger" })).toBeVisible()
    await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible()
  }
  await arrive(page, `${gate.url}/devices?is=silent`)
  await expect(page.getByText("No device matches")).toBeVisible()
  await expect(page.getByRole("region", { name: /blocked key/ })).toBeHidden()

  await arrive(page, `${gate.url}/audit?action=device.blocked`)
  const entries = page.getByRole("list", { name: "Entries, newest first" })
  await entries.getByRole("link", { name: "Stranger" }).first().click()
  await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible()
  await page.keyboard.press("ControlOrMeta+k")
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill("stranger")
  await expect(page.getByRole("option", { name: /Stranger.*Key blocked/ })).toBeVisible()
})
