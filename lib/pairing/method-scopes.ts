import table from "./method-scopes.json"
import { covers, uncovered } from "./scopes"
import type { Scopes } from "./types"

// The table was read from the refusals of a real gateway, of the release that it names.
// The methods that are answered here, which the gateway behind is never asked.
const own: Readonly<Record<string, string>> = {
  "device.pair.list": "operator.pairing",
  "device.pair.approve": "operator.pairing",
  "device.pair.reject": "operator.pairing",
  "device.pair.remove": "operator.pairing",
  "device.pair.rename": "operator.pairing",
  "device.token.rotate": "operator.pairing",
  "device.token.revoke": "operator.pairing",
}

const ownWithoutScope = ["connect", "device.scopes.requestUpgrade", "device.scopes.waitUpgrade"]

const known: ReadonlyMap<string, string | null> = new Map([
  ...Object.entries(table.scopes).flatMap(([scope, methods]) =>
    methods.map((method): [string, string | null] => [method, scope === "none" ? null : scope]),
  ),
  ...Object.entries(own),
  ...ownWithoutScope.map((method): [string, null] => [method, null]),
])

/**
 * The scope that a method of the gateway needs: what the gateway itself said when it refused the method, else what the
 * table of a known release says. Null for a method that needs none, undefined for one that nobody knows.
 */
export function scopeOfMethod(method: string, refusedFor: string | null = null): string | null | undefined {
  return refusedFor ?? known.get(method)
}

/**
 * The scope that is asked about by a name, of a scope or of a method: null for a method that needs none, undefined where
 * nobody knows. Some methods begin as the scopes of a node do, so of those only what the device has or had is a scope.
 */
export function scopeMeant(name: string, own: Scopes): string | null | undefined {
  return own.includes(name) || name.startsWith("operator.") ? name : scopeOfMethod(name)
}

/** How often a device called a method; `refused` of them for want of `missingScope`. */
export type MethodCount = {
  readonly method: string
  readonly count: number
  readonly refused: number
  readonly missingScope: string | null
}

/** What a device used of its rights, and what would have sufficed. */
export type RightsUsed = {
  /** The approved scopes that would have covered every call that was answered; a subset of the ceiling by coverage. */
  readonly suffices: Scopes
  /** What of the ceiling could go. */
  readonly unused: Scopes
  /** Methods whose scope nobody knows; while there are any, nothing is advised. */
  readonly unknown: readonly string[]
}

/**
 * Which of its approved scopes a device used, by the methods it called and was answered. A scope that covers others
 * counts as unused where one of those would have done: admin, for a device that only read.
 */
export function rightsUsed(ceiling: Scopes, calls: readonly MethodCount[]): RightsUsed {
  const answered = calls.filter(({ count, refused }) => count > refused)
  const needs = answered.map(({ method, missingScope }) => ({ method, scope: scopeOfMethod(method, missingScope) }))
  const unknown = needs.filter(({ scope }) => scope === undefined).map(({ method }) => method)
  const needed = [...new Set(needs.flatMap(({ scope }) => scope ?? []))].filter((scope) => covers(ceiling, [scope]))
  const suffices = needed.filter((scope) => !needed.some((other) => other !== scope && covers([other], [scope])))
  return { suffices, unused: uncovered(suffices, ceiling), unknown }
}
