import { describe, expect, it } from "vitest"
import { type ConsoleRole, consoleRoles } from "@/lib/store/console-role"
import { type Capability, capabilities, hasCapability, isChanging } from "./capabilities"

/** The least role that may do it: the whole table, written out by hand so that a slip in the code shows. */
const least: Record<Capability, ConsoleRole> = {
  "overview.see": "viewer",
  "requests.see": "viewer",
  "devices.see": "viewer",
  "devices.export": "viewer",
  "audit.see": "viewer",
  "audit.export": "viewer",
  "policy.see": "viewer",
  "gateway.see": "viewer",
  "account.see": "viewer",
  "account.change": "viewer",
  "views.change": "viewer",
  "requests.approve": "approver",
  "requests.reject": "approver",
  "requests.reopen": "approver",
  "devices.rename": "approver",
  "devices.note": "approver",
  "devices.tag": "approver",
  "devices.rotate": "approver",
  "devices.revoke": "approver",
  "devices.edit-scopes": "approver",
  "devices.disconnect": "approver",
  "devices.take-back": "approver",
  "devices.extend": "approver",
  "devices.block": "approver",
  "devices.unblock": "approver",
  "devices.remove": "approver",
  "policy.change": "owner",
  "settings.see": "owner",
  "settings.change": "owner",
  "views.share": "owner",
  "admins.see": "owner",
  "admins.manage": "owner",
  "secret.see": "owner",
  "secret.show": "owner",
  "secret.rotate": "owner",
}

const rank: Record<ConsoleRole, number> = { viewer: 0, approver: 1, owner: 2 }

describe.each(consoleRoles)("as %s", (role) => {
  it.each(Object.entries(least))("%s needs at least %s", (capability, needed) => {
    const named = capabilities.find((each) => each === capability)
    expect(named).toBeDefined()
    if (named) expect(hasCapability(role, named)).toBe(rank[role] >= rank[needed])
  })
})

it.each(capabilities)("%s changes something unless its name says that it only reads", (capability) => {
  expect(isChanging(capability)).toBe(!/\.(see|export)$/.test(capability))
})

it("names every capability in the table", () => {
  expect([...capabilities].sort()).toEqual(Object.keys(least).sort())
})
