import { encode } from "next-auth/jwt"
import { expect, it } from "vitest"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { isSecure, sessionCookieName, sessionIdOf } from "./session-cookie"

function at(publicUrl: string | null): Promise<Store> {
  const gatewayInfo = {
    host: "127.0.0.1",
    port: 18790,
    publicUrl,
    trustedProxies: [],
    proxyPort: null,
    controlUiPort: null,
  }
  return openTestStore("sqlite", { chores: "leave", gatewayInfo })
}

const plain = new Headers()
const https = new Headers({ "x-forwarded-proto": "https" })

it.each([
  ["without a public URL", null, plain, "gatehouse-18790", false],
  ["at a public URL of http", "http://gate.home.arpa:8080", plain, "gatehouse", false],
  ["at a public URL of https", "https://gate.example.org", https, "__Host-gatehouse", true],
  ["behind a proxy that speaks https, its URL untold", null, https, "__Host-gatehouse-18790", true],
  ["on this machine, beside a public URL of https", "https://gate.example.org", plain, "gatehouse", false],
  ["where something odd is said", null, new Headers({ "x-forwarded-proto": "HTTPS, http" }), "gatehouse-18790", false],
])("the cookie of a console %s", async (_case, publicUrl, headers, name, secure) => {
  expect(sessionCookieName(await at(publicUrl), headers)).toBe(name)
  expect(isSecure(headers)).toBe(secure)
})

it("is another one by https: what plain http could plant opens nothing there", async () => {
  const store = await at(null)
  const name = sessionCookieName(store, plain)
  const cookie = `${name}=${await encode({ token: { sid: "session-1" }, secret: store.authSecret, salt: name })}`
  expect(await sessionIdOf(store, new Headers({ cookie }))).toBe("session-1")
  expect(await sessionIdOf(store, new Headers({ cookie, "x-forwarded-proto": "https" }))).toBeNull()
})

it("is read only when this server made it, under its own name, and from a cookie", async () => {
  const store = await at(null)
  const name = sessionCookieName(store, plain)
  const named = (cookie: string) => sessionIdOf(store, new Headers({ cookie }))
  const made = await encode({ token: { sid: "session-1" }, secret: store.authSecret, salt: name })
  expect(await named(`theme=dark; ${name}=${made}`)).toBe("session-1")
  expect(await named(`other=${made}`)).toBeNull()
  expect(await named(`${name}=${made.slice(0, -4)}AAAA`)).toBeNull()
  expect(await named(`${name}=nonsense`)).toBeNull()
  expect(await sessionIdOf(store, plain)).toBeNull()

  const foreign = await encode({ token: { sid: "session-1" }, secret: "another secret altogether", salt: name })
  expect(await named(`${name}=${foreign}`)).toBeNull()
  const nameless = await encode({ token: { sub: "session-1" }, secret: store.authSecret, salt: name })
  expect(await named(`${name}=${nameless}`)).toBeNull()
})
