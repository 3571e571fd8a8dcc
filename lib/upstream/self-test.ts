import { isLoopback } from "@/lib/pairing/locality"
import type { CheckName, CheckStep } from "@/lib/store/upstream-board"
import { backendParams } from "./backend"
import { type DialFailure, type Dialled, dial, type Target } from "./dial"
import { failureText } from "./failure-text"
import type { UpstreamResponse } from "./frames"
import { createRequester } from "./requester"

/** Releases of the real gateway that this version was tried with. */
export const knownReleases: readonly string[] = ["2026.9.6"]

const order: readonly CheckName[] = [
  ...(["loopback", "reachable", "secret-needed", "secret-right", "release", "scopes-kept"] as const),
  ...(["header-kept", "methods-kept", "auto-approve-off", "own-secret"] as const),
]

export type SelfTest = {
  readonly steps: readonly CheckStep[]
  /** The first failure to reach it at all or with the secret; null when it was reached. */
  readonly failure: DialFailure | null
}

type Options = {
  readonly timeoutMs: number
  /** The secret that devices present here. */
  readonly ownSecret: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks at everything that serving through a gateway rests on: that it is on this machine and wants a secret, that a
 * session holds exactly what it asked and the header allows, and that its methods are refused to who lacks a scope.
 * What holds for this release is not promised for the next one, so it is looked at again at every reconnect.
 */
export async function selfTest(target: Target, options: Options): Promise<SelfTest> {
  const steps: CheckStep[] = []
  const note: Note = (name, result, found = "") => {
    const known = steps.findIndex((step) => step.name === name)
    steps.splice(known < 0 ? steps.length : known, known < 0 ? 0 : 1, { name, result, found })
  }
  const end = (failure: DialFailure | null): SelfTest => {
    const skipped = order.filter((name) => steps.every((step) => step.name !== name))
    return { steps: [...steps, ...skipped.map((name): CheckStep => ({ name, result: "skipped", found: "" }))], failure }
  }
  const knock = (scopes: readonly string[], header: readonly string[], secret: Target["secret"] | null) =>
    dial(target, {
      scopes: header,
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      compose: () => backendParams({ secret }, { scopes, displayName: "gatehouse self-test" }),
    })

  const isHere = isOnThisMachine(target.url)
  note("loopback", isHere ? "good" : "bad", isHere ? "" : `${target.url} is not an address of this machine.`)
  if (!isHere) return end(null)

  const stranger = await knock([], [], null)
  if (stranger.ok) {
    stranger.socket.close()
    note("reachable", "good")
    note("secret-needed", "bad", "It let in a connection without any secret.")
    return end(null)
  }
  if (stranger.failure.kind !== "wrong-secret") {
    note("reachable", "bad", failureText(stranger.failure))
    return end(stranger.failure)
  }
  note("reachable", "good")
  note("secret-needed", "good")

  const nothing = await knock([], [], target.secret)
  if (!nothing.ok) {
    note(nothing.failure.kind === "wrong-secret" ? "secret-right" : "reachable", "bad", failureText(nothing.failure))
    return end(nothing.failure)
  }
  note("secret-right", "good")
  noteRelease(note, nothing.hello.server.version)
  const unasked = await grantedAndClosed(nothing)

  const read = ["operator.read"]
  const reader = await knock(read, read, target.secret)
  if (!reader.ok) return end(reader.failure)
  const isExact = unasked.length === 0 && reader.hello.auth.scopes.join() === read.join()
  note(
    "scopes-kept",
    isExact ? "good" : "bad",
    isExact ? "" : `Asked for nothing and for ${read}, it granted [${unasked}] and [${reader.hello.auth.scopes}].`,
  )
  if (!(await noteMethods(note, reader, options))) return end({ kind: "late" })

  const admin = await knock(["operator.admin"], read, target.secret)
  if (!admin.ok) return end(admin.failure)
  const beyond = (await grantedAndClosed(admin)).filter((scope) => !read.includes(scope))
  note(
    "header-kept",
    beyond.length === 0 ? "good" : "bad",
    beyond.length === 0 ? "" : `Capped to ${read} by header, a session got ${beyond.join(" and ")}.`,
  )

  const owner = await knock(["operator.admin"], ["operator.admin"], target.secret)
  if (!owner.ok) return end(owner.failure)
  if (!(await noteAutoApproval(note, owner, options))) return end({ kind: "late" })
  const isShared = target.secret.value === options.ownSecret
  note("own-secret", isShared ? "bad" : "good", isShared ? "It is the very token that devices present here." : "")
  return end(null)
}

type Note = (name: CheckName, result: CheckStep["result"], found?: string) => void

function isOnThisMachine(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === "localhost" || isLoopback(hostname)
}

async function grantedAndClosed(dialled: Session): Promise<readonly string[]> {
  dialled.socket.close()
  return dialled.hello.auth.scopes
}

function noteRelease(note: Note, version: string): void {
  const isKnown = knownReleases.includes(version)
  note(
    "release",
    isKnown ? "good" : "advice",
    isKnown ? version : `${version} is another release than those this was tried with (${knownReleases.join(", ")}).`,
  )
}

type Session = Extract<Dialled, { ok: true }>

/** False where no answer came in time, which says nothing about it. */
async function noteMethods(note: Note, reader: Session, options: Options): Promise<boolean> {
  const answer = await askOnce(reader, "device.pair.list", options)
  if (answer === null) return false
  const isRefused = !answer.ok && answer.error?.details?.code === "MISSING_SCOPE"
  note(
    "methods-kept",
    isRefused ? "good" : "bad",
    isRefused ? "" : "A session that may only read was not refused the list of paired devices.",
  )
  return true
}

async function noteAutoApproval(note: Note, owner: Session, options: Options): Promise<boolean> {
  const answer = await askOnce(owner, "config.get", options)
  if (answer === null) return false
  const gateway = readPath(answer.payload, ["runtimeConfig", "gateway"])
  const bind = readPath(gateway, ["bind"])
  if (bind !== undefined && bind !== "loopback")
    note("loopback", "bad", `It listens beyond this machine (bind: ${bind}).`)
  const isOff = readPath(gateway, ["nodes", "pairing", "autoApproveLocal"]) === false
  note(
    "auto-approve-off",
    isOff ? "good" : "bad",
    isOff ? "" : "It lets nodes of this machine in by itself, and forgets such nodes again.",
  )
  return true
}

async function askOnce({ socket }: Session, method: string, { timeoutMs }: Options): Promise<UpstreamResponse | null> {
  const { request, close } = createRequester(socket, timeoutMs)
  const answer = await request(method, {})
  close()
  return answer
}

function readPath(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value
  if (typeof value !== "object" || value === null) return undefined
  return readPath(Reflect.get(value, key), rest)
}
