import { arrive, expect, owner, test } from "./fixtures"

const dayMs = 86_400_000
const [read, write] = ["operator.read", "operator.write"]

test("the history is zoomed by buttons, keys and dragging, the table follows, and the address keeps it", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  const { deviceId } = laptop
  await laptop.enter({ scopes: [read] })
  // Sixty days cannot be waited for.
  await store.db.scopeChange.updateMany({ where: { deviceId }, data: { atMs: Date.now() - 60 * dayMs } })
  await store.db.device.update({ where: { deviceId }, data: { pairedAtMs: Date.now() - 60 * dayMs } })
  await laptop.enter({ scopes: [read, write] })
  const url = `${gate.url}/devices/${deviceId}`
  await arrive(page, url)
  const table = page.getByRole("table", { name: "Scope history" })
  const figure = page.getByRole("figure", { name: "Scope history over time" })
  const old = table.getByRole("row", { name: /operator\.read/ }).getByText(/approved silently/)
  const fresh = table.getByRole("row", { name: /operator\.write/ }).getByText(/approved silently/)
  await expect(old).toBeVisible()
  await expect(figure.getByRole("button", { name: /^operator\.read approved silently/ })).toBeVisible()

  await page.getByRole("button", { name: "7 d" }).click()
  await expect(page).toHaveURL(`${url}?history=7d`)
  await expect(page.getByRole("button", { name: "7 d" })).toHaveAttribute("aria-pressed", "true")
  await expect(old).toHaveCount(0)
  await expect(fresh).toBeVisible()
  await expect(figure.getByRole("button", { name: /^operator\.read approved silently/ })).toHaveCount(0)
  await page.reload()
  await expect(fresh).toBeVisible()
  await expect(old).toHaveCount(0)

  await arrive(page, url)
  await figure.getByRole("button", { name: /^operator\.read approved silently/ }).focus()
  await page.keyboard.press("+")
  await expect(page).toHaveURL(/history=\d+-\d+$/)
  await expect(old).toHaveCount(0)
  await page.getByRole("button", { name: "Zoom out" }).click()
  await expect(page).toHaveURL(url)
  await expect(old).toBeVisible()

  const box = await figure.boundingBox()
  if (box === null) throw new Error("The chart is not drawn.")
  const y = box.y + box.height - 30
  await page.mouse.move(box.x + box.width * 0.5, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/history=\d+-\d+$/)
  await expect(old).toHaveCount(0)
  await expect(fresh).toHaveCount(0)
  // Where nothing happened there is no column for it, and no line of the axis is without its label.
  await expect(table.getByRole("columnheader")).toHaveText(["Scope", "Approved", "In token"])
  await page.getByRole("button", { name: "24 h" }).click()
  await expect(table.getByRole("columnheader").last()).toHaveText("Events")
  const lines = figure.locator("[aria-hidden] > span.w-px:visible")
  const labels = figure.locator("> [aria-hidden] > span:visible")
  await expect(labels.last()).toHaveText("now")
  expect(await lines.count()).toBe(await labels.count())
})

test("why it can do something is answered from the history, now and at an earlier time", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Asked laptop")
  const { deviceId } = laptop
  await laptop.knock({ scopes: [read, write], from: "192.168.1.77" })
  await page.getByRole("button", { name: "Approve as operator with read, write" }).click()
  await expect.poll(() => store.db.device.count()).toBe(1)
  await arrive(page, `${gate.url}/devices/${deviceId}`)
  const card = page.getByRole("region", { name: "Why can it do that?" })
  const ask = async (about: string) => {
    await card.getByLabel("Scope or method").fill(about)
    await card.getByRole("button", { name: "Explain" }).click()
  }
  await ask("chat.send")
  const answer = card.getByRole("status")
  await expect(answer).toContainText("Yes, now")
  await expect(answer).toContainText(`chat.send needs operator.write. Its token holds operator.write`)
  await expect(answer).toContainText(`by ${owner.name}, by this request`)
  const { requestId } = await store.db.request.findFirstOrThrow()
  await expect(answer.getByRole("link", { name: "this request" })).toHaveAttribute("href", `/requests?id=${requestId}`)
  await ask("operator.admin")
  await expect(answer).toContainText("No, now")
  await expect(answer).toContainText("was never approved")
  await card.getByLabel("At (empty: now)").fill("2020-01-01T12:00")
  await ask("operator.write")
  await expect(answer).toContainText("No, 1 Jan 2020")
})

test("two devices are compared scope by scope, and differences are named", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const one = device("Ops laptop")
  await one.enter({ scopes: [read, write] })
  const other = device("Kitchen tablet")
  await other.enter({ scopes: [read, "operator.talk"] })
  await arrive(page, `${gate.url}/devices/${one.deviceId}`)
  await page.getByRole("link", { name: "Compare" }).click()
  await expect(page).toHaveURL(`${gate.url}/devices/compare?a=${one.deviceId}`)
  await page.getByRole("searchbox", { name: "Compare with" }).fill("kitchen")
  await page.getByRole("button", { name: "Find" }).click()
  await page
    .getByRole("list", { name: "Devices found" })
    .getByRole("link", { name: /Kitchen tablet/ })
    .click()
  await expect(page).toHaveURL(`${gate.url}/devices/compare?a=${one.deviceId}&b=${other.deviceId}`)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Compare Ops laptop with Kitchen tablet")
  const comparison = page.getByRole("region", { name: "Comparison" })
  await expect(comparison.getByRole("status")).toHaveText("2 of 3 scopes differ.")
  const row = (scope: string) => comparison.getByRole("row", { name: new RegExp(scope) })
  await expect(row("operator.write")).toContainText("differs")
  await expect(row("operator.write").getByRole("cell").nth(0)).toHaveText(/approved.*in token/)
  await expect(row("operator.write").getByRole("cell").nth(1)).toHaveText("no")
  await expect(row("operator.read")).not.toContainText("differs")
  // It stays true while one looks.
  await other.enter({ scopes: [read, write, "operator.talk"] })
  await expect(comparison.getByRole("status")).toHaveText("1 of 3 scopes differs.")
})

test("on a phone no label of the axis runs into another, and the table is read without scrolling sideways", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  const { deviceId } = laptop
  await laptop.enter({ scopes: [read] })
  await laptop.enter({ scopes: [read, write] })
  await page.setViewportSize({ width: 360, height: 740 })
  const figure = page.getByRole("figure", { name: "Scope history over time" })
  for (const days of [4, 9, 13, 31, 400]) {
    const atMs = Date.now() - days * dayMs
    await store.db.scopeChange.updateMany({ where: { deviceId, scope: read }, data: { atMs } })
    await store.db.device.update({ where: { deviceId }, data: { pairedAtMs: atMs } })
    await arrive(page, `${gate.url}/devices/${deviceId}`)
    const labels = figure.locator("> [aria-hidden] > span:visible")
    await expect(labels.last()).toHaveText("today")
    const boxes = (await Promise.all((await labels.all()).map((label) => label.boundingBox()))).filter(
      (box) => box !== null,
    )
    const inOrder = boxes.toSorted((one, other) => one.x - other.x)
    expect(inOrder.length, `${days} days`).toBeGreaterThan(1)
    for (const [index, box] of inOrder.entries()) {
      expect(box.height).toBeLessThan(24)
      expect(box.x, `${days} days`).toBeGreaterThanOrEqual(
        (inOrder[index - 1]?.x ?? 0) + (inOrder[index - 1]?.width ?? 0),
      )
    }
  }
  const table = page.getByRole("table", { name: "Scope history" })
  const cell = table
    .getByRole("row", { name: /operator\.read/ })
    .getByRole("cell")
    .last()
  expect((await cell.boundingBox())?.width).toBeGreaterThan(220)
  const { scrollWidth, clientWidth } = await table.evaluate(({ scrollWidth, clientWidth }) => ({
    scrollWidth,
    clientWidth,
  }))
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
  await table.screenshot({ path: "test-results/pages/device-history-table-360.png" })
  await figure.screenshot({ path: "test-results/pages/device-history-chart-360.png" })
})
