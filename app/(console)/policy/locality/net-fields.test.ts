import { expect, it } from "vitest"
import { cameFrom, fromFields, toFields } from "./net-fields"

const net = {
  peerAddress: "192.168.1.9",
  host: "gateway.lan:18790",
  origin: null,
  headers: { "x-forwarded-for": "10.0.0.1, 10.0.0.2", via: "1.1 proxy" },
  trustedProxies: ["192.168.1.9", "10.0.0.0/8"],
  isControlUi: false,
}

it("a connect goes through the fields and back unchanged", () => {
  expect(fromFields(toFields(net, net.trustedProxies))).toEqual({ net, unreadable: [] })
})

it("a pasted request brings its Host and Origin along, and a line that is no header is named", () => {
  const pasted = "Host: localhost:18790\nOrigin: https://page.example\nX-Real-IP: 10.0.0.1\n\nGET / HTTP/1.1"
  const fields = { ...toFields({ ...net, host: null, headers: {} }, []), headers: pasted }
  expect(fromFields(fields)).toEqual({
    net: {
      ...net,
      host: "localhost:18790",
      origin: "https://page.example",
      headers: { "x-real-ip": "10.0.0.1" },
      trustedProxies: [],
    },
    unreadable: ["GET / HTTP/1.1"],
  })
})

it("connects through one proxy are told apart by whom it passes on, as it says", () => {
  expect(cameFrom(net)).toBe("10.0.0.1, 10.0.0.2 through 192.168.1.9")
  expect(cameFrom({ ...net, headers: { via: "1.1 proxy" } })).toBe("192.168.1.9")
})
