import { arrive, expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { look } from "./look"

test.describe.configure({ timeout: 300_000 })

test("the queue of one reason, and a name that looks like another one, are accessible and fit", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await fleet(device)
  await device("Anna's iPhone").enter({ scopes: ["operator.read"] })
  await device("Аnna's iPhone").knock({
    scopes: ["operator.read", "operator.write", "operator.talk", "operator.approvals", "operator.admin"],
    from: "192.168.1.71",
  })
  await arrive(page, `${gate.url}/requests?reason=not-paired`)
  await expect(page.getByRole("group", { name: "Show" })).toBeVisible()
  await look(page, "requests-of-one-reason")
  await page.getByRole("link", { name: /nna's iPhone/ }).click()
  const pane = page.getByRole("article", { name: /nna's iPhone/ })
  await pane.getByRole("combobox", { name: "For how long" }).selectOption("Until a date…")
  await look(page, "requests-look-alike")
  await page.goto(`${gate.url}/requests?reason=metadata-upgrade`)
  await expect(page.getByText(/None waits for the reason/).filter({ visible: true })).toBeVisible()
  await look(page, "requests-of-no-such-reason")
})
