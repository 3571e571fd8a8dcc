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

test("Reject stands beside the button to approve, whatever that says, and nothing reaches into another row", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await page.setViewportSize(wide)
  const names = ["read", "write", "talk", "approvals", "admin", "pairing"]
  await device("Amber").knock({ scopes: names.map((name) => `operator.${name}`), from: "192.168.1.71" })
  const { requestId } = await store.db.request.findFirstOrThrow()
  await arrive(page, `${gate.url}/requests?id=${requestId}`)
  const pane = page.getByRole("article", { name: "Amber" })
  await pane.getByRole("combobox", { name: "For how long" }).selectOption("1 hour")
  const approve = pane.getByRole("button", {
    name: "Approve as operator with admin, pairing and 4 more scopes for 1 hour",
  })
  for (const width of [360, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    const [button, reject, note] = await Promise.all(
      [approve, pane.getByRole("button", { name: "Reject" }), pane.getByLabel("Note for the record")].map((part) =>
        part.boundingBox(),
      ),
    )
    if (!button || !reject || !note) throw new Error("The bar is not on the screen.")
    expect(reject.x + reject.width, `${width}`).toBeLessThan(button.x)
    expect(button.x - reject.x - reject.width, `${width}`).toBeLessThan(16)
    expect(note.y + note.height, `${width}`).toBeLessThanOrEqual(button.y)
  }
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
