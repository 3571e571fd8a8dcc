import { join } from "node:path"
import type { Commander } from "@/lib/store/actor"
import { rejectRequest } from "@/lib/store/reject-request"
import type { Store } from "@/lib/store/store"
import { approveAsConsole } from "../as-console"
import { type Agent, startAgent } from "../device/agent"
import { type Keep, openKeep } from "../device/keep"
import { asIfFrom } from "../wire-client"
import type { Character } from "./cast"

export type Ask = { readonly role?: "operator" | "node"; readonly scopes?: readonly string[] }

/** How the characters of the demo connect, and how its admins decide about them. */
export type Stage = {
  readonly store: Store
  readonly deviceId: (character: Character) => string
  /** One real handshake; throws when it does not end as expected. */
  readonly visit: (character: Character, expected: "in" | "waiting" | "refused", ask?: Ask) => Promise<void>
  /** Comes in and stays, or goes on knocking. */
  readonly stay: (character: Character, ask?: Ask) => Agent
  readonly approve: (
    character: Character,
    by: Commander,
    how?: { grant?: readonly string[]; note?: string },
  ) => Promise<void>
  readonly reject: (character: Character, by: Commander, note: string) => Promise<void>
}

/** Sets the stage on a running server. Keys and tokens of the characters are kept in the data directory. */
export function setStage(store: Store, at: { url: string; dataDir: string }): Stage {
  const keeps = new Map<string, Keep>()
  const keepOf = ({ name }: Character) => {
    const keep = keeps.get(name) ?? openKeep(join(at.dataDir, "devices"), name)
    keeps.set(name, keep)
    return keep
  }

  const start = (character: Character, ask: Ask, once: boolean) => {
    const keep = keepOf(character)
    const role = ask.role ?? character.role
    return startAgent({
      url: at.url,
      identity: keep.identity,
      role,
      scopes: ask.scopes ?? (role === "node" ? [] : character.asks),
      client: { ...character.client, displayName: character.name },
      ...(character.commands ? { commands: character.commands } : {}),
      secret: store.sharedSecret.current(),
      token: keep.token(at.url, role),
      ...(character.from === null ? {} : { dial: asIfFrom(character.from) }),
      once,
      retryMs: 4_000,
      keepToken: (token) => keep.keepToken(at.url, role, token),
      tell: () => {},
    })
  }

  const waitingRequest = async (character: Character): Promise<string> => {
    const { requestId } = await store.db.request.findFirstOrThrow({
      where: { deviceId: keepOf(character).identity.deviceId, status: "pending" },
      orderBy: { filedAtMs: "desc" },
      select: { requestId: true },
    })
    return requestId
  }

  return {
    store,
    deviceId: (character) => keepOf(character).identity.deviceId,
    visit: async (character, expected, ask = {}) => {
      const end = await start(character, ask, true).finished
      if (end !== expected) throw new Error(`${character.name} should have been ${expected} and was ${end}.`)
    },
    stay: (character, ask = {}) => start(character, ask, false),
    approve: async (character, by, how = {}) => {
      await approveAsConsole(store, { requestId: await waitingRequest(character), actor: by, ...how })
    },
    reject: async (character, by, note) => {
      const requestId = await waitingRequest(character)
      const rejection = await rejectRequest(store, { requestId, actor: by, note, nowMs: Date.now() })
      if (!rejection.ok) throw new Error(`${character.name} was not rejected: ${rejection.because}.`)
    },
  }
}
