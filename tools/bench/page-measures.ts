import { setTimeout as pause } from "node:timers/promises"
import { asIfFrom, type ConnectOptions, connect, createIdentity } from "../wire-client"
import { frameworkScript } from "./framework-script"
import { type Answer, msToAnswer, msUntilShown, type Probe, quiet, settle } from "./page-probe"
import { incumbent, type PageFigure } from "./page-report"

export type Place = { readonly name: string; readonly path: string; readonly shown: string }

/** What one kind of event costs, and what was asked for because of it. */
type Event = { readonly figures: readonly PageFigure[]; readonly asked: string }

const eventMs = 3_500

/** Files a request as a new device far away does. Linux only, see `asIfFrom`. */
export async function knock(port: number, token: string, { name, address }: { name: string; address: string }) {
  const asked: ConnectOptions = {
    ...{ url: `ws://127.0.0.1:${port}`, identity: createIdentity(), role: "operator" },
    scopes: ["operator.read", "operator.write"],
    ...{ auth: { token }, client: { displayName: name }, ...asIfFrom(address) },
  }
  const result = await connect(asked)
  if (result.ok) throw new Error("A device that should wait was let in.")
  if (result.error === null || !/pairing/i.test(result.error.message)) {
    throw new Error(`A device could not ask: ${result.error?.message ?? `closed ${result.close.code}`}`)
  }
}

/** How much script a page receives with an empty cache until it is at rest. */
export async function measureScript(probe: Probe, url: string, place: Place): Promise<PageFigure> {
  const { page, received, leave } = await probe.visit()
  await page.goto(url + place.path)
  await page.locator(place.shown).first().waitFor()
  await page.waitForLoadState("load")
  await quiet(received)
  await leave()
  return {
    ...{ name: `script of ${place.name} (${received.scripts} files)`, unit: "KB", runs: [received.scriptBytes / 1000] },
    goal: 200,
    ...(place.path === "/devices" && { incumbent: incumbent.script }),
  }
}

/** What no page can be below: React and Next, as the build lists them, without a line of ours. */
export function scriptFloor(): PageFigure {
  const { files, bytes } = frameworkScript()
  return { name: `script of React and Next alone (${files} files)`, unit: "KB", goal: null, runs: [bytes / 1000] }
}

/** How long until the list of a page is on the screen, with an empty cache. */
export async function measureList(probe: Probe, url: string, place: Place, runs: number): Promise<PageFigure> {
  const taken: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const { page, leave } = await probe.visit()
    taken.push(await msUntilShown(page, url + place.path, place.shown))
    await leave()
  }
  const compared = place.path === "/devices" ? { incumbent: incumbent.listVisible } : {}
  return { name: `list of ${place.name} visible`, unit: "ms", goal: 1_000, runs: taken, ...compared }
}

/** How long the answers to some searches take. */
export async function measureSearch(probe: Probe, url: string, name: string, paths: readonly string[]) {
  const { page, received, leave } = await probe.visit()
  await page.goto(`${url}/account`)
  await settle(page, received)
  const runs: number[] = []
  for (const path of paths) runs.push(await msToAnswer(page, path))
  await leave()
  return { name, unit: "ms", goal: 300, runs, incumbent: incumbent.search } as const satisfies PageFigure
}

/** How long after a device asked its row is in the list, and what the page received for it. */
export async function measureArrival(
  probe: Probe,
  url: string,
  arrive: (name: string) => Promise<void>,
  runs: number,
): Promise<Event> {
  const { page, received, leave } = await probe.visit()
  await page.goto(`${url}/requests`)
  await settle(page, received)
  const taken: number[] = []
  const kilobytes: number[] = []
  const asked: Answer[] = []
  for (let run = 0; run < runs; run += 1) {
    const name = `Arrival ${run}`
    const before = { bytes: received.bytes, requests: received.requests.length }
    const row = page.locator("[data-waiting]", { hasText: name })
    const startedMs = Date.now()
    const [atMs] = await Promise.all([row.waitFor({ state: "attached" }).then(Date.now, () => null), arrive(name)])
    if (atMs !== null) taken.push(atMs - startedMs)
    // What follows a change comes with a rest of its own.
    await pause(eventMs)
    kilobytes.push((received.bytes - before.bytes) / 1000)
    asked.push(...received.requests.slice(before.requests))
  }
  await leave()
  const figures = [
    { name: "new request in the list", unit: "ms", goal: 1_000, runs: taken, incumbent: incumbent.newRequest },
    { name: "received for it", unit: "KB", goal: 20, runs: kilobytes, incumbent: incumbent.bytesOfEvent },
  ] as const
  return { figures, asked: inWords(asked) }
}

/** What was asked for, and how much each answer had on the wire. */
function inWords(asked: readonly Answer[]): string {
  const words = asked.map(({ path, bytes }) => `${path.replace(/[0-9a-z]{20,}/, "…")} ${(bytes / 1000).toFixed(1)} KB`)
  return words.join(", ") || "nothing"
}

/** How long after the press of a button the row of the decided request is gone, and what the page received for it. */
export async function measureDecision(probe: Probe, url: string, runs: number): Promise<Event> {
  const { page, received, leave } = await probe.visit()
  await page.goto(`${url}/requests`)
  await settle(page, received)
  const taken: number[] = []
  const kilobytes: number[] = []
  const asked: Answer[] = []
  for (let run = 0; run < runs; run += 1) {
    const waiting = page.locator("[data-waiting]").first()
    await waiting.click()
    await page.getByRole("button", { name: /^Reject/ }).waitFor()
    await quiet(received)
    const before = { bytes: received.bytes, requests: received.requests.length }
    const id = (await waiting.getAttribute("data-waiting")) ?? ""
    await page.evaluate((requestId) => {
      document.addEventListener("click", () => performance.mark(`pressed ${requestId}`), { capture: true, once: true })
      new MutationObserver((_, observer) => {
        if (document.querySelector(`[data-waiting="${CSS.escape(requestId)}"]`) !== null) return
        performance.mark(`gone ${requestId}`)
        observer.disconnect()
      }).observe(document.body, { childList: true, subtree: true })
    }, id)
    await page.getByRole("button", { name: /^Reject/ }).click()
    await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, `gone ${id}`)
    taken.push(
      await page.evaluate(
        (requestId) => performance.measure(requestId, `pressed ${requestId}`, `gone ${requestId}`).duration,
        id,
      ),
    )
    await pause(eventMs)
    kilobytes.push((received.bytes - before.bytes) / 1000)
    asked.push(...received.requests.slice(before.requests))
  }
  await leave()
  const figures = [
    { name: "decision until the row is gone", unit: "ms", goal: 300, runs: taken, incumbent: incumbent.decision },
    { name: "received for it", unit: "KB", goal: 20, runs: kilobytes, incumbent: incumbent.bytesOfDecision },
  ] as const
  return { figures, asked: inWords(asked) }
}
