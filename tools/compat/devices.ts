import { type Checks, mustHold } from "../checks"
import { ask, phone, printedJson, refusedJson, type Setting } from "./setting"

/** `openclaw devices …` by the loopback URL, where the tool sends no device, about phones that really knock. */
export async function checkDevices({ check }: Checks, setting: Setting): Promise<void> {
  const state = setting.stateDir("owner")
  const mobile = phone(setting, "Anna's phone", "203.0.113.20")
  const openclaw = (...args: string[]) => ask(setting, state, ["devices", ...args])
  const readWrite = ["operator.read", "operator.write"]

  await check("devices list: empty", async () => {
    mustHold(printedJson(await openclaw("list")), { pending: [], paired: [] })
  })

  await check("devices list: shows who asks", async () => {
    const requestId = await mobile.request(readWrite, "not-paired")
    mustHold(printedJson(await openclaw("list")), {
      pending: [
        {
          requestId,
          deviceId: mobile.deviceId,
          displayName: "Anna's phone",
          platform: "ios",
          clientId: "openclaw-ios",
          role: "operator",
          roles: ["operator"],
          scopes: readWrite,
          remoteIp: "203.0.113.20",
          silent: false,
          isRepair: false,
        },
      ],
      paired: [],
    })
  })

  await check("devices approve without an id: a preview only", async () => {
    const requestId = await mobile.request(readWrite, "not-paired")
    const preview = await openclaw("approve")
    mustHold(preview.exitCode, 1)
    mustHold(JSON.parse(preview.stdout), { selected: { requestId }, approveCommand: new RegExp(requestId) })
    mustHold(printedJson(await openclaw("list")), { pending: [{ requestId }], paired: [] })
  })

  await check("devices approve: the phone is in, and its ceiling is what it asked", async () => {
    const requestId = await mobile.request(readWrite, "not-paired")
    mustHold(printedJson(await openclaw("approve", requestId)), {
      requestId,
      device: { deviceId: mobile.deviceId, roles: ["operator"], tokens: [{ role: "operator", scopes: readWrite }] },
    })
    const inside = await mobile.enter(readWrite)
    mustHold(inside.hello.auth, { scopes: readWrite, deviceToken: /^[\w-]{43}$/ })
    await inside.close()
  })

  await check("devices approve: an unknown request is named as such", async () => {
    const refused = await openclaw("approve", "00000000-0000-4000-8000-000000000000")
    mustHold(refused.exitCode, 1)
    mustHold(refused.stderr, /No pending device request matches/)
  })

  await check("devices rename", async () => {
    const renamed = await openclaw("rename", "--device", mobile.deviceId, "--name", "Kitchen")
    mustHold(printedJson(renamed), { deviceId: mobile.deviceId, label: "Kitchen" })
    mustHold(printedJson(await openclaw("list")), {
      paired: [{ operatorLabel: "Kitchen", displayName: "Anna's phone" }],
    })
  })

  await check("devices rotate to fewer scopes: the live socket closes, the ceiling stays (seed 2)", async () => {
    const live = await mobile.enter(readWrite)
    const { deviceToken } = live.hello.auth
    if (deviceToken === undefined) throw new Error("no device token")
    const rotated = await openclaw(
      "rotate",
      "--device",
      mobile.deviceId,
      "--role",
      "operator",
      "--scope",
      "operator.read",
    )
    const answer = printedJson(rotated)
    mustHold(answer, { deviceId: mobile.deviceId, role: "operator", scopes: ["operator.read"] })
    mustHold(answer, { token: undefined, tokenDelivery: "withheld-cross-device" })
    mustHold((await live.closed).code, 4001)
    const stale = await mobile.knock(readWrite, { deviceToken })
    mustHold(stale, { ok: false, error: { details: { code: "AUTH_DEVICE_TOKEN_MISMATCH" } } })
    const again = await mobile.enter(readWrite)
    mustHold(again.hello.auth.scopes, readWrite)
    await again.close()
  })

  await check("devices rotate beyond what was approved: refused", async () => {
    const refused = await openclaw(
      "rotate",
      "--device",
      mobile.deviceId,
      "--role",
      "operator",
      "--scope",
      "operator.admin",
    )
    mustHold(refusedJson(refused), { ok: false, error: { message: /device token rotation denied/ } })
  })

  await check("devices revoke: the live socket closes, the next connect asks for its role again", async () => {
    const live = await mobile.enter(readWrite)
    const revoked = await openclaw("revoke", "--device", mobile.deviceId, "--role", "operator")
    mustHold(printedJson(revoked), { deviceId: mobile.deviceId, role: "operator" })
    mustHold((await live.closed).code, 4001)
    await mobile.request(readWrite, "role-upgrade")
  })

  await check("devices reject: the phone is told, and told to pause", async () => {
    const requestId = await mobile.request(readWrite, "role-upgrade")
    mustHold(printedJson(await openclaw("reject", requestId)), { requestId, deviceId: mobile.deviceId })
    const refused = await mobile.knock(readWrite)
    mustHold(refused, {
      ok: false,
      error: { details: { reason: "rejected", pauseReconnect: true, requestId: undefined } },
    })
  })

  await check("devices remove", async () => {
    mustHold(printedJson(await openclaw("remove", mobile.deviceId)), { deviceId: mobile.deviceId })
    mustHold(printedJson(await openclaw("list")), { pending: [], paired: [] })
  })

  await check("devices clear --pending: nobody is left", async () => {
    const paired = phone(setting, "Ben's tablet", "203.0.113.21")
    printedJson(await openclaw("approve", await paired.request(["operator.read"], "not-paired")))
    const waiting = phone(setting, "Cleo's laptop", "203.0.113.22")
    const requestId = await waiting.request(["operator.read"], "not-paired")
    mustHold(printedJson(await openclaw("clear", "--yes", "--pending")), {
      removedDevices: [paired.deviceId],
      rejectedPending: [requestId],
    })
    mustHold(printedJson(await openclaw("list")), { pending: [], paired: [] })
  })

  await check("gateway health", async () => {
    mustHold(printedJson(await ask(setting, state, ["gateway", "health"])), { ok: true })
  })

  await check("gateway probe", async () => {
    const printed = printedJson(await ask(setting, state, ["gateway", "probe"]))
    mustHold(printed, { ok: true, primaryTargetId: "explicit" })
    const seen = { connect: { ok: true }, auth: { role: "operator", capability: "connected_no_operator_scope" } }
    mustHold(printed, { targets: { 0: { id: "explicit", active: true, ...seen } } })
  })

  await check("a wrong shared token is refused", async () => {
    const refused = await ask({ ...setting, token: "wrong" }, state, ["devices", "list"])
    mustHold(refusedJson(refused), { ok: false, error: { message: /unauthorized/ } })
  })
}
