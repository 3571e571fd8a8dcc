import { afterEach, expect } from "vitest"
import { startTestGateway, type TestGateway } from "@/lib/gateway/testing"
import type { UpstreamReport } from "@/lib/store/upstream-board"
import { type ControlUiOptions, openControlUi } from "./control-ui"
import { type Behaviour, type FakeUpstream, startFakeUpstream } from "./fake-upstream"
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from "./front-door"
import { createHandedTokens } from "./handed-tokens"

const cleanUps: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Times of a front door for tests: everything sooner. */
export const shortTimes = {
  firstRetryMs: 20,
  longestRetryMs: 100,
  distrustMs: 100,
  dialMs: 8_000,
  answerMs: 8_000,
  measureMs: 50,
}

export type TestDoor = {
  readonly upstream: FakeUpstream
  readonly gateway: TestGateway
  readonly door: FrontDoor
  /** Where the page of the gateway behind is. */
  readonly page: string
}

type Limits = {
  readonly limits?: FrontDoorOptions["limits"]
  /** Another gateway behind than the fake one, and what it changes to. */
  readonly configured?: FrontDoorOptions["configured"] | undefined
  /** False: connects are decided about as if nothing were behind, as in the moment before it was switched on. */
  readonly isSeen?: boolean | undefined
  readonly pageOptions?: Partial<Pick<ControlUiOptions, "limits" | "encrypted">> | undefined
}

type Options = Partial<Behaviour> & Limits

/** A fake gateway (or one that is there already), and a gateway with a front door before it, up. */
export async function startTestDoor(
  { limits, isSeen, pageOptions, configured, ...behaviour }: Options = {},
  before?: FakeUpstream,
): Promise<TestDoor> {
  const upstream = before ?? (await startFakeUpstream(behaviour))
  if (before === undefined) cleanUps.push(() => upstream.stop().catch(() => {}))
  const started = await startDoorBefore(upstream, { limits, isSeen, pageOptions, configured })
  await untilState(started.gateway, "up")
  return { upstream, ...started }
}

/** A gateway with a front door before a fake one, in whatever state. */
export async function startDoorBefore(
  upstream: Pick<FakeUpstream, "url" | "behaviour">,
  { limits, isSeen = true, pageOptions, configured }: Limits = {},
): Promise<Omit<TestDoor, "upstream">> {
  const target = { url: upstream.url, secret: { kind: "token", value: upstream.behaviour.secret } } as const
  const handed = createHandedTokens()
  let door: FrontDoor | null = null
  const gateway = await startTestGateway({
    serveWith: async (store) => {
      door = await openFrontDoor({
        store,
        configured: configured ?? (async () => ({ target, source: "environment" })),
        limits: { dialMs: 8_000, spareMs: 400, ...limits },
        times: shortTimes,
      })
      return { ...door, ...(!isSeen && { isOn: () => false }), serve: handed.serving(door.serve) }
    },
    besides: (store, gateway) => {
      const link = () => door?.link() ?? null
      return openControlUi({ store, gateway, link, handed, encrypted: false, ...pageOptions })
    },
  })
  cleanUps.push(gateway.close)
  if (door === null) throw new Error("no front door was opened")
  const opened: FrontDoor = door
  cleanUps.push(opened.close)
  return { gateway, door: opened, page: `http://127.0.0.1:${gateway.besidesPort}` }
}

/** Waits until the console would show this state. */
export async function untilState(gateway: TestGateway, state: UpstreamReport["state"]): Promise<void> {
  await expect.poll(() => gateway.store.upstream.report().state, { timeout: 8_000 }).toBe(state)
}
