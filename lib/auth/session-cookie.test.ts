import { encode } from "next-auth/jwt"
import { expect, it } from "vitest"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { isSecure, sessionCookieName, sessionIdOf } from "./session-cookie"

function at(publicUrl: string | null): Promise<Store> {
  const gatewayInfo = { host: "127.0.0.1", port: 18790, publicUrl, trustedProxies: [], proxyPort: null }
  return openTestStore("sqlite", { chores: "leave", gatewayInfo })
}

it.each([
  [null, "gatehouse-18790", false],
  ["http://gate.home.arpa:8080", "gatehouse", false],
  ["https://gate.example.org", "__Host-gatehouse", true],
])("the cookie of a console at %s is %s", async (publicUrl, name, secure) => {
  const store = await at(publicUrl)
  expect(sessionCookieName(store)).toBe(name)
  expect(isSecure(store)).toBe(secure)
})

it("is read only when this server made it, under its own name, and from a cookie", async () => {
  const store = await at(null)
  const name = sessionCookieName(store)
  const made = await encode({ token: { sid: "session-1" }, secret: store.authSecret, salt: name })
  expect(await sessionIdOf(store, `theme=dark; ${name}=${made}`)).toBe("session-1")
  expect(await sessionIdOf(store, `other=${made}`)).toBeNull()
  expect(await sessionIdOf(store, `${name}=${made.slice(0, -4)}AAAA`)).toBeNull()
  expect(await sessionIdOf(store, `${name}=nonsense`)).toBeNull()
  expect(await sessionIdOf(store, null)).toBeNull()

  const foreign = await encode({ token: { sid: "session-1" }, secret: "another secret altogether", salt: name })
  expect(await sessionIdOf(store, `${name}=${foreign}`)).toBeNull()
  const nameless = await encode({ token: { sub: "session-1" }, secret: store.authSecret, salt: name })
  expect(await sessionIdOf(store, `${name}=${nameless}`)).toBeNull()
})
