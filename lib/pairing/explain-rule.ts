import type { Lane } from "./types"

/** Which rule granted something silently, as a part of a sentence. */
const ruleWords: Readonly<Record<Lane | "policy", string>> = {
  local: "the rule for this machine",
  "node-cidr": "the rule for nodes of a network",
  "same-key": "the rule for devices with a known key",
  "identity-proxy": "the rule for people of the identity proxy",
  policy: "the policy",
}

/** A rule by the name that the record has of it, which may be one of another version. */
export function ruleInWords(name: string): string {
  return new Map(Object.entries(ruleWords)).get(name) ?? `the rule ${name}`
}
