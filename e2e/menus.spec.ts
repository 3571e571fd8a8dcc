import { arrive, expect, test } from "./fixtures"

test("a menu is gone through by keys and by a pointer, and gives the focus back", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const phone = device("Jonas' phone")
  await phone.enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices/${phone.deviceId}`)
  const more = page.getByRole("button", { name: "More" })
  const menu = page.getByRole("menu", { name: "More" })
  const item = (name: string) => menu.getByRole("menuitem", { name })

  await more.focus()
  await page.keyboard.press("ArrowDown")
  await expect(more).toHaveAttribute("aria-expanded", "true")
  await expect(item("Edit notes")).toBeFocused()
  await page.keyboard.press("ArrowDown")
  await expect(item("Edit tags")).toBeFocused()
  await page.keyboard.press("End")
  await expect(item("Remove")).toBeFocused()
  await page.keyboard.press("ArrowDown")
  await expect(item("Edit notes")).toBeFocused()
  await page.keyboard.press("ArrowUp")
  await expect(item("Remove")).toBeFocused()
  await page.keyboard.press("e")
  await expect(item("Edit notes")).toBeFocused()
  await page.keyboard.press("e")
  await expect(item("Edit tags")).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(menu).toBeHidden()
  await expect(more).toBeFocused()
  await expect(more).toHaveAttribute("aria-expanded", "false")

  await page.keyboard.press("ArrowUp")
  await expect(item("Remove")).toBeFocused()
  await page.keyboard.press("Shift+Tab")
  await expect(menu).toBeHidden()
  await expect(page.getByRole("button", { name: "Block" })).toBeFocused()

  // A dialog that a menu opened gives the focus back to what opened the menu.
  await more.focus()
  await page.keyboard.press("Enter")
  await expect(item("Edit notes")).toBeFocused()
  await page.keyboard.press("Space")
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toBeHidden()
  await expect(more).toBeFocused()

  await more.click()
  await expect(menu).toBeVisible()
  await item("Edit tags").hover()
  await expect(item("Edit tags")).toBeFocused()
  // Whose own colours leave no background is shown it by a frame.
  await page.emulateMedia({ forcedColors: "active" })
  await expect(item("Edit tags")).toHaveCSS("box-shadow", /inset/)
  await expect(item("Edit notes")).toHaveCSS("box-shadow", "none")
  await page.emulateMedia({ forcedColors: "none" })
  await page.getByRole("heading", { level: 1 }).click()
  await expect(menu).toBeHidden()
  await more.click()
  await expect(menu).toBeVisible()
  await more.click()
  await expect(menu).toBeHidden()
})

test("a menu stands beside what opened it, inside of the window", async ({ ownerPage: page, gate }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  await arrive(page, `${gate.url}/requests`)
  const account = page.getByRole("banner").getByRole("button", { name: /olga/ })
  await account.click()
  const [anchor, menu] = [await account.boundingBox(), await page.getByRole("menu").boundingBox()]
  if (anchor === null || menu === null) throw new Error("the menu has no place")
  expect(menu.y).toBeGreaterThanOrEqual(anchor.y + anchor.height)
  expect(menu.x + menu.width).toBeLessThanOrEqual(360)

  await page.setViewportSize({ width: 1280, height: 640 })
  await expect(page.getByRole("menu")).toBeHidden()
  const below = page.getByRole("complementary").getByRole("button", { name: /olga/ })
  await below.click()
  const [foot, above] = [await below.boundingBox(), await page.getByRole("menu").boundingBox()]
  if (foot === null || above === null) throw new Error("the menu has no place")
  expect(above.y + above.height).toBeLessThanOrEqual(foot.y)
  expect(above.y).toBeGreaterThanOrEqual(0)
})

test("a mark of the history says what it is to a pointer and to the keyboard", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const phone = device("Jonas' phone")
  await phone.enter({ scopes: ["operator.read"] })
  // A day takes the whole width, so that nothing moves on under the pointer.
  await arrive(page, `${gate.url}/devices/${phone.deviceId}?history=24h`)
  const mark = page.getByRole("figure", { name: "Scope history over time" }).locator("[data-mark]").first()
  const tip = page.getByRole("tooltip")
  await mark.hover()
  await expect(tip).toBeVisible()
  await tip.hover()
  await expect(tip).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(tip).toBeHidden()
  await page.getByRole("heading", { level: 1 }).hover()
  await page.keyboard.press("Tab")
  await mark.focus()
  await expect(tip).toBeVisible()
  await expect(mark).toHaveAttribute("aria-describedby", (await tip.getAttribute("id")) ?? "none")
  await page.keyboard.press("Tab")
  await expect(mark).not.toHaveAttribute("aria-describedby")
})

test("a dialog whose code does not come says so, and comes when it can", async ({ ownerPage: page, gate, device }) => {
  const phone = device("Jonas' phone")
  await phone.enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices/${phone.deviceId}`)
  await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort())
  await page.getByRole("button", { name: "Rename" }).press("Enter")
  await expect(page.getByText("This could not be loaded. Try again.")).toBeVisible()
  await expect(page.getByRole("dialog")).toBeHidden()
  await page.unroute(/\/_next\/static\/.*\.js/)
  await page.getByRole("button", { name: "Rename" }).press("Enter")
  await expect(page.getByRole("dialog", { name: /Rename/ })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("button", { name: "Rename" })).toBeFocused()
})
