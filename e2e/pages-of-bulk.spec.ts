import { arrive, expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { look, lookAtDialog } from "./look"

test.describe.configure({ timeout: 300_000 })

test("several selected requests are accessible and fit", async ({ ownerPage: page, gate, device }) => {
  await fleet(device)
  for (const [index, name] of ["Meeting room 1", "Lobby screen", "Workshop PC"].entries())
    await device(name).knock({ scopes: ["operator.read", "operator.write"], from: `10.0.4.${index + 10}` })
  await device("Ops Iaptop").knock({ scopes: ["operator.read"], from: "10.9.0.4" })
  await arrive(page, `${gate.url}/requests`)
  const first = page.getByRole("list", { name: "Waiting requests" }).getByRole("link").first()
  await expect(first).toBeVisible()
  await first.hover()
  await page.screenshot({ path: "test-results/pages/requests-tick-on-hover.png" })
  await page.keyboard.press("x")
  for (let row = 1; row < 7; row++) await page.keyboard.press("j")
  await page.keyboard.press("Shift+X")
  await expect(page.getByText("7 selected")).toBeVisible()
  await page.evaluate(() => window.history.pushState(null, "", "/requests"))
  await look(page, "requests-selected")
  const dialog = page.getByRole("dialog")
  const review = async () => {
    await page.getByRole("button", { name: "Review and decide" }).click()
    await expect(dialog.getByRole("button", { name: /^Approve/ })).toBeVisible()
  }
  await lookAtDialog(page, "requests-together", async () => {
    await review()
    await dialog.getByRole("checkbox").first().click()
  })
  const reject = async () => {
    await review()
    await dialog.getByRole("button", { name: /^Reject/ }).click()
  }
  await lookAtDialog(page, "requests-reject-together", reject, 2)
  await lookAtDialog(page, "requests-decided-together", async () => {
    await review()
    await dialog.getByRole("checkbox").first().click()
    await dialog.getByRole("button", { name: /^Approve/ }).click()
    await expect(dialog.getByRole("heading", { name: /approved$/ })).toBeVisible()
  })
})
