import type { Locator } from "@playwright/test"
import { arrive, expect, test } from "./fixtures"

const asked = { scopes: ["operator.read", "operator.approvals", "operator.admin"], from: "192.168.1.20" }

test("a screen reader is told of a queue in which nothing waits", async ({ ownerPage: page, gate }) => {
  await arrive(page, `${gate.url}/requests`)
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Requests" [level=1]
      - status: 0 waiting
      - heading "No requests are waiting" [level=2]
      - paragraph: /When a device asks for more than it was approved for, it appears here at once/
      - code: npm run device -- --remote
      - button "Copy the command"
  `)
})

test("the queue reads as a list, a decision with its reasons and a table, and how it ended", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await laptop.knock(asked)
  await device("Pixel of Jonas").knock({ scopes: ["operator.read", "operator.write"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const main = page.getByRole("main")
  await expect(main).toMatchAriaSnapshot(`
    - heading "Requests" [level=1]
    - status: 2 waiting
    - list "Waiting requests":
      - listitem:
        - link /^More scopes expires in .*Ops laptop asks approvals and admin linux, gateway-client .* 192\\.168\\.1\\.20$/
      - listitem:
        - link /^New device expires in .*Pixel of Jonas operator with read and write linux, gateway-client .* 192\\.168\\.1\\.77$/
    - article "Ops laptop"
  `)
  await expect(page.getByRole("article", { name: "Ops laptop" })).toMatchAriaSnapshot(`
    - article "Ops laptop":
      - heading "Ops laptop" [level=2]
      - text: More scopes
      - code: /^Fingerprint [0-9A-F ·]+$/
      - button "Copy the device id"
      - link "Device page"
      - text: expires in
      - timer: /^\\d:\\d\\d$/
      - region "Why it waits":
        - paragraph:
          - text: This device is paired as an
          - strong: operator
          - text: and asks for two scopes that nobody has approved for it. It does not connect from this machine, so a person decides.
        - list "Observed":
          - listitem: "Speaks for it: key matches the paired device"
          - listitem: "Speaks for it: shared token valid"
          - listitem: "Speaks against it: came through the declared proxy 127.0.0.2 from 192.168.1.20"
      - region "What would change":
        - heading "What would change" [level=3]
        - group "Template":
          - button "Full admin" [pressed]
        - 'table "Each asked scope: in the token now, approved before, asked, granted"':
          - rowgroup:
            - row:
              - columnheader "Scope"
              - columnheader "Token now"
              - columnheader "Approved"
              - columnheader "Asked"
              - columnheader "Grant"
          - rowgroup:
            - row:
              - cell "operator.read See sessions, messages and settings."
              - cell "yes"
              - cell "yes"
              - cell "yes"
              - cell "has it"
            - row:
              - cell "operator.approvals Answer requests to run commands."
              - cell "no"
              - cell "no"
              - cell "new"
              - cell "with admin"
            - row:
              - cell "operator.admin everything Everything an operator can do, also pairing other devices."
              - cell "no"
              - cell "no"
              - cell "new"
              - cell "Grant operator.admin":
                - checkbox "Grant operator.admin" [checked]
      - combobox "For how long":
        - option "For good" [selected]
      - textbox "Note for the record"
      - button "More"
      - button "Reject"
      - button "Approve approvals, admin"
  `)
  await page.getByRole("article").getByRole("button", { name: "Reject" }).click()
  await expect(main).toMatchAriaSnapshot(`
    - status: 1 waiting
    - list "Waiting requests":
      - listitem:
        - link /Pixel of Jonas/
    - region "Earlier requests":
      - list:
        - listitem:
          - heading "Earlier today" [level=2]
          - link /Ops laptop .* Rejected by olga/
    - article "Ops laptop":
      - heading "Ops laptop" [level=2]
      - region "How it ended":
        - paragraph:
          - text: rejected by olga,
          - time
        - button "Reopen"
      - region "What was asked"
      - link "Next request"
  `)
})

test("what arrives while somebody decides is read out, and takes no focus", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await device("Pixel of Jonas").knock({ scopes: ["operator.read", "operator.write"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const note = page.getByLabel("Note for the record")
  await note.fill("asked Jonas")
  await device("Kitchen display").knock({ role: "node", from: "10.0.3.7" })
  // In a live region that was there before, so that it is read out.
  await expect(page.getByRole("main").getByRole("status").first()).toHaveText("2 waiting (1 new)")
  await expect(note).toBeFocused()
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Requests" [level=1]
    - button "1 new"
    - status: 2 waiting (1 new)
    - list "Waiting requests":
      - listitem:
        - link /Pixel of Jonas/
    - article "Pixel of Jonas"
  `)
})

test("by Tab alone each stop says what it is and what it does, up to the decision", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Pixel of Jonas").knock({ scopes: ["operator.read", "operator.write"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Pixel of Jonas" })
  const link = page.getByRole("list", { name: "Waiting requests" }).getByRole("link")
  await link.focus()
  await page.keyboard.press("Enter")
  await expect(pane.getByRole("heading", { level: 2 })).toBeFocused()
  const stops: readonly (readonly [Parameters<Locator["getByRole"]>[0], string])[] = [
    ["button", "Copy the device id"],
    ["button", "Viewer read"],
    ["button", "Operator write"],
    ["button", "Visitor read 8 hours"],
    ["button", "Full admin"],
    ["checkbox", "Grant operator.write"],
    ["combobox", "For how long"],
    ["textbox", "Note for the record"],
    ["button", "More"],
    ["button", "Reject"],
    ["button", "Approve as operator with read, write"],
  ]
  for (const [role, name] of stops) {
    await page.keyboard.press("Tab")
    const stop = pane.getByRole(role, { name, exact: true })
    await expect(stop).toBeFocused()
    await expect(stop).toHaveRole(role)
    await expect(stop).toHaveAccessibleName(name)
  }
  await page.keyboard.press("Enter")
  await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
  // The button is gone; what takes its place is the name of what was decided, not the top of the page.
  const focused = page.locator(":focus")
  await expect(focused).toHaveRole("heading")
  await expect(focused).toHaveAccessibleName("Pixel of Jonas")
  await page.keyboard.press("Tab")
  await expect(page.getByRole("button", { name: "Copy the device id" })).toBeFocused()
  expect(await store.db.device.count()).toBe(1)
})
