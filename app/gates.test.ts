import { beforeAll, describe, expect, it, vi } from "vitest"
import { hasCapability } from "@/lib/auth/capabilities"
import { openTestSession, testCookie } from "@/lib/auth/testing"
import { endSession } from "@/lib/store/admin-sessions"
import { consoleRoles } from "@/lib/store/console-role"
import { installStore } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { forStrangers, gates, open } from "./testing-gates"

const request = vi.hoisted(() => ({ headers: new Headers() }))

vi.mock("next/headers", () => ({ headers: async () => request.headers, cookies: async () => new Map() }))
vi.mock("next/cache", () => ({ revalidatePath: () => {} }))
// next-auth itself only runs inside Next; the end-to-end tests see it at work. This one lets nobody in.
vi.mock("next-auth", () => {
  class AuthError extends Error {}
  class CredentialsSignin extends AuthError {}
  const signIn = () => Promise.reject(new CredentialsSignin())
  return { default: () => ({ handlers: {}, signIn, signOut: async () => {} }), AuthError, CredentialsSignin }
})

type Gated = (...input: unknown[]) => Promise<unknown>

const modules = import.meta.glob<Record<string, unknown>>(["/app/**/actions.ts", "/lib/console/*.ts", "!/**/*.test.ts"])

async function functionOf(file: string, name: string): Promise<Gated> {
  const found = (await modules[file]?.())?.[name]
  if (typeof found !== "function") throw new Error(`${file} exports no function ${name}`)
  return async (...input) => found(...input)
}

const cases = Object.entries(gates).flatMap(([file, names]) =>
  Object.entries(names).map(([name, capability]) => [name, file, capability] as const),
)

let store: Store

/** How a gate turned somebody away; null when it did not, whatever came after it. */
async function turnedAway(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call()
    return null
  } catch (error) {
    const digest = error instanceof Error && "digest" in error ? String(error.digest) : ""
    if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404")) return "not-found"
    return /^NEXT_REDIRECT;.*;\/sign-in/.test(digest) ? "sign-in" : null
  }
}

const ownOrigin = "http://127.0.0.1:18789"

function come(from: { cookie?: string | undefined; origin?: string | undefined }) {
  request.headers = new Headers({ host: "127.0.0.1:18789" })
  if (from.cookie !== undefined) request.headers.set("cookie", from.cookie)
  if (from.origin !== undefined) request.headers.set("origin", from.origin)
}

beforeAll(async () => {
  store = await openTestStore("sqlite", { chores: "leave" })
  installStore(store)
})

it("knows every action and every loader there is", async () => {
  const present = await Promise.all(
    Object.entries(modules).map(async ([file, load]) => {
      const names = Object.entries(await load()).filter(([, value]) => typeof value === "function")
      const isLoader = (name: string) => /^(load|export)[A-Z]/.test(name)
      return names
        .map(([name]) => name)
        .filter((name) => file.startsWith("/app/") || isLoader(name))
        .map((name) => `${file} ${name}`)
    }),
  )
  const known = [
    ...Object.entries(gates).flatMap(([file, names]) => Object.keys(names).map((name) => `${file} ${name}`)),
    ...Object.entries(open).flatMap(([file, names]) => names.map((name) => `${file} ${name}`)),
    ...forStrangers,
  ]
  expect(present.flat().sort()).toEqual(known.sort())
})

describe.each(cases)("%s in %s", (name, file, capability) => {
  it.each(consoleRoles)(`asks of a %s for ${capability}`, async (role) => {
    const call = await functionOf(file, name)
    come({ ...(await openTestSession(store, { role })), origin: ownOrigin })
    expect(await turnedAway(call)).toBe(hasCapability(role, capability) ? null : "not-found")
  })

  it("sends strangers to sign in, with a forged cookie and with the session of a foreign page too", async () => {
    const call = await functionOf(file, name)
    come({ origin: ownOrigin })
    expect(await turnedAway(call)).toBe("sign-in")
    const { sessionId, cookie } = await openTestSession(store, { role: "owner" })
    come({ cookie: await testCookie(store, sessionId, "another secret"), origin: ownOrigin })
    expect(await turnedAway(call)).toBe("sign-in")
    come({ cookie, origin: "http://127.0.0.1:3000" })
    expect(await turnedAway(call)).toBe("sign-in")
  })

  const isAction = file.endsWith("/actions.ts")
  it(isAction ? "does nothing for a request without an Origin" : "can be read by following a link", async () => {
    const call = await functionOf(file, name)
    come(await openTestSession(store, { role: "owner" }))
    expect(await turnedAway(call)).toBe(isAction ? "sign-in" : null)
  })
})

describe.each(Object.entries(open).flatMap(([file, names]) => names.map((name) => [name, file] as const)))(
  "%s in %s",
  (name, file) => {
    it.each([undefined, "null", "http://evil.example", "http://127.0.0.1:3000"])(
      "is not for pages of %s",
      async (origin) => {
        come({ origin })
        expect(await turnedAway(await functionOf(file, name))).toBe("not-found")
      },
    )

    it("is for pages of this console", async () => {
      come({ origin: ownOrigin })
      expect(await turnedAway(await functionOf(file, name))).toBeNull()
    })
  },
)

it("asks the session row each time: an ended session opens nothing any more", async () => {
  const { sessionId, cookie } = await openTestSession(store, { role: "owner" })
  const loadShell = await functionOf("/lib/console/shell.ts", "loadShell")
  come({ cookie })
  expect(await turnedAway(loadShell)).toBeNull()
  await endSession(store, { sessionId, how: "ended", actor: { kind: "system", name: "test" }, nowMs: Date.now() })
  expect(await turnedAway(loadShell)).toBe("sign-in")
})
