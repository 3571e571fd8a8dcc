import { arrive, expect, test } from "./fixtures"

test("columns and the compact look are kept, and the server draws them at once", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("button", { name: "Columns" }).click()
  await page.getByRole("menuitemcheckbox", { name: "Approved scopes" }).click()
  await page.getByRole("menuitemcheckbox", { name: "Platform" }).click()
  await page.getByRole("menuitemcheckbox", { name: "Compact" }).click()
  await page.keyboard.press("Escape")
  const headings = page.getByRole("columnheader")
  await expect(headings).toHaveText(["Device", "Current scopes", "Last seen", "Paired", "Platform"])
  const drawn = await (await page.request.get(`${gate.url}/devices`)).text()
  expect(drawn).toContain(">Platform<")
  expect(drawn).not.toContain(">Approved scopes<")
  await page.reload()
  await expect(headings).toHaveText(["Device", "Current scopes", "Last seen", "Paired", "Platform"])
  // What is ticked is there on a phone too, in a line below the name.
  await page.setViewportSize({ width: 360, height: 800 })
  const row = page.getByRole("row", { name: /Ops laptop/ })
  await expect(row.getByText("Last seen")).toBeVisible()
  await expect(row.getByText("now", { exact: true })).toBeVisible()
  // A name that is longer than the line ends in dots within the card.
  await store.db.device.updateMany({ data: { displayName: "Ops laptop of the third floor, left" } })
  await page.reload()
  const name = await row.getByRole("link", { name: /^Ops laptop/ }).boundingBox()
  expect((name?.x ?? 0) + (name?.width ?? 999)).toBeLessThanOrEqual(360 - 32)
})

test("with every column the name is still read and every mark told, and nothing but the table scrolls", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await device("Ops laptop").enter({ scopes: ["operator.read", "operator.write"] })
  const look = (value: string) => page.context().addCookies([{ name: "gatehouse-device-list", value, url: gate.url }])
  const row = page.getByRole("row", { name: /Ops laptop/ })
  for (const value of [
    "compact.current.approved.seen.address.paired.via.client.platform.tags.ends",
    "compact.current.approved.seen.paired.client.platform",
    "compact.seen",
  ]) {
    await look(value)
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 900 })
      await arrive(page, `${gate.url}/devices`)
      const name = await row.getByRole("link", { name: "Ops laptop" }).boundingBox()
      expect(name?.width, value).toBeGreaterThan(70)
      await expect(row.getByRole("cell").first()).toContainText("online")
      await expect(row.getByRole("cell").first()).toContainText("silent")
      const table = await page.getByRole("table", { name: "Paired devices" }).evaluate(({ parentElement: frame }) => ({
        surplus: frame === null ? null : frame.scrollHeight - frame.clientHeight,
        cut: [...(frame?.querySelectorAll("td:first-child *:not(.sr-only, [class*=sr-only])") ?? [])].filter(
          (each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "hidden",
        ).length,
      }))
      expect(table, `${value}, ${width}`).toEqual({ surplus: 0, cut: 0 })
    }
  }
})

test("the menu of columns says where a value stands that has none of its own", async ({ ownerPage: page, gate }) => {
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("button", { name: "Columns" }).click()
  const item = (name: RegExp) => page.getByRole("menuitemcheckbox", { name })
  await expect(item(/^Address/)).toHaveText(/below Last seen$/)
  await expect(item(/^How approved/)).toHaveText(/below Paired$/)
  await expect(item(/^Platform/)).toHaveText(/below the name$/)
  await item(/^Last seen/).click()
  await expect(item(/^Address/)).toHaveText("Address")
})

test("compact rows are one line with a short fingerprint, and no cell touches the next", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const names = ["Anna's iPhone with a rather long name", "Workshop PC", "Workshop PC"]
  const scopes = ["read", "write", "approvals", "pairing"].map((scope) => `operator.${scope}`)
  for (const name of names) await device(name).enter({ scopes })
  // What is seen is written a moment later, with the address.
  await expect.poll(() => store.db.device.count({ where: { lastSeenAtMs: null } })).toBe(0)
  const data = { clientId: "openclaw-ios", platform: "ios 19.1", lastAddress: "192.168.1.24" }
  await store.db.device.updateMany({ data })
  await page.setViewportSize({ width: 1440, height: 900 })
  const look = (how: string) =>
    page
      .context()
      .addCookies([
        { name: "gatehouse-device-list", value: `${how}.current.approved.seen.address.paired.platform`, url: gate.url },
      ])
  const rows = page.getByRole("row").filter({ has: page.getByRole("cell") })
  for (const how of ["roomy", "compact"]) {
    await look(how)
    await arrive(page, `${gate.url}/devices`)
    await expect(rows).toHaveCount(2)
    const addresses = page.getByText("192.168.1.24")
    await expect(addresses).toHaveCount(2)
    const heights = await addresses.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
    expect(Math.max(...heights)).toBeLessThan(24)
    const overflows = await rows
      .getByRole("cell")
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
      )
    expect(overflows).toEqual([])
  }
  for (const row of await rows.all()) expect((await row.boundingBox())?.height).toBeLessThanOrEqual(44)
  await expect(rows.first().getByText(/^Fingerprint begins [0-9A-F]{4} [0-9A-F]{4}$/)).toBeVisible()
  await arrive(page, `${gate.url}/devices?q=workshop`)
  await expect(page.getByRole("link", { name: "one of 2 keys of this machine" })).toHaveCount(2)
})
