import type { Page } from "@playwright/test"
import { arrive, expect, test } from "./fixtures"

const wide = { width: 1440, height: 900 }

async function boxOf(page: Page, name: string) {
  const pane = page.getByRole("article", { name })
  const box = await pane.getByRole("button", { name: /^Approve/ }).boundingBox()
  if (box === null) throw new Error("The button to approve is not on the screen.")
  return { right: Math.round(box.x + box.width), bottom: Math.round(box.y + box.height) }
}

test("the button to approve keeps its place, whatever it says and however long the grant is", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await page.setViewportSize(wide)
  const tablet = device("Tablet")
  await tablet.enter({ scopes: ["operator.read"] })
  await tablet.knock({ scopes: ["operator.read", "operator.talk"], from: "192.168.1.70" })
  await device("Amber").knock({
    scopes: ["operator.read", "operator.write", "operator.talk", "operator.admin", "operator.pairing"],
    from: "192.168.1.71",
  })
  await arrive(page, `${gate.url}/requests`)
  const place = await boxOf(page, "Tablet")
  await page.getByRole("combobox", { name: "For how long" }).selectOption("Until a date…")
  await expect(page.getByLabel("Until when")).toBeVisible()
  expect(await boxOf(page, "Tablet")).toEqual(place)
  await page.getByRole("link", { name: /Amber/ }).click()
  await expect(page.getByRole("article", { name: "Amber" })).toBeVisible()
  expect(await boxOf(page, "Amber")).toEqual(place)
  await page.getByRole("combobox", { name: "For how long" }).selectOption("Until a date…")
  expect(await boxOf(page, "Amber")).toEqual(place)
})

test("the tick of a row that is pointed at stands beside its badge, not on it", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await page.setViewportSize(wide)
  await device("Amber").knock({ scopes: ["operator.read"], from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  const row = page.getByRole("list", { name: "Waiting requests" }).getByRole("link")
  await row.hover()
  const tick = await page.getByRole("checkbox", { name: "Select Amber" }).boundingBox()
  const icon = await row.locator("svg").first().boundingBox()
  expect((tick?.x ?? 0) + (tick?.width ?? 0)).toBeLessThan(icon?.x ?? 0)
})
