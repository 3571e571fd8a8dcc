import type { Locator, Page } from "@playwright/test"
import { knockEach } from "./device"
import { arrive, expect, test } from "./fixtures"

const scopes = ["operator.read"]

const list = (page: Page) => page.getByRole("list", { name: "Waiting requests" })
const rows = (page: Page) => list(page).getByRole("link")
const row = (page: Page, name: string) => rows(page).filter({ hasText: name })
const waiting = (page: Page, count: number) =>
  expect(page.getByRole("status").filter({ hasText: /^\d+ waiting/ })).toHaveText(new RegExp(`^${count} waiting`))

async function top(locator: Locator): Promise<number> {
  const box = await locator.boundingBox()
  return box?.y ?? Number.NaN
}

test("while somebody decides, new rows wait behind a button and nothing moves", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await arrive(page, `${gate.url}/requests`)
  await expect(row(page, "First")).toBeVisible()
  await device("Second").knock({ scopes, from: "192.168.1.71" })
  // Nobody has touched anything: the list follows.
  await expect(rows(page)).toHaveCount(2)

  const note = page.getByLabel("Note for the record")
  await note.fill("asked Jonas")
  const heightOfList = await top(page.getByRole("region", { name: "Earlier requests" }))
  await device("Third").knock({ scopes, from: "192.168.1.72" })
  await device("Fourth").knock({ scopes, from: "192.168.1.73" })
  const news = page.getByRole("button", { name: "2 new" })
  await expect(news).toBeVisible()
  await waiting(page, 4)
  await expect(rows(page)).toHaveCount(2)
  await expect(note).toBeFocused()
  expect(await top(page.getByRole("region", { name: "Earlier requests" }))).toBe(heightOfList)

  await news.click()
  await expect(rows(page)).toHaveCount(4)
  await expect(row(page, "Third")).toBeFocused()
  await expect(news).toHaveCount(0)
  await expect(note).toHaveValue("asked Jonas")
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(4)
})

test("once it is decided, the list follows again", async ({ ownerPage: page, gate, device }) => {
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await arrive(page, `${gate.url}/requests`)
  await row(page, "First").click()
  await expect(page).toHaveURL(/id=/)
  await device("Second").knock({ scopes, from: "192.168.1.71" })
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible()
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  await expect(rows(page)).toHaveText([/Second/])
  await expect(page.getByRole("button", { name: /new$/ })).toHaveCount(0)
  await waiting(page, 1)
})

test("a row that ends under somebody's eyes stays, and says how it ended", async ({
  ownerPage: page,
  gate,
  device,
  person,
  pageOf,
}) => {
  const other = await pageOf(await person("approver", "Mara"))
  await knockEach(["First", "Second", "Third"].map(device), scopes)
  await arrive(page, `${gate.url}/requests`)
  await expect(rows(page)).toHaveCount(3)
  await page.keyboard.press("j")
  await expect(row(page, "Second")).toBeFocused()
  const place = await top(row(page, "Third"))

  await arrive(other, `${gate.url}/requests`)
  await other.getByRole("link", { name: /First/ }).click()
  await other.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect(other.getByRole("region", { name: "How it ended" })).toContainText("approved")

  await expect(row(page, "First")).toContainText("Approved")
  await expect(row(page, "First")).toContainText("by Mara")
  await waiting(page, 2)
  expect(await top(row(page, "Third"))).toBe(place)
  await expect(page.getByRole("region", { name: "Earlier requests" }).getByRole("link", { name: /First/ })).toHaveCount(
    0,
  )

  await other.getByRole("link", { name: /Second/ }).click()
  await other.getByRole("button", { name: "Reject" }).click()
  await expect(row(page, "Second")).toContainText("Rejected")
  // The focus is where it was, on the row of a request that ended.
  await expect(row(page, "Second")).toBeFocused()
  await page.keyboard.press("j")
  await expect(row(page, "Third")).toBeFocused()
  await expect(page.getByRole("article", { name: "Third" }).getByRole("button", { name: "Reject" })).toBeEnabled()
  await page.keyboard.press("r")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  await expect(rows(page)).toHaveCount(0)
  await expect(page.getByRole("region", { name: "Earlier requests" }).getByRole("link")).toHaveCount(3)
})

test("when the row with the focus goes, its neighbour has it", async ({ ownerPage: page, gate, device, store }) => {
  await knockEach(["First", "Second", "Third"].map(device), scopes)
  await arrive(page, `${gate.url}/requests`)
  await expect(rows(page)).toHaveCount(3)
  await row(page, "Second").focus()
  await page.keyboard.press("Shift")
  const { deviceId } = await store.db.request.findFirstOrThrow({ where: { displayName: "Second" } })
  await store.db.request.updateMany({ where: { deviceId }, data: { triedAtMs: Date.now() - 301_000 } })
  await device("Fourth").knock({ scopes, from: "192.168.1.73" })
  const news = page.getByRole("button", { name: "1 new" })
  await expect(news).toBeVisible()
  // Every 5 s the server records what has ended by itself.
  await expect(row(page, "Second")).toContainText(/Ended|Expired/, { timeout: 15_000 })
  // Pressed without taking the focus, as some browsers do.
  await news.dispatchEvent("click")
  await expect(row(page, "Second")).toHaveCount(0)
  await expect(row(page, "Fourth")).toBeFocused()
})

test("a request that arrives or ends is asked for alone, not with the list", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("First").knock({ scopes, from: "192.168.1.70" })
  // A list is renewed as a whole once, when changes begin to arrive by themselves.
  const renewed = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/requests")
  await arrive(page, `${gate.url}/requests`)
  await renewed
  const asked: string[] = []
  page.on("request", (request) => asked.push(new URL(request.url()).pathname))
  const second = device("Second")
  await second.knock({ scopes, from: "192.168.1.71" })
  await expect(row(page, "Second")).toBeVisible()
  await row(page, "Second").click()
  await page.getByRole("button", { name: /^Reject/ }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  await page.mouse.move(0, 0)
  await expect(row(page, "Second")).toHaveCount(0)
  expect(asked).toContain("/api/requests/waiting")
  expect(asked).not.toContain("/api/requests")
  expect((await store.db.request.findFirstOrThrow({ where: { deviceId: second.deviceId } })).status).toBe("rejected")
})

test("a page comes with the beginning of a long list, and shows all of it, also when one comes back", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("First").knock({ scopes, from: "192.168.1.70" })
  const first = await store.db.request.findFirstOrThrow({ where: { displayName: "First" } })
  const copies = Array.from({ length: 230 }, (_, index) => ({
    ...{ ...first, requestId: `copy ${index}`, deviceId: `device ${index}`, displayName: `Copy ${index}` },
    filedAtMs: first.filedAtMs + 1 + index,
  }))
  await store.db.request.createMany({ data: copies })
  const sent = await (await page.request.get(`${gate.url}/requests`)).text()
  expect(sent).toContain("Copy 198")
  expect(sent).not.toContain("Copy 199")

  await arrive(page, `${gate.url}/requests`)
  await waiting(page, 231)
  await expect(rows(page)).toHaveCount(231)
  const places = page.getByRole("navigation", { name: "Console" }).filter({ visible: true })
  await places.getByRole("link", { name: /Devices/ }).click()
  await expect(page).toHaveURL(/\/devices/)
  await places.getByRole("link", { name: /Requests/ }).click()
  await expect(rows(page)).toHaveCount(231)
  await waiting(page, 231)
  await device("Latest").knock({ scopes, from: "192.168.1.71" })
  await expect(rows(page)).toHaveCount(232)
  await expect(rows(page).last()).toContainText("Latest")
})
