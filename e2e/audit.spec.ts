import { expect, owner, test } from "./fixtures"

test("the log says who did what, filters in the address, and announces what is new", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/audit`)
  const entries = page.getByRole("list", { name: "Entries, newest first" })
  const silent = entries.getByRole("listitem").filter({ hasText: "Ops laptop" })
  await expect(silent).toContainText(
    "The rule for this machine let Ops laptop in silently, as operator with operator.read.",
  )
  await expect(silent).toContainText("sealed as")
  await expect(page.getByText(/Chain head #\d+/)).toBeVisible()
  const head = await store.db.auditHead.findUniqueOrThrow({ where: { id: 1 } })
  expect(head.seq).toBeGreaterThan(1)

  const before = await entries.textContent()
  await device("Second").knock({ scopes: ["operator.write"], from: "192.168.1.77" })
  const news = page.getByRole("button", { name: "1 new entry" })
  await expect(news).toBeVisible()
  expect(await entries.textContent()).toBe(before)
  await news.click()
  await expect(entries.getByRole("listitem").first()).toContainText("Second asked to come in as operator")
  await expect(news).toBeHidden()

  await page.getByRole("combobox", { name: "Who" }).selectOption(owner.name)
  await expect(page).toHaveURL(/actor=admin/)
  await expect(entries.getByRole("listitem")).toHaveCount(1)
  await expect(entries).toContainText(`${owner.name} signed in.`)
  await page.getByRole("button", { name: "Clear" }).click()
  await expect(page).toHaveURL(`${gate.url}/audit`)
  await page.getByRole("searchbox", { name: "Device" }).fill("laptop")
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/device=laptop/)
  await expect(entries.getByRole("listitem")).toHaveCount(1)
  await page.reload()
  await expect(entries.getByRole("listitem")).toHaveCount(1)
})

test("the end of the log is not taken for an empty one", async ({ ownerPage: page, gate }) => {
  await page.goto(`${gate.url}/audit?at=5~x`)
  await expect(page.getByRole("heading", { name: "No older entries" })).toBeVisible()
  await expect(page.getByText("Nothing has happened yet")).toHaveCount(0)
  await page.getByRole("link", { name: "Show the newest entries" }).click()
  await expect(page).toHaveURL(`${gate.url}/audit`)
  await expect(page.getByRole("list", { name: "Entries, newest first" })).toContainText(`${owner.name} signed in.`)
})

test("the log says when its end is not the one that was sealed", async ({ ownerPage: page, gate, device, store }) => {
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/audit`)
  await expect(page.getByText(/Chain head #\d+/)).toBeVisible()
  const alarm = page.getByText(/no longer sealed: the end of the chain is not signed with this server's key/)
  await expect(alarm).toBeHidden()
  await store.db.auditHead.update({ where: { id: 1 }, data: { signature: "forged" } })
  await device("Second").knock({ scopes: ["operator.write"], from: "192.168.1.77" })
  await expect(alarm).toBeVisible()
  await page.reload()
  await expect(alarm).toBeVisible()
  await expect(page.getByText(/1 not sealed yet/)).toBeVisible()
  expect(gate.printed.filter((line) => line.includes("no longer sealed"))).toHaveLength(1)
})

test("what is exported is what is filtered, and opens safely in a spreadsheet", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await device("=HYPERLINK(evil)").enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/audit?action=device.approved-silently`)
  const link = (name: string) => page.getByRole("link", { name: `Export as ${name}` })
  const csv = await page.request.get(gate.url + (await link("CSV").getAttribute("href")))
  expect(csv.headers()["content-disposition"]).toMatch(/attachment; filename="gatehouse-audit-.*\.csv"/)
  const lines = (await csv.text()).trim().split("\r\n")
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(`"'=HYPERLINK(evil)"`)

  const json = await page.request.get(gate.url + (await link("JSON lines").getAttribute("href")))
  const rows = (await json.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ actionName: "device.approved-silently", actor: { kind: "rule", name: "local" } })
})

test("a name that more devices share than are looked at says so, on the page and on the file", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Kitchen tablet").enter({ scopes: ["operator.read"] })
  const crowd = Array.from({ length: 200 }, (_, index) => ({ deviceId: `crowd-${index}`, term: "kitchen" }))
  const cut = page.getByText("More than 200 devices match this name.")
  await page.goto(`${gate.url}/audit?device=kitchen+tablet`)
  await expect(page.getByText("1 entry", { exact: true })).toBeVisible()
  await store.db.knownName.createMany({ data: crowd })
  await page.reload()
  await expect(page.getByText("1 entry", { exact: true })).toBeVisible()
  await expect(cut).toBeHidden()
  await page.goto(`${gate.url}/audit?device=kitchen`)
  await expect(cut).toBeVisible()
  const answer = await page.request.get(`${gate.url}/api/audit/export?device=kitchen`)
  expect(answer.headers()["content-disposition"]).toContain("-only-200-devices.csv")
})

test("nobody without a session gets an export", async ({ gate, request }) => {
  const answer = await request.get(`${gate.url}/api/audit/export?format=csv`)
  expect(answer.status()).toBe(401)
  expect(await answer.text()).not.toContain("sentence")
})
