import { randomUUID } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test"
import type { ConsoleRole } from "@/lib/store/console-role"
import { createAdmin } from "@/lib/store/create-admin"
import { hashPassword } from "@/lib/store/password"
import { loadKeys } from "@/lib/store/server-key"
import { openStore, type Store } from "@/lib/store/store"
import { type ServerProcess, startServer } from "@/tools/server-process"
import { createDevice, type TestDevice } from "./device"

export { expect }

/** The owner that a fresh server is started with, unless a test wants the first run. */
export const owner = { email: "olga@example.org", password: "correct horse battery", name: "olga" }

export type Gate = ServerProcess & {
  readonly dataDir: string
  /** The shared secret that devices present. */
  readonly sharedToken: () => string
  /** What the server has printed so far. */
  readonly printed: readonly string[]
}

type Options = {
  /** Variables of the server's environment. */
  gateEnv: Readonly<Record<string, string>>
}

export type Person = { readonly email: string; readonly password: string; readonly name: string }

type Fixtures = {
  /** A compiled server of this test's own, on a free port and an empty data directory. */
  gate: Gate
  /** A page of a browser in which the owner is signed in. */
  ownerPage: Page
  /** The rows of the server, read and written beside it as a tool does. */
  store: Store
  /** Makes a device with a key of its own. Its connections are closed at the end of the test. */
  device: (name: string) => TestDevice
  /** Makes a person with a console role. */
  person: (role: ConsoleRole, name?: string) => Promise<Person>
  /** A page of another browser, in which a person is signed in. */
  pageOf: (person: Person) => Promise<Page>
}

/** Tests get a server of their own; an unexpected error in a browser's console fails them. */
export const test = base.extend<Options & Fixtures>({
  gateEnv: [{ GATEHOUSE_OWNER_EMAIL: owner.email, GATEHOUSE_OWNER_PASSWORD: owner.password }, { option: true }],

  gate: async ({ gateEnv }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-e2e-"))
    const printed: string[] = []
    const server = await startServer({ dataDir, env: gateEnv, onLine: (line) => printed.push(line) })
    try {
      await use({
        ...server,
        dataDir,
        printed,
        sharedToken: () => readFileSync(join(dataDir, "gateway-token"), "utf8").trim(),
      })
    } finally {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },

  // With `gate`, so that the page is done with before its server stops.
  page: async ({ page, gate: _server }, use) => {
    const errors = watchErrors(page)
    await use(page)
    expect(errors, "errors in the browser's console").toEqual([])
  },

  ownerPage: async ({ page, gate }, use) => {
    await signIn(page, gate, owner)
    await use(page)
  },

  store: async ({ gate }, use) => {
    const store = await openStore({
      databaseUrl: null,
      dataDir: gate.dataDir,
      keys: loadKeys({ serverKey: null, serverKeyFile: null, dataDir: gate.dataDir }),
      gatewayToken: null,
      authSecret: null,
      gatewayInfo: {
        host: "127.0.0.1",
        port: gate.port,
        publicUrl: null,
        trustedProxies: [],
        proxyPort: null,
        controlUiPort: null,
      },
      chores: "leave",
    })
    await use(store)
    await store.close()
  },

  device: async ({ gate }, use) => {
    const devices: TestDevice[] = []
    await use((name) => {
      const made = createDevice(gate, name)
      devices.push(made)
      return made
    })
    for (const made of devices) await made.leave()
  },

  person: async ({ store }, use) => {
    await use(async (role, name = `${role} ${randomUUID().slice(0, 4)}`) => {
      const made = { email: `${randomUUID()}@example.org`, password: "another good password", name }
      const passwordHash = await hashPassword(made.password)
      const actor = { kind: "system", name: "test" } as const
      await createAdmin(store, { admin: { email: made.email, name, role, passwordHash }, actor, nowMs: Date.now() })
      return made
    })
  },

  pageOf: async ({ gate, browser, contextOptions }, use) => {
    const opened: { page: Page; errors: readonly string[] }[] = []
    await use(async (person) => {
      const page = await (await browser.newContext(contextOptions)).newPage()
      opened.push({ page, errors: watchErrors(page) })
      await signIn(page, gate, person)
      return page
    })
    for (const { page, errors } of opened) {
      await page.context().close()
      expect(errors, "errors in another browser's console").toEqual([])
    }
  },
})

function watchErrors(page: Page): readonly string[] {
  const errors: string[] = []
  page.on("console", (message) => {
    if (isUnexpected(message)) errors.push(message.text())
  })
  page.on("pageerror", (error) => errors.push(error.message))
  return errors
}

// A refused request is shown to the person by the page; the browser mentions it too.
function isUnexpected(message: ConsoleMessage): boolean {
  return message.type() === "error" && !message.text().startsWith("Failed to load resource")
}

/** Signs in as a person does, and waits until the console is there. */
export async function signIn(
  page: Page,
  gate: Pick<Gate, "url">,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto(`${gate.url}/sign-in`)
  await page.getByLabel("E-mail address").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page).toHaveURL(/\/requests/)
}

/** Goes to a page of the console and waits until it does what a person presses, not only shows itself. */
export async function arrive(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: /^(Live|Not live)/, visible: true })
      .first(),
  ).toBeVisible()
}
