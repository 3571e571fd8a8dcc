import type { Lane } from "@/lib/pairing/types"

/** What each rule that grants silently is called, in two words. */
export const ruleNames: Record<Lane, string> = {
  local: "this machine",
  "node-cidr": "address range",
  "same-key": "known key",
  "identity-proxy": "identity proxy",
}
