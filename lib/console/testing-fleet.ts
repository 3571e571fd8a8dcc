import type { PlatformKind } from "@/lib/pairing/platform-kind"
import type { PrismaClient } from "@/lib/store/generated/sqlite/client"
import { type DeviceFilter, isFiltered } from "./device-filter"
import type { SearchParams } from "./parse-device-filter"

const dayMs = 86_400_000

/** When the lists of the tests are looked at. */
export const nowMs = 1_000 * dayMs

const total = 1_500

/** A device as the tests put it into the database, with everything that the list filters by. */
export type Seeded = {
  deviceId: string
  sortName: string
  lastSeenAtMs: number | null
  pairedAtMs: number
  isNarrowed: boolean
  endsSoon: boolean
  isRevoked: boolean
  isSilent: boolean
  isBlocked: boolean
  approvedVia: string
  platformKind: PlatformKind
  machineKey: string | null
  role: string
  scopes: string[]
  terms: string[]
  tags: string[]
}

/** More devices than are read whole, each mark on few or on many of them. */
export const fleet: readonly Seeded[] = Array.from({ length: total }, (_, index) => {
  const name = `${["laptop", "phone", "rack"][index % 3]} ${index % 40}`
  const role = index % 3 === 2 ? "node" : "operator"
  const deviceId = ((index * 7919) % 65_521).toString(16).padStart(4, "0").repeat(16)
  return {
    deviceId,
    sortName: name,
    lastSeenAtMs: index % 10 === 0 ? null : nowMs - (index % 90) * dayMs,
    pairedAtMs: nowMs - (100 + (index % 50)) * dayMs,
    isNarrowed: index % 500 === 1,
    isRevoked: index % 2 === 0,
    isSilent: index % 5 === 0,
    isBlocked: false,
    endsSoon: index % 700 === 2,
    approvedVia: index % 4 === 0 ? "local" : "person",
    platformKind: index % 60 === 4 ? "android" : index % 3 === 1 ? "ios" : "linux",
    // Three keys of each of some machines, two of which were paired at the same time.
    machineKey: index % 4 === 0 ? null : index % 30 === 1 ? `machine ${Math.floor(index / 90)}` : `machine of ${index}`,
    role,
    scopes: role === "node" ? [] : ["operator.read", ...(index % 100 === 3 ? ["operator.admin"] : [])],
    tags: [...(index % 7 === 0 ? ["kiosk"] : []), ...(index % 4 !== 0 ? ["fleet"] : [])],
    terms: [...name.split(" "), deviceId, `role:${role}`],
  }
})

/** Those of them that are connected. */
export const online = new Set(fleet.slice(0, 7).map((device) => device.deviceId))

/** Writes the fleet with its terms and scopes. */
export async function seedFleet(db: PrismaClient): Promise<void> {
  await db.device.createMany({
    data: fleet.map(({ role, scopes, terms: _terms, tags: _tags, ...device }) => ({
      ...device,
      publicKey: device.deviceId,
      roles: role,
      approvedScopes: scopes.join(" "),
      approvedAtMs: device.pairedAtMs,
      revision: 1,
    })),
  })
  const machines = [...new Set(fleet.flatMap(({ machineKey }) => machineKey ?? []))]
  await db.machine.createMany({
    data: machines.map((machineKey) => ({
      machineKey,
      pairings: fleet.filter((device) => device.machineKey === machineKey).length,
    })),
  })
  await db.deviceTerm.createMany({
    data: fleet.flatMap(({ deviceId, terms }) => terms.map((term) => ({ deviceId, term }))),
  })
  await db.deviceTag.createMany({
    data: fleet.flatMap(({ deviceId, tags }) => tags.map((tag) => ({ deviceId, tag }))),
  })
  await db.deviceScope.createMany({
    data: fleet.flatMap(({ deviceId, scopes }) => scopes.map((scope) => ({ deviceId, kind: "approved", scope }))),
  })
}

function siblings({ machineKey }: Seeded): readonly Seeded[] {
  return machineKey === null ? [] : fleet.filter((other) => other.machineKey === machineKey)
}

function isNewest(device: Seeded): boolean {
  return siblings(device).every(
    (other) =>
      other.pairedAtMs < device.pairedAtMs ||
      (other.pairedAtMs === device.pairedAtMs && other.deviceId <= device.deviceId),
  )
}

/** Whether the list of a filter shows a device: older keys of a machine are folded where nothing is filtered. */
export function shows(filter: DeviceFilter, device: Seeded): boolean {
  return matches(device, filter) && (isFiltered(filter) || isNewest(device))
}

/** Whether a filter lets a device through, worked out without a database. */
export function matches(device: Seeded, filter: DeviceFilter): boolean {
  return (
    filter.q.split(" ").every((word) => device.terms.some((term) => term.startsWith(word))) &&
    (filter.role === null || device.role === filter.role) &&
    (filter.scope === null || device.scopes.includes(filter.scope)) &&
    (filter.tag === null || device.tags.includes(filter.tag)) &&
    (filter.via === null || device.approvedVia === filter.via) &&
    (filter.platform === null || device.platformKind === filter.platform) &&
    (!filter.marks.includes("narrowed") || device.isNarrowed) &&
    (!filter.marks.includes("revoked") || device.isRevoked) &&
    (!filter.marks.includes("silent") || device.isSilent) &&
    (!filter.marks.includes("blocked") || device.isBlocked) &&
    (!filter.marks.includes("ending-soon") || device.endsSoon) &&
    (!filter.marks.includes("never-used") || (device.lastSeenAtMs === null && !online.has(device.deviceId))) &&
    (!filter.marks.includes("duplicate") || siblings(device).length > 1) &&
    (!filter.marks.includes("online") || online.has(device.deviceId)) &&
    (filter.unseenDays === null || !online.has(device.deviceId)) &&
    (filter.unseenDays === null || (device.lastSeenAtMs ?? device.pairedAtMs) < nowMs - filter.unseenDays * dayMs)
  )
}

/** Lists that between them use every filter and every order, wide and narrow. */
export const lists: readonly (readonly [string, SearchParams])[] = [
  ["everything by name", {}],
  ["everything by name, backwards", { sort: "-name" }],
  ["everything by last seen, those never seen at the end", { sort: "-seen" }],
  ["longest unseen first, those never seen at the end", { sort: "seen" }],
  ["by pairing", { sort: "-paired" }],
  ["a word that many have", { q: "lap" }],
  ["two words", { q: "lap 7" }],
  ["a word that one has", { q: fleet[11]?.deviceId ?? "" }],
  ["a word that nobody has", { q: "teapot" }],
  ["a role", { role: "node" }],
  ["a role by last seen", { role: "operator", sort: "-seen" }],
  ["a rare scope", { scope: "operator.admin", sort: "-seen" }],
  ["a common scope", { scope: "operator.read" }],
  ["a common mark", { is: "revoked" }],
  ["a common mark by pairing", { is: "revoked", sort: "paired" }],
  ["a rare mark", { is: "narrowed" }],
  ["what ends soon", { is: "ending-soon" }],
  ["what ends soon, by last seen", { is: "ending-soon", sort: "-seen" }],
  ["a mark that nobody bears", { is: "blocked" }],
  ["those never used", { is: "never-used", sort: "paired" }],
  ["those never used, silent", { is: ["never-used", "silent"] }],
  ["two common marks and a role", { is: ["revoked", "silent"], role: "operator" }],
  ["a lane", { via: "local" }],
  ["a person, and a role", { via: "person", role: "operator", sort: "-name" }],
  ["a rare platform", { platform: "android" }],
  ["a common platform, by last seen", { platform: "linux", sort: "-seen" }],
  ["a platform that nobody has", { platform: "windows" }],
  ["a common platform and a common mark", { platform: "ios", is: "silent" }],
  ["a rare tag", { tag: "kiosk" }],
  ["a common tag", { tag: "fleet", sort: "-seen" }],
  ["a common tag and a common mark", { tag: "fleet", is: "revoked" }],
  ["duplicates", { is: "duplicate" }],
  ["duplicates that are revoked, by pairing", { is: ["duplicate", "revoked"], sort: "-paired" }],
  ["those online", { is: "online" }],
  ["those unseen for a month", { unseen: "30", sort: "seen" }],
  ["those unseen for a month, revoked", { unseen: "30", is: "revoked" }],
]
