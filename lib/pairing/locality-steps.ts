import type { Locality, LocalityObservation } from "./decision"
import { explainLocality } from "./explain"
import type { NetFacts } from "./facts"
import { hostName, judgeLocality, parseAddress } from "./locality"
import type { Policy } from "./types"

/** One question that is asked of a connect: it `passes`, it `decides`, or it is not asked any more. */
export type LocalityStep = {
  readonly question: string
  readonly answer: string
  readonly result: "passes" | "decides" | "not-asked"
}

/** The verdict with the way to it. */
export type LocalityTrace = {
  readonly locality: Locality
  readonly steps: readonly LocalityStep[]
  /** What would change the verdict, or what the verdict hides; null where there is nothing to say. */
  readonly advice: string | null
}

type Question = {
  readonly question: string
  /** The observations that end here. */
  readonly decides: readonly LocalityObservation["kind"][]
  readonly passed: (net: NetFacts) => string
}

const addressOf = ({ peerAddress }: NetFacts) => parseAddress(peerAddress)?.toString() ?? peerAddress
const hostOf = ({ host }: NetFacts) => hostName(host) ?? ""

/** In the order in which `judgeLocality` asks. */
const questions: readonly Question[] = [
  {
    question: "Can the peer address be read?",
    decides: ["peer-unreadable"],
    passed: (net) => `yes, it is ${addressOf(net)}`,
  },
  {
    question: "Is the peer a declared proxy?",
    decides: ["declared-proxy", "declared-proxy-without-header"],
    passed: (net) => `no, ${addressOf(net)} is not declared, so its forwarding headers are not believed`,
  },
  {
    question: "Did it send a forwarding header?",
    decides: ["forwarding-header"],
    passed: () => "no, so nobody is known to stand between",
  },
  {
    question: "Is the peer this machine?",
    decides: ["peer-not-loopback"],
    passed: (net) => `yes, ${addressOf(net)} is loopback`,
  },
  { question: "Is there a Host header?", decides: ["host-missing"], passed: (net) => `yes, it names ${hostOf(net)}` },
  {
    question: "Does Host name this machine?",
    decides: ["host-not-local", "ts-net-switched-off"],
    passed: (net) =>
      hostOf(net).endsWith(".ts.net")
        ? `yes, the policy counts the tailnet name ${hostOf(net)} as this machine`
        : `yes, ${hostOf(net)}`,
  },
  {
    question: "Does a web page of another origin ask?",
    decides: ["foreign-page"],
    passed: ({ origin }) => (origin === null ? "no, it is no page" : `no, ${origin} is the gateway's own`),
  },
]

/**
 * Why a connect counts as local or not, question by question, and what would change it. The verdict is that of
 * `judgeLocality` itself; the questions stand in its order, and the one that decided is marked.
 * Source: ruling R5.
 */
export function traceLocality(
  net: NetFacts,
  policy: Pick<Policy, "tsNetHostIsLocal" | "firstPartyOrigins">,
): LocalityTrace {
  const locality = judgeLocality(net, policy)
  const { because } = locality
  const decidedAt = questions.findIndex((question) => question.decides.includes(because.kind))
  const steps = questions.map(({ question, passed }, at): LocalityStep => {
    if (decidedAt === -1 || at < decidedAt) return { question, answer: passed(net), result: "passes" }
    if (at === decidedAt) return { question, answer: explainLocality(because), result: "decides" }
    return { question, answer: "not asked any more", result: "not-asked" }
  })
  return { locality, steps, advice: adviceOn(because) }
}

function adviceOn(because: LocalityObservation): string | null {
  switch (because.kind) {
    case "loopback":
      return "A tunnel or port mapper that sends no forwarding header looks just like this: whoever comes through one counts as local."
    case "peer-unreadable":
    case "peer-not-loopback":
      return null
    case "declared-proxy":
      return "What comes through a proxy is never local, wherever it began. Clients on this machine connect to the port itself."
    case "declared-proxy-without-header":
      return "Let the proxy send X-Forwarded-For, so that clients are told apart. If a client of this machine connects from this address, declare only a second loopback address or use GATEHOUSE_PROXY_PORT."
    case "forwarding-header":
      return "If that is your proxy, declare its address in GATEHOUSE_TRUSTED_PROXIES (one that dials from this machine: GATEHOUSE_PROXY_PORT). It stays remote, but the client's address is known then."
    case "host-missing":
      return "Clients of the protocol send Host; something else asks here."
    case "host-not-local":
      return "A client of this machine connects by 127.0.0.1, localhost or [::1]."
    case "ts-net-switched-off":
      return "The policy can count tailnet names as this machine."
    case "foreign-page":
      return "The policy lists the origins whose pages are the gateway's own."
  }
}
