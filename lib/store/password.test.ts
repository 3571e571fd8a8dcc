import { describe, expect, it } from "vitest"
import { checkPassword, hashPassword, newPassword } from "./password"

/** The shortest of several runs: the least noisy figure on a busy machine. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 7; run += 1) {
    const startedMs = performance.now()
    await work()
    best = Math.min(best, performance.now() - startedMs)
  }
  return best
}

describe("a password", () => {
  it("is kept as argon2id with a salt of its own", async () => {
    const [first, second] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(first).not.toBe(second)
  })

  it("fits its own hash and no other", async () => {
    const hash = await hashPassword("correct horse")
    expect(await checkPassword(hash, "correct horse")).toBe(true)
    expect(await checkPassword(hash, "correct horsf")).toBe(false)
    expect(await checkPassword(hash, "")).toBe(false)
  })

  it("fits however the keyboard composed its characters", async () => {
    const hash = await hashPassword("caf\u00e9 au lait")
    expect(await checkPassword(hash, "cafe\u0301 au lait")).toBe(true)
  })

  it("of an account that is not there never fits, and costs the same work", async () => {
    const hash = await hashPassword("correct horse")
    expect(await checkPassword(null, "correct horse")).toBe(false)
    const known = await fastest(() => checkPassword(hash, "wrong horse"))
    const unknown = await fastest(() => checkPassword(null, "wrong horse"))
    expect(unknown).toBeGreaterThan(known / 3)
    expect(unknown).toBeLessThan(known * 3)
  })

  it("is neither short nor endless", () => {
    expect(newPassword.safeParse("a".repeat(9)).success).toBe(false)
    expect(newPassword.safeParse("a".repeat(10)).success).toBe(true)
    expect(newPassword.safeParse("a".repeat(256)).success).toBe(true)
    expect(newPassword.safeParse("a".repeat(257)).success).toBe(false)
  })
})
