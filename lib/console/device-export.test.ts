import { describe, expect, it } from "vitest"
import { deviceCsvLine, deviceFileName, devicesCsvHeader } from "./device-export"
import type { DeviceRow } from "./device-list-types"
import { parseDeviceFilter } from "./parse-device-filter"

const row: DeviceRow = {
  ...{ deviceId: "a1", name: "Laptop", tags: ["kiosk", "wall"], approved: ["operator.read", "operator.write"] },
  roles: [{ role: "operator", current: ["operator.read"], token: "picked-up" }],
  ...{ isNarrowed: true, isSilent: false, isRevoked: false, isBlocked: false, isOnline: true, waiting: 0 },
  ...{ client: "cli", platform: "linux", pairedAtMs: 0, approvedVia: "person" },
  ...{ lastSeenAtMs: 86_400_000, lastAddress: "10.0.0.1", pairings: 1, nextEndMs: 172_800_000 },
}

describe("a device as a line of CSV", () => {
  it("has a cell for each heading", () => {
    expect(deviceCsvLine(row)).toBe(
      `${[
        "a1",
        "Laptop",
        "kiosk wall",
        "operator",
        "operator.read",
        "operator.read operator.write",
        "1970-01-03T00:00:00.000Z",
        "online narrowed",
      ]
        .concat(["person", "1970-01-01T00:00:00.000Z", "1970-01-02T00:00:00.000Z", "10.0.0.1", "cli", "linux"])
        .map((cell) => `"${cell}"`)
        .join(",")}\r\n`,
    )
    expect(devicesCsvHeader.split(",")).toHaveLength(14)
  })

  it.each(["=1+1", "+1", "-1", "@sum", "\tx"])("keeps the name %j from being run as a formula", (name) => {
    expect(deviceCsvLine({ ...row, name })).toContain(`"'${name}"`)
  })

  it("leaves empty what is not known", () => {
    const line = deviceCsvLine({
      ...row,
      nextEndMs: null,
      name: null,
      lastSeenAtMs: null,
      lastAddress: null,
      client: null,
    })
    expect(line).toContain(`"a1",""`)
    expect(line).toContain(`"operator.read operator.write","","online`)
    expect(line).toContain("never-used")
  })
})

describe("the name of the file", () => {
  it.each([
    [{}, "gatehouse-devices-1970-01-01.csv"],
    [
      { role: "node", is: ["silent", "revoked"], sort: "-seen", after: "x~y" },
      "gatehouse-devices-1970-01-01-role-node-is-silent-is-revoked.csv",
    ],
    [{ q: '../"; rm' }, "gatehouse-devices-1970-01-01-q-..-rm.csv"],
  ])("says what %j lets through", (params, name) => {
    expect(deviceFileName(parseDeviceFilter(params), 0)).toBe(name)
  })
})
