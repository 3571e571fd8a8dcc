import "server-only"
import { z } from "zod"
import { requireAdmin } from "@/lib/auth/admin"
import type { NetFacts } from "@/lib/pairing/facts"
import { isLoopback, judgeLocality } from "@/lib/pairing/locality"
import { currentStore } from "@/lib/store/instance"
import type { LiveConnection } from "@/lib/store/presence"
import type { Store } from "@/lib/store/store"
import type { LocalityGround, RecentConnect } from "./locality-types"

const mostLookedAt = 200
const mostShown = 30
/** Fewer devices at one address are a household of one machine. */
const fewDevices = 3

const storedNet: z.ZodType<NetFacts> = z.object({
  peerAddress: z.string(),
  host: z.string().nullable(),
  origin: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  trustedProxies: z.array(z.string()),
  isControlUi: z.boolean().default(false),
})
const storedFacts = z.object({ net: storedNet, metadata: z.object({ displayName: z.string().nullable() }) })

/** What the locality tester starts with: the connects of late, and what looks wrong about all of them together. */
export async function loadLocalityGround(): Promise<LocalityGround> {
  await requireAdmin("policy.see")
  const store = currentStore()
  const { policy } = await store.policy()
  const connects = await readConnects(store)
  const seen = store.presence.proxiesSeen().filter(({ declared }) => !declared)
  const forwarding = connects.filter(({ net }) => judgeLocality(net, policy).because.kind === "forwarding-header")
  return {
    tsNetHostIsLocal: policy.tsNetHostIsLocal,
    firstPartyOrigins: policy.firstPartyOrigins,
    trustedProxies: store.gatewayInfo.trustedProxies,
    recent: connects.slice(0, mostShown),
    undeclared: [...new Set([...seen.map(({ address }) => address), ...forwarding.map(({ net }) => net.peerAddress)])]
      // What was declared since is no news.
      .filter((address) => !store.gatewayInfo.trustedProxies.includes(address)),
    shared: sharedAddress(connects, await store.presence.list()),
  }
}

async function readConnects({ db }: Store): Promise<readonly RecentConnect[]> {
  const attempts = await db.connectAttempt.findMany({
    orderBy: { lastAtMs: "desc" },
    select: { id: true, deviceId: true, lastAtMs: true, facts: true },
    take: mostLookedAt,
  })
  const labels = await db.device.findMany({
    where: { deviceId: { in: attempts.map(({ deviceId }) => deviceId) } },
    select: { deviceId: true, label: true },
  })
  const labelOf = new Map(labels.map(({ deviceId, label }) => [deviceId, label]))
  return attempts.flatMap(({ id, deviceId, lastAtMs, facts }) => {
    // Facts of another version may lack what is needed here.
    const { data } = storedFacts.safeParse(JSON.parse(facts))
    if (data === undefined) return []
    const name = labelOf.get(deviceId) ?? data.metadata.displayName
    return [{ id, deviceId, name, atMs: lastAtMs, net: data.net }]
  })
}

/** Port mappers and tunnels make everybody come from loopback, and then everybody counts as local. */
function sharedAddress(connects: readonly RecentConnect[], live: readonly LiveConnection[]): LocalityGround["shared"] {
  const places = [
    ...connects.map(({ deviceId, net }) => ({ deviceId, address: net.peerAddress })),
    ...live.flatMap(({ deviceId, address }) => (deviceId === null ? [] : [{ deviceId, address }])),
  ]
  const addresses = new Set(places.map(({ address }) => address))
  const [address] = addresses
  const devices = new Set(places.map(({ deviceId }) => deviceId)).size
  if (address === undefined || addresses.size > 1 || devices < fewDevices || !isLoopback(address)) return null
  return { address, devices }
}
