import type { TestDevice } from "./device"

/** A paired laptop that asks for more, two that wait, one that is a node. */
export async function fleet(device: (name: string) => TestDevice): Promise<TestDevice> {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await laptop.enter({ scopes: ["operator.read", "operator.write"] })
  await device("Rack 03").enter({ role: "node" })
  await device("Pixel of Jonas").knock({ scopes: ["operator.read", "operator.write"], from: "192.168.1.77" })
  await device("Kitchen display").knock({ role: "node", from: "10.0.3.7" })
  await laptop.knock({ scopes: ["operator.read", "operator.approvals", "operator.admin"], from: "192.168.1.20" })
  return laptop
}
