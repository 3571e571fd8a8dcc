import { expect, it } from "vitest"
import { expiresAtMs, isLive, oldestLiveTryMs } from "./requests"

const policy = { pendingTtlMs: 300_000 }
const nowMs = 1_000_000

it.each([-1, 0, 1])("the bound to look up by ends where the rule ends, %i ms beside it", (beside) => {
  const asked = { triedAtMs: nowMs - policy.pendingTtlMs + beside }
  expect(asked.triedAtMs >= oldestLiveTryMs(policy, nowMs)).toBe(isLive(asked, policy, nowMs))
  expect(expiresAtMs(asked, policy) >= nowMs).toBe(isLive(asked, policy, nowMs))
})
