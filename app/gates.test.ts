import { beforeAll, describe, expect, it, vi } from "vitest"
import { type Capability, hasCapability } from "@/lib/auth/capabilities"
import { openTestSession, testCookie } from "@/lib/auth/testing"
import { endSession } from "@/lib/store/admin-sessions"
import { consoleRoles } from "@/lib/store/console-role"
import { installStore } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"

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

/** Every loader and every action of the console, with the one capability that it asks for. */
const gates: Record<string, Record<string, Capability>> = {
  "/app/(console)/account/actions.ts": {
    changePasswordAction: "account.change",
    endSessionAction: "account.change",
    endOtherSessionsAction: "account.change",
    setShortcutsAction: "account.change",
  },
  "/app/(console)/devices/actions.ts": {
    rotateTokenAction: "devices.rotate",
    revokeTokenAction: "devices.revoke",
    editScopesAction: "devices.edit-scopes",
    disconnectAction: "devices.disconnect",
    takeBackSilentAction: "devices.take-back",
    extendGrantAction: "devices.extend",
    renameDeviceAction: "devices.rename",
    noteDeviceAction: "devices.note",
    tagDevicesAction: "devices.tag",
    labelDevicesAction: "devices.rename",
    summariseCutOffAction: "devices.revoke",
    revokeDevicesAction: "devices.revoke",
    removeDevicesAction: "devices.remove",
    mergeDuplicatesAction: "devices.remove",
    blockDeviceAction: "devices.block",
    unblockDeviceAction: "devices.unblock",
    removeDeviceAction: "devices.remove",
  },
  "/app/(console)/devices/views/actions.ts": {
    saveViewAction: "views.change",
    renameViewAction: "views.change",
    shareViewAction: "views.share",
    deleteViewAction: "views.change",
    setDefaultViewAction: "views.change",
  },
  "/app/(console)/policy/actions.ts": { changePolicyAction: "policy.change" },
  "/app/(console)/requests/actions.ts": {
    approveAction: "requests.approve",
    rejectAction: "requests.reject",
    reopenAction: "requests.reopen",
    undoAction: "devices.revoke",
    blockAction: "devices.block",
  },
  "/app/(console)/requests/bulk/actions.ts": {
    summariseAction: "requests.approve",
    approveRequestsAction: "requests.approve",
    rejectRequestsAction: "requests.reject",
  },
  "/app/(console)/settings/admins/actions.ts": {
    inviteAdminAction: "admins.manage",
    makeAdminLinkAction: "admins.manage",
    changeAdminRoleAction: "admins.manage",
    disableAdminAction: "admins.manage",
    enableAdminAction: "admins.manage",
    endAdminSessionsAction: "admins.manage",
  },
  "/app/(console)/settings/limits/actions.ts": { changeSettingsAction: "settings.change" },
  "/app/(console)/settings/templates/actions.ts": { saveTemplatesAction: "settings.change" },
  "/app/(console)/settings/upstream/actions.ts": {
    checkUpstreamAction: "settings.change",
    switchOnAction: "settings.change",
    switchOffAction: "settings.change",
  },
  "/app/(console)/settings/token/actions.ts": { showTokenAction: "secret.show", rotateTokenAction: "secret.rotate" },
  "/lib/console/account.ts": { loadAccount: "account.see", loadSessions: "account.see" },
  "/lib/console/audit.ts": {
    loadAuditPage: "audit.see",
    loadAuditSummary: "audit.see",
    loadAuditNews: "audit.see",
    loadAuditActors: "audit.see",
    exportAudit: "audit.export",
  },
  "/lib/console/blocked-keys.ts": { loadBlockedKeys: "devices.see" },
  "/lib/console/bulk.ts": { loadBulk: "requests.see", loadWarnedSince: "requests.see" },
  "/lib/console/device.ts": { loadDevice: "devices.see" },
  "/lib/console/device-why.ts": { loadWhy: "devices.see" },
  "/lib/console/device-events.ts": { loadDeviceEvents: "devices.see" },
  "/lib/console/device-views.ts": { loadDeviceViews: "devices.see" },
  "/lib/console/devices.ts": {
    loadDevices: "devices.see",
    loadDeviceFacets: "devices.see",
    exportDevices: "devices.export",
    loadDuplicates: "devices.see",
  },
  "/lib/console/overview.ts": { loadOverview: "overview.see" },
  "/lib/console/policy.ts": {
    loadPolicy: "policy.see",
    loadPolicyVersion: "policy.see",
    loadPolicyVersions: "policy.see",
  },
  "/lib/console/locality.ts": { loadLocalityGround: "policy.see" },
  "/lib/console/requests.ts": {
    loadRequestQueue: "requests.see",
    loadWaitingRequests: "requests.see",
    loadWaitingCounts: "requests.see",
    loadRequest: "requests.see",
    loadEndedRequests: "requests.see",
  },
  "/lib/console/search.ts": { loadFound: "devices.see" },
  "/lib/console/settings.ts": {
    loadAdmins: "admins.see",
    loadSettings: "settings.see",
    loadSharedToken: "secret.see",
    loadGateway: "settings.see",
  },
  "/lib/console/templates.ts": { loadTemplates: "requests.see" },
  "/lib/console/upstream.ts": { loadUpstreamFacts: "settings.see" },
  "/lib/console/shell.ts": { loadShell: "gateway.see" },
}

/** What somebody without a session may call, from a page of this console only. */
const open: Record<string, readonly string[]> = {
  "/app/(console)/actions.ts": ["signOutAction"],
  "/app/link/actions.ts": ["checkLinkAction", "setPasswordAction"],
  "/app/set-up/actions.ts": ["checkSetupAction", "setUpAction"],
  "/app/sign-in/actions.ts": ["signInAction"],
}

/** The one loader for strangers: what stands around the sign-in form. */
const forStrangers = ["/lib/console/door.ts loadDoor"]

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
