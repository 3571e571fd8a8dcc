import { deepStrictEqual } from "node:assert"

/** Counts checks that a tool makes: one line each as they end, one closing line. */
export function createChecks(say: (line: string) => void = console.log) {
  let passed = 0
  let failed = 0
  return {
    /** Runs one check; a thrown error fails it and the next check goes on. Returns whether it passed. */
    async check(name: string, run: () => Promise<void>): Promise<boolean> {
      const startedMs = Date.now()
      try {
        await run()
        passed += 1
        say(`ok    ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`)
        return true
      } catch (error) {
        failed += 1
        const why = error instanceof Error ? error.message : String(error)
        say(`FAIL  ${name}\n      ${why.replaceAll("\n", "\n      ")}`)
        return false
      }
    },
    /** Prints `N passed, N failed` and tells whether all passed. */
    close(): boolean {
      say(`${passed} passed, ${failed} failed`)
      return failed === 0
    },
  }
}

export type Checks = ReturnType<typeof createChecks>

/**
 * Throws unless `actual` holds everything that `expected` names: objects may have more fields, lists must have the
 * same length, a pattern must match, everything else must be equal.
 */
export function mustHold(actual: unknown, expected: unknown, path = "it"): void {
  if (expected instanceof RegExp) {
    if (typeof actual !== "string" || !expected.test(actual)) throw differs(path, actual, String(expected))
    return
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      throw differs(path, actual, JSON.stringify(expected))
    for (const [index, each] of expected.entries()) mustHold(actual[index], each, `${path}[${index}]`)
    return
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) throw differs(path, actual, "an object")
    const fields = new Map(Object.entries(actual))
    for (const [name, each] of Object.entries(expected)) mustHold(fields.get(name), each, `${path}.${name}`)
    return
  }
  if (!Object.is(actual, expected)) throw differs(path, actual, JSON.stringify(expected) ?? "undefined")
}

/**
 * Throws unless both are the same in every field, but for the fields that are named: `a.b` of an object, `a[].b` of
 * each object of a list.
 */
export function mustBeSame(actual: unknown, expected: unknown, except: readonly string[] = []): void {
  deepStrictEqual(leftOut(actual, except, ""), leftOut(expected, except, ""))
}

function leftOut(value: unknown, except: readonly string[], path: string): unknown {
  if (Array.isArray(value)) return value.map((each) => leftOut(each, except, `${path}[]`))
  if (typeof value !== "object" || value === null) return value
  const kept = Object.entries(value).flatMap(([name, each]) => {
    const own = path === "" ? name : `${path}.${name}`
    return except.includes(own) ? [] : [[name, leftOut(each, except, own)] as const]
  })
  return Object.fromEntries(kept)
}

function differs(path: string, actual: unknown, expected: string): Error {
  const shown = JSON.stringify(actual) ?? "undefined"
  return new Error(`${path} is ${shown.slice(0, 1_500)}, expected ${expected}`)
}
