import type { z } from "zod"
import { type MethodName, mayCall } from "@/lib/pairing/may-call"
import type { Reply, RequestFrame, WireError } from "./frames"
import { issueText } from "./issue-text"
import type { Session } from "./session"
import { plainText } from "./text"

/** One method of the wire, with its params already parsed when it runs. */
export type Method = {
  readonly name: MethodName
  /** True when it changes something: its answer goes out even if it cut off its own session. */
  readonly isCommand: boolean
  readonly answer: (session: Session, params: unknown) => Promise<Reply>
}

type Definition<P> = Omit<Method, "answer"> & {
  readonly params: z.ZodType<P>
  readonly run: (session: Session, params: P) => Promise<Reply>
}

/** Ties a method to the closed form of its params. */
export function method<P>({ params, run, ...facts }: Definition<P>): Method {
  return {
    ...facts,
    async answer(session, raw) {
      const parsed = params.safeParse(raw ?? {})
      if (parsed.success) return run(session, parsed.data)
      return refuse(`invalid ${facts.name} params: ${issueText(parsed.error.issues)}`)
    },
  }
}

/** A refusal with the code that nearly every refusal of a method has. */
export function refuse(message: string, code: WireError["code"] = "INVALID_REQUEST"): Reply {
  return { ok: false, error: { code, message } }
}

export type Dispatcher = { readonly receive: (frame: RequestFrame) => void }

// Calls of methods that the role never has, in a row, after which the connection is closed.
const maxUnauthorized = 10

/** Answers the requests of one session: known method, right role, scope held, params well formed, not too many. */
export function createDispatcher(
  session: Session,
  methods: ReadonlyMap<string, Method>,
  maxInWork: number,
  onReply: (frame: RequestFrame, reply: Reply) => void = () => {},
): Dispatcher {
  let unauthorized = 0

  /** What can be answered without running anything. */
  function refuseEarly(frame: RequestFrame, found: Method | undefined): Reply | null {
    if (frame.method === "connect") return refuse("connect is only valid as the first request")
    if (found === undefined) return refuse(`unknown method: ${plainText(frame.method, 64) ?? ""}`)
    const refused = mayCall(session, found.name)
    if (refused?.because === "wrong-role") return refuse(`unauthorized role: ${session.role}`)
    if (refused?.because === "missing-scope") return missingScope(refused.scope)
    if (session.inWork() < maxInWork) return null
    const error = {
      code: "UNAVAILABLE",
      message: "too many requests at once",
      retryable: true,
      retryAfterMs: 500,
    } as const
    return { ok: false, error }
  }

  async function work(frame: RequestFrame, found: Method) {
    const done = session.begin()
    try {
      const reply = await found.answer(session, frame.params)
      onReply(frame, reply)
      // What was read under rights that ended meanwhile is not told any more.
      if (session.isAlive() || found.isCommand) session.respond(frame.id, reply)
    } catch (error) {
      console.error(`The method ${found.name} failed:`, error)
      const failure = { code: "UNAVAILABLE", message: "internal error", retryable: true } as const
      session.respond(frame.id, { ok: false, error: failure })
    } finally {
      done()
    }
  }

  return {
    receive(frame) {
      if (!session.isAlive()) return
      const found = methods.get(frame.method)
      const early = refuseEarly(frame, found)
      const isWrongRole = found !== undefined && mayCall(session, found.name)?.because === "wrong-role"
      unauthorized = isWrongRole ? unauthorized + 1 : 0
      if (unauthorized > maxUnauthorized) return session.cutOff(1008, "repeated unauthorized calls")
      if (early !== null || found === undefined) {
        if (early === null) return
        onReply(frame, early)
        session.respond(frame.id, early)
        return
      }
      void work(frame, found)
    },
  }
}

function missingScope(scope: string): Reply {
  const details = { code: "MISSING_SCOPE", missingScope: scope, requiredScopes: [scope] }
  return { ok: false, error: { code: "FORBIDDEN", message: `missing scope: ${scope}`, details } }
}
