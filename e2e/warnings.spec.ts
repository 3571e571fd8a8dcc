import { expectAccessible } from "./axe"
import { arrive, expect, test } from "./fixtures"

const lan = "192.168.1.77"

test("a removed device that comes back under a new key is recognised, and nothing is decided by it", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const old = device("Kitchen tablet")
  await old.enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/devices/${old.deviceId}`)
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: /^Remove/ }).click()
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Remove/ })
    .click()
  await expect.poll(() => store.db.device.count()).toBe(0)

  const stranger = device("Kitсhеn tablet")
  await stranger.knock({ scopes: ["operator.read"], from: lan })
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article")
  const mind = pane.getByRole("region", { name: "What to mind" })
  await expect(mind).toContainText("A device of nearly this name was removed")
  await expect(mind).toContainText("by olga")
  await expect(mind.getByRole("link", { name: "Its history" })).toHaveAttribute("href", `/devices/${old.deviceId}`)
  await page.getByRole("button", { name: "Approve as operator with read" }).click()
  const question = page.getByRole("alertdialog", { name: "Approve as operator with read?" })
  await expect(question).toContainText("A device of nearly this name was removed")
  await question.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  expect(await store.db.device.findMany()).toMatchObject([
    { deviceId: stranger.deviceId, approvedScopes: "operator.read" },
  ])
})

test("of a name that looks like another one the letters that differ are marked and named, and no key approves it", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Anna's iPhone").enter({ scopes: ["operator.read"] })
  await device("Аnna's iPhone").knock({ scopes: ["operator.read"], from: lan })
  await device("Anna's iPhone").knock({ scopes: ["operator.read"], from: "192.168.1.78" })
  await device("Studio").knock({ scopes: ["operator.read"], from: "192.168.1.79" })
  await arrive(page, `${gate.url}/requests`)
  const rows = page.getByRole("list", { name: "Waiting requests" }).getByRole("link")
  await expect(rows).toHaveCount(3)
  await expect(rows.filter({ hasText: "Look-alike" })).toHaveText([/nna's iPhone/, /nna's iPhone/])
  const mind = page.getByRole("article").getByRole("region", { name: "What to mind" })
  await expect(mind).toContainText("This one has Cyrillic А (U+0410), it has capital A (U+0041).")
  await expect(mind).toContainText("Nearly the same name, another key.")
  await expect(mind.locator("mark").first()).toHaveText("А")
  await expectAccessible(page, "the letters of a name that looks like another one")

  await page.keyboard.press("a")
  await expect(page.getByText("No key approves this: press the button")).toBeVisible()
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(3)
  await page.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect(page.getByRole("alertdialog")).toContainText("Nearly the same name, another key.")
  await expectAccessible(page, "the question about a look-alike")
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click()

  await rows.nth(1).click()
  await expect(mind).toContainText("The same name, another key.")
  await expect(mind).toContainText("Letter for letter the same.")
})

test("the locality tester shows why a connect was not local, and what another one would be", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const phone = device("Pixel of Jonas")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  // Connects are written about every second.
  await expect.poll(() => store.db.connectAttempt.count()).toBe(1)
  await page.goto(`${gate.url}/policy`)
  await page.getByRole("link", { name: "Locality tester" }).click()
  await expect(page.getByLabel("A recent connect").locator("option:checked")).toHaveText(
    new RegExp(`: Pixel of Jonas, ${lan} through 127.0.0.2$`),
  )
  const verdict = page.getByRole("region", { name: "The verdict" })
  await expect(verdict.getByRole("status")).toContainText("It does not count as local")
  await expect(verdict.getByRole("listitem").filter({ hasText: "Is the peer a declared proxy?" })).toContainText(
    `came through the declared proxy 127.0.0.2 from ${lan}`,
  )

  await page.getByLabel("Peer address").fill("127.0.0.1")
  await page.getByLabel("Other headers").fill("")
  await expect(verdict.getByRole("status")).toContainText("It counts as local")
  await page.getByLabel("Host", { exact: true }).fill("gateway.example")
  await expect(verdict).toContainText("Host gateway.example is not this machine")
  // It only asks the rules: nothing was sent, nobody was let in.
  expect(await store.db.device.count()).toBe(0)
  expect(await store.db.request.count()).toBe(1)
})
