import { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import { describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { judgeVisit, passOn, protect, type Visit } from "./visit"

const address = "x-gatehouse-address"

function visit(
  peer: string,
  headers: Record<string, string>,
  own: { proxies?: string[]; publicUrl?: string; encrypted?: boolean; listener?: "main" | "proxy" } = {},
): Visit {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: peer })
  return judgeVisit(
    { headers: { host: "127.0.0.1:18790", ...headers }, socket },
    {
      listener: own.listener ?? "main",
      encrypted: own.encrypted ?? false,
      policy: seedPolicy,
      info: {
        host: "0.0.0.0",
        port: 18790,
        publicUrl: own.publicUrl ?? null,
        trustedProxies: own.proxies ?? [],
        proxyPort: null,
        controlUiPort: null,
      },
    },
  )
}

describe("who visits", () => {
  it.each([
    ["a browser of this machine", visit("127.0.0.1", {}), { address: "127.0.0.1", local: true, https: false }],
    ["a browser of the network", visit("192.168.1.7", {}), { address: "192.168.1.7", local: false }],
    [
      "this machine, saying it is forwarded",
      visit("127.0.0.1", { "x-forwarded-for": "127.0.0.1" }),
      { address: "127.0.0.1", local: false },
    ],
    [
      "a stranger who says he is this machine",
      visit("203.0.113.9", {
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "bank",
      }),
      { address: "203.0.113.9", local: false, https: false, host: "127.0.0.1:18790" },
    ],
    [
      "someone behind a declared proxy",
      visit(
        "10.0.0.2",
        { "x-forwarded-for": "9.9.9.9, 203.0.113.9", "x-forwarded-proto": "https", "x-forwarded-host": "gate.test" },
        { proxies: ["10.0.0.0/8"] },
      ),
      { address: "203.0.113.9", local: false, https: true, host: "gate.test" },
    ],
    [
      "someone on the listener for proxies",
      visit("127.0.0.1", { "x-forwarded-for": "203.0.113.9" }, { listener: "proxy" }),
      { address: "203.0.113.9", local: false },
    ],
    [
      "someone behind a declared proxy, where the public URL is known",
      visit("10.0.0.2", { host: "backend" }, { proxies: ["10.0.0.2"], publicUrl: "https://gate.test" }),
      { https: true, host: "gate.test" },
    ],
    [
      "someone who used the public name through a tunnel",
      visit("127.0.0.1", { host: "gate.test" }, { publicUrl: "https://gate.test" }),
      { https: true, host: "gate.test" },
    ],
    ["an encrypted connection", visit("192.168.1.7", {}, { encrypted: true }), { https: true }],
  ])("%s", (_case, found, expected) => {
    expect(found).toMatchObject(expected)
  })
})

it("passes on nothing that only a proxy or the framework may say", () => {
  const headers: Record<string, string> = {
    host: "127.0.0.1:18790",
    cookie: "kept",
    rsc: "1",
    forwarded: "for=127.0.0.1",
    "x-real-ip": "127.0.0.1",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-host": "bank",
    "x-forwarded-port": "1",
    "x-middleware-subrequest": "proxy",
    "x-middleware-rewrite": "/x",
    "x-gatehouse-address": "127.0.0.1",
    "x-nextjs-data": "1",
    "x-matched-path": "/audit",
    "x-nonce": "mine",
  }
  passOn(headers, { address: "203.0.113.9", local: false, https: true, host: "gate.test" }, address)
  expect(headers).toEqual({
    host: "127.0.0.1:18790",
    cookie: "kept",
    rsc: "1",
    [address]: "203.0.113.9",
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "gate.test",
  })
})

it.each([
  ["promises https for a year", true, "max-age=31536000"],
  ["promises no https without it", false, undefined],
])("%s", (_case, https, promise) => {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  protect(response, { https })
  expect(response.getHeader("strict-transport-security")).toBe(promise)
  expect(response.getHeaders()).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" })
})
