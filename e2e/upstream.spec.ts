import { type FakeUpstream, startFakeUpstream } from "@/lib/upstream/fake-upstream"
import { asIfFrom, connect, createIdentity } from "@/tools/wire-client"
import { expectAccessible } from "./axe"
import { test as base, expect, type Gate, owner } from "./fixtures"

const test = base.extend<{ upstream: FakeUpstream }>({
  // biome-ignore lint/correctness/noEmptyPattern: the fixture needs none of the others, and Playwright wants a pattern.
  upstream: async ({}, use) => {
    const upstream = await startFakeUpstream({ autoApproveLocal: true })
    await use(upstream)
    await upstream.stop().catch(() => {})
  },
})

const commands = ["camera.snap", "system.run"]

function knockAsNode(gate: Gate, identity: ReturnType<typeof createIdentity>) {
  return connect({
    url: `ws://127.0.0.1:${gate.port}`,
    identity,
    role: "node",
    auth: { token: gate.sharedToken() },
    commands,
    client: { displayName: "Attic" },
    ...asIfFrom("10.0.3.7"),
  })
}

test("an owner puts the console in front of a gateway, and a device gets its service", async ({
  ownerPage: page,
  gate,
  upstream,
  device,
  store,
}) => {
  await page.goto(`${gate.url}/settings/upstream`)
  await page.getByLabel("Address").fill(upstream.url)
  await page.getByLabel("The token").fill(upstream.behaviour.secret)
  await page.getByRole("button", { name: "Check it" }).click()
  const check = page.getByRole("list", { name: "Check" })
  await expect(check.getByRole("listitem").filter({ hasText: "Lets no node in by itself" })).toContainText(
    '"gateway": { "nodes": { "pairing": { "autoApproveLocal": false } } }',
  )
  await expect(page.getByRole("button", { name: "Switch it on" })).toBeHidden()
  expect(await store.db.upstream.count()).toBe(0)
  await expectAccessible(page, "the check")
  await page.screenshot({ path: "test-results/pages/settings-upstream-check-1280-light.png", fullPage: true })

  upstream.behaviour.autoApproveLocal = false
  await page.getByRole("button", { name: "Check it" }).click()
  await page.getByRole("button", { name: "Switch it on" }).click()
  await expect(page.getByText("Up", { exact: true })).toBeVisible()
  const stored = await store.db.upstream.findUniqueOrThrow({ where: { id: 1 } })
  expect(stored.url).toBe(upstream.url)
  expect(stored.secretSealed).not.toContain(upstream.behaviour.secret)
  await expect(page.getByText(/ms \(p50\)/)).toBeVisible()
  expect(await page.content()).not.toContain(upstream.behaviour.secret)
  await page.screenshot({ path: "test-results/pages/settings-upstream-1280-light.png", fullPage: true })

  const laptop = device("Ops laptop")
  const client = await laptop.enter({ scopes: ["operator.read"] })
  expect(await client.request("cron.list", {})).toMatchObject({ ok: true, payload: { echoed: "cron.list" } })
  expect(await client.request("cron.run", {})).toMatchObject({ ok: false, error: { code: "FORBIDDEN" } })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByText("2 calls within the last hour, 1 refused for a missing scope").click()
  await expect(page.getByRole("row", { name: /cron\.run/ })).toContainText("1 for want of operator.admin")
  await page.screenshot({ path: "test-results/pages/device-calls-1280-light.png", fullPage: true })

  await upstream.stop()
  expect((await client.closed).code).toBe(1012)
  await expect(page.getByText(/The gateway behind (does not answer|is restarting)/)).toBeVisible()
  expect(await laptop.knock({ scopes: ["operator.read"] })).toMatchObject({ ok: false, error: { code: "UNAVAILABLE" } })

  await page.goto(`${gate.url}/settings/upstream`)
  await page.getByRole("button", { name: "Switch off" }).click()
  await page.getByRole("button", { name: "Switch it off" }).click()
  await expect(page.getByRole("heading", { name: "Put Gatehouse in front of a gateway" })).toBeVisible()
  expect(await store.db.upstream.count()).toBe(0)
  const alone = await laptop.enter({ scopes: ["operator.read"] })
  expect(await alone.request("cron.list", {})).toMatchObject({
    ok: false,
    error: { message: "unknown method: cron.list" },
  })
})

test.describe("a node before a gateway", () => {
  test.use({
    gateEnv: async ({ upstream }, use) => {
      upstream.behaviour.autoApproveLocal = false
      await use({
        GATEHOUSE_OWNER_EMAIL: owner.email,
        GATEHOUSE_OWNER_PASSWORD: owner.password,
        GATEHOUSE_UPSTREAM: upstream.url,
        GATEHOUSE_UPSTREAM_TOKEN: upstream.behaviour.secret,
      })
    },
  })

  test("shows its commands on the request, and one approval covers both sides", async ({
    ownerPage: page,
    gate,
    upstream,
    store,
  }) => {
    const identity = createIdentity()
    expect(await knockAsNode(gate, identity)).toMatchObject({ ok: false })
    await page.getByRole("link", { name: /Attic/ }).click()
    const listed = page.getByRole("region", { name: "Commands" })
    await expect(listed.getByRole("listitem").filter({ hasText: "system.run" })).toContainText("runs programs")
    await expect(listed.getByRole("listitem").filter({ hasText: "camera.snap" })).not.toContainText("runs programs")
    await expectAccessible(page, "a request of a node")
    await page.screenshot({ path: "test-results/pages/requests-node-1280-light.png", fullPage: true })
    expect(upstream.nodes.size).toBe(0)

    await page.getByRole("button", { name: /^Approve/ }).click()
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Approve/ })
      .click()
    await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
    const node = await knockAsNode(gate, identity)
    expect(node).toMatchObject({ ok: true })
    await expect.poll(() => [...upstream.nodes.values()].map(({ surface }) => surface)).toEqual([commands])
    const row = await store.db.device.findUniqueOrThrow({ where: { deviceId: identity.deviceId } })
    expect(JSON.parse(row.approvedCommands ?? "null")).toEqual(commands)
    if (node.ok) await node.close()
  })
})

test("a device that never uses admin can be lowered to what it uses", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  const client = await laptop.enter({ scopes: ["operator.admin"] })
  // Thirty days cannot be waited for: they are written down as the door would have.
  const dayMs = 86_400_000
  const today = Math.floor(Date.now() / dayMs)
  const { deviceId } = laptop
  await store.db.device.update({ where: { deviceId }, data: { pairedAtMs: Date.now() - 60 * dayMs } })
  for (const day of [today - 31, today - 1]) {
    await store.db.methodUse.create({ data: { deviceId, method: "cron.list", day, count: 9, refused: 0 } })
  }
  await page.goto(`${gate.url}/devices/${deviceId}`)
  await expect(
    page.getByText("In 30 days it called nothing that needs more than read: admin was not used."),
  ).toBeVisible()
  await page.screenshot({ path: "test-results/pages/device-unused-1280-light.png", fullPage: true })
  await page.getByRole("button", { name: "Lower to what it uses" }).click()
  const dialog = page.getByRole("dialog", { name: /Edit the operator scopes/ })
  await expect(dialog.getByRole("checkbox", { name: "Approved: operator.read", exact: true })).toBeChecked()
  await expect(dialog.getByRole("checkbox", { name: "Approved: operator.admin" })).not.toBeChecked()
  await dialog.getByRole("button", { name: "Lower", exact: true }).click()
  // It is the only device with admin.
  await dialog.getByRole("checkbox", { name: /I have read what stops working/ }).click()
  await dialog.getByRole("button", { name: "Lower all the same" }).click()
  await expect(dialog).toBeHidden()
  expect((await client.closed).code).toBe(4001)
  const { approvedScopes } = await store.db.device.findUniqueOrThrow({ where: { deviceId } })
  expect(approvedScopes).toBe("operator.read")
})
