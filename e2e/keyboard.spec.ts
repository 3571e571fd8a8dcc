import type { Page } from "@playwright/test"
import { expect, owner, test } from "./fixtures"

/** Presses Tab until something with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab")
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null) return ""
      const label = element.id === "" ? null : document.querySelector(`label[for="${CSS.escape(element.id)}"]`)
      return [element.getAttribute("aria-label"), label?.textContent, element.textContent].join(" ")
    })
    if (name.test(focused)) return
  }
  throw new Error(`Tab never reached ${name}.`)
}

test("a person without a mouse signs in, approves a part, and takes it back", async ({ page, gate, device, store }) => {
  const phone = device("Pixel of Jonas")
  await phone.knock({ scopes: ["operator.read", "operator.approvals"], from: "192.168.1.77" })
  await page.goto(`${gate.url}/sign-in`)
  await expect(page.getByLabel("E-mail address")).toBeFocused()
  await page.keyboard.type(owner.email)
  await page.keyboard.press("Tab")
  await page.keyboard.type(owner.password)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\/requests/)
  await expect(page.getByRole("article", { name: "Pixel of Jonas" })).toBeVisible()

  await tabTo(page, /Skip to the page/)
  await page.keyboard.press("Enter")
  await tabTo(page, /Grant operator\.approvals/)
  await page.keyboard.press("Space")
  await tabTo(page, /Approve as operator with read, not approvals/)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("without approvals")
  expect(await store.db.device.findUniqueOrThrow({ where: { deviceId: phone.deviceId } })).toMatchObject({
    approvedScopes: "operator.read",
    withheld: "operator.approvals",
  })

  await page.goto(`${gate.url}/devices/${phone.deviceId}`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await tabTo(page, /^\s*Revoke/)
  await page.keyboard.press("Enter")
  const question = page.getByRole("alertdialog")
  await expect(question).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(question).toBeHidden()
  await expect(page.getByRole("button", { name: "Revoke" })).toBeFocused()
  expect(await store.db.token.count({ where: { revokedAtMs: { not: null } } })).toBe(0)
  await page.keyboard.press("Enter")
  await tabTo(page, /^\s*Revoke/)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("region", { name: "Token as operator" })).toContainText("Revoked")
  expect(await store.db.token.count({ where: { revokedAtMs: { not: null } } })).toBe(1)
})
