import { arrive, expect, test } from "./fixtures"

test("in half a window, keys decide what is on the screen and nothing else", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await page.setViewportSize({ width: 900, height: 900 })
  const phone = device("Out of sight")
  await phone.knock({ scopes: ["operator.read"], from: "192.168.1.77" })
  const status = async () => (await store.db.request.findFirstOrThrow({ where: { deviceId: phone.deviceId } })).status
  const actions: string[] = []
  page.on("request", (request) => {
    if ("next-action" in request.headers()) actions.push(request.url())
  })

  await arrive(page, `${gate.url}/requests`)
  const row = page.getByRole("link", { name: /Out of sight/ })
  const pane = page.getByRole("article", { name: "Out of sight" })
  await expect(row).toBeVisible()
  await expect(pane).toBeHidden()
  await page.keyboard.press("r")
  await page.keyboard.press("a")
  await row.click()
  await expect(pane.getByRole("button", { name: "Approve as operator with read" })).toBeEnabled()
  expect(actions).toEqual([])
  expect(await status()).toBe("pending")

  await page.keyboard.press("a")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  expect(await status()).toBe("approved")
})
