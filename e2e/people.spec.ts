import type { Browser, Page } from "@playwright/test"
import { arrive, expect, owner, signIn, test } from "./fixtures"

const chosen = "a password of my own"

const person = (page: Page, name: string) =>
  page.getByRole("list", { name: "People" }).getByRole("listitem").filter({ hasText: name })

/** Opens the menu of one person, and chooses from it. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  await person(page, name).getByRole("button").click()
  await page.getByRole("menuitem", { name: item }).click()
}

/** Takes the link that is shown once, and closes what shows it. */
async function takeLink(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog")
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue()
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(dialog).toBeHidden()
  return link
}

async function openElsewhere(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(link)
  return page
}

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Set the password and sign in" }).click()
  await expect(page).toHaveURL(/\/requests/)
}

test("an owner invites, demotes, signs out, resets, shuts out and lets in again", async ({
  ownerPage: page,
  gate,
  browser,
  store,
}) => {
  await page.goto(`${gate.url}/settings/admins`)
  await page.getByRole("button", { name: "Invite" }).click()
  await page.getByLabel("Name").fill("Mara")
  await page.getByLabel("E-mail address").fill("mara@example.org")
  await page.getByRole("button", { name: "Make the link" }).click()
  const invitation = await takeLink(page)
  expect(invitation).toMatch(/\/link#.{20,}/)
  await expect(person(page, "Mara")).toContainText("invited")
  const mara = () => store.db.admin.findUniqueOrThrow({ where: { email: "mara@example.org" } })
  expect(await mara()).toMatchObject({ name: "Mara", role: "approver", passwordHash: null })

  const theirs = await openElsewhere(browser, invitation)
  await expect(theirs.getByRole("heading", { name: "Welcome, Mara" })).toBeVisible()
  await choosePassword(theirs, chosen)
  expect((await mara()).passwordHash).toContain("argon2id")
  const again = await openElsewhere(browser, invitation)
  await expect(again.getByRole("heading", { name: "This link opens nothing" })).toBeVisible()
  await again.context().close()

  // What she may do changes in the page that she has open, without a click of hers.
  await theirs.goto(`${gate.url}/policy`)
  await expect(theirs.getByText("Owners can change it.")).toBeVisible()
  await expect(theirs.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible()
  await choose(page, "Mara", "Change role")
  await page.getByRole("radio", { name: "Owner" }).click()
  await page.getByRole("button", { name: "Make owner" }).click()
  await expect(person(page, "Mara")).toContainText("Owner")
  await expect(theirs.getByText("Owners can change it.")).toBeHidden({ timeout: 3_000 })
  expect((await mara()).role).toBe("owner")
  expect(await store.db.auditEntry.count({ where: { action: "admin.role-changed", actorName: owner.name } })).toBe(1)

  await theirs.goto(`${gate.url}/devices`)
  await choose(page, "Mara", "End sessions")
  await page.getByRole("alertdialog").getByRole("button", { name: "End the sessions" }).click()
  await expect(theirs).toHaveURL(/\/sign-in/)
  const { adminId } = await mara()
  expect(await store.db.adminSession.count({ where: { adminId, endedAtMs: null } })).toBe(0)

  await choose(page, "Mara", "Reset password by link")
  const reset = await takeLink(page)
  await signIn(theirs, gate, { email: "mara@example.org", password: chosen })
  const hash = (await mara()).passwordHash
  const fresh = await openElsewhere(browser, reset)
  await expect(fresh.getByRole("heading", { name: "Choose a new password" })).toBeVisible()
  await choosePassword(fresh, "another password of my own")
  await expect(theirs).toHaveURL(/\/sign-in/)
  expect((await mara()).passwordHash).not.toBe(hash)

  await choose(page, "Mara", "Disable")
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click()
  await expect(person(page, "Mara")).toContainText("disabled")
  await expect(fresh).toHaveURL(/\/sign-in/)
  expect((await mara()).disabledAtMs).not.toBeNull()
  await choose(page, "Mara", "Enable")
  await expect(person(page, "Mara")).not.toContainText("disabled")
  await signIn(fresh, gate, { email: "mara@example.org", password: "another password of my own" })
  await theirs.context().close()
  await fresh.context().close()
})

test("a person looks after the own account: sessions, password, theme, shortcuts", async ({
  ownerPage: page,
  gate,
  pageOf,
  device,
  store,
}) => {
  const other = await pageOf(owner)
  const third = await pageOf(owner)
  await page.goto(`${gate.url}/account`)
  const sessions = page.getByRole("list", { name: "Sessions" }).getByRole("listitem")
  await expect(sessions).toHaveCount(3)
  await expect(sessions.filter({ hasText: "this one" })).toContainText("127.0.0.1")
  await sessions.filter({ hasNotText: "this one" }).first().getByRole("button", { name: /^End/ }).click()
  await expect(sessions).toHaveCount(2)
  const open = () => store.db.adminSession.count({ where: { endedAtMs: null } })
  expect(await open()).toBe(2)
  const isOut = (each: Page) => /\/sign-in/.test(each.url())
  await expect.poll(() => [other, third].filter(isOut)).toHaveLength(1)

  const card = page.locator("form").filter({ hasText: "Change the password" })
  const change = async (current: string) => {
    await card.getByLabel("Current password", { exact: true }).fill(current)
    await card.getByLabel("New password", { exact: true }).fill(chosen)
    await card.getByRole("button", { name: "Change the password" }).click()
  }
  await change("not my password")
  await expect(card.getByText("That is not your password.")).toBeVisible()
  await change(owner.password)
  await expect(page.getByText("Your password is changed. One other session ended.")).toBeVisible()
  await expect.poll(() => [other, third].filter(isOut)).toHaveLength(2)
  expect(await open()).toBe(1)
  await signIn(other, gate, { email: owner.email, password: chosen })

  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.getByRole("radio", { name: "Light" }).click()
  const light = await background()
  await page.getByRole("radio", { name: "Dark" }).click()
  await page.reload()
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked()
  expect(await background()).not.toBe(light)

  await page.getByRole("switch", { name: "Single-key shortcuts" }).click()
  await expect(page.getByRole("switch", { name: "Single-key shortcuts" })).not.toBeChecked()
  await expect.poll(async () => (await store.db.admin.findFirstOrThrow()).shortcuts).toBe(false)
  const phone = device("Pixel of Jonas")
  await phone.knock({ scopes: ["operator.read"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const approve = page.getByRole("button", { name: "Approve as operator with read" })
  await expect(approve).toBeVisible()
  for (const key of ["a", "r", "j", "n"]) await page.keyboard.press(key)
  await expect(page.getByLabel("Note for the record")).not.toBeFocused()
  await approve.click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved as asked")
  expect(await store.db.request.count({ where: { status: "rejected" } })).toBe(0)
})
