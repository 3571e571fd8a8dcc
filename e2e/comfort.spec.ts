import { arrive, expect, test } from "./fixtures"

test("who wants less motion gets none", async ({ ownerPage: page, gate, device }) => {
  await device("Ops laptop").knock({ scopes: ["operator.admin"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const longest = async () => {
    await page.getByRole("button", { name: /^Approve/ }).click()
    const dialog = page.getByRole("alertdialog")
    await expect(dialog).toBeVisible()
    const seconds = await dialog.evaluate((box) =>
      [box, ...document.querySelectorAll("button")].map((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element)
        return Math.max(Number.parseFloat(animationDuration), Number.parseFloat(transitionDuration))
      }),
    )
    await page.keyboard.press("Escape")
    await expect(dialog).toBeHidden()
    return Math.max(...seconds)
  }
  expect(await longest()).toBeGreaterThan(0.05)
  await page.emulateMedia({ reducedMotion: "reduce" })
  expect(await longest()).toBeLessThan(0.001)
})
