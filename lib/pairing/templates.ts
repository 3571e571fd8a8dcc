import type { ScopeDifference } from "./difference"
import { knownScopes } from "./explain"
import { longestGrantMs } from "./grant-length"
import { covers, isDangerous, malformed } from "./scopes"
import type { Role, Scopes } from "./types"

/** A choice that is made often when approving, under a name: what may be granted at most, and for how long. */
export type GrantTemplate = {
  readonly templateId: string
  readonly name: string
  readonly role: Role
  readonly scopes: Scopes
  /** For how long; null for good. */
  readonly forMs: number | null
}

/** What there is until an owner changes it. */
export const defaultTemplates: readonly GrantTemplate[] = [
  { templateId: "viewer", name: "Viewer", role: "operator", scopes: ["operator.read"], forMs: null },
  {
    ...{ templateId: "operator", name: "Operator", role: "operator", forMs: null },
    scopes: ["operator.read", "operator.write", "operator.approvals"],
  },
  { templateId: "visitor", name: "Visitor", role: "operator", scopes: ["operator.read"], forMs: 8 * 3_600_000 },
  { templateId: "full", name: "Full", role: "operator", scopes: ["operator.admin"], forMs: null },
  { templateId: "node", name: "Node", role: "node", scopes: [], forMs: null },
]

export const mostTemplates = 20
export const longestTemplateName = 40

/**
 * What a template chooses of a request: the asked scopes that it covers and that are not approved yet, so never more than
 * was asked. What a person declined before stays a choice of its own.
 */
export function chosenBy(template: Pick<GrantTemplate, "scopes">, asked: readonly ScopeDifference[]): Scopes {
  return asked
    .filter((row) => !row.isApproved && row.bringsBack.length === 0 && covers(template.scopes, [row.scope]))
    .map((row) => row.scope)
}

/** The scope of a list that gives the most: a dangerous one first, else what covers most of the known ones; null of none. */
export function widestOf(scopes: Scopes): string | null {
  const reach = (scope: string) => knownScopes.filter((known) => covers([scope], [known])).length
  const weight = (scope: string) => reach(scope) + (isDangerous(scope) ? knownScopes.length : 0)
  return scopes.reduce<string | null>(
    (widest, scope) => (widest === null || weight(scope) > weight(widest) ? scope : widest),
    null,
  )
}

/** The template that may give the least of some, the first of equals; null of none. */
export function narrowestOf(templates: readonly GrantTemplate[]): GrantTemplate | null {
  const reach = ({ scopes }: GrantTemplate) => knownScopes.filter((known) => covers(scopes, [known])).length
  const weight = (one: GrantTemplate) => reach(one) + (one.scopes.some(isDangerous) ? knownScopes.length : 0)
  return templates.reduce<GrantTemplate | null>(
    (narrowest, one) => (narrowest === null || weight(one) < weight(narrowest) ? one : narrowest),
    null,
  )
}

/**
 * The template by which some scopes are ticked: the one that was pressed while they still are as it ticks them, else the
 * narrowest that comes to the same. Null where none does; one that ticks nothing of its own is none unless pressed.
 */
export function templateOf(
  templates: readonly GrantTemplate[],
  ticked: { readonly asked: readonly ScopeDifference[]; readonly chosen: Scopes; readonly pressedId: string | null },
): GrantTemplate | null {
  const { asked, chosen, pressedId } = ticked
  const equal = templates.filter((template) => {
    const picks = chosenBy(template, asked)
    return picks.length === chosen.length && picks.every((scope) => chosen.includes(scope))
  })
  const pressed = equal.find(({ templateId }) => templateId === pressedId)
  return pressed ?? narrowestOf(equal.filter(({ scopes }) => chosen.length > 0 || scopes.length === 0))
}

export type TemplateProblem = { readonly templateId: string; readonly text: string }

/** What stands against saving these templates, each with the one that it is about. */
export function templateProblems(templates: readonly GrantTemplate[]): readonly TemplateProblem[] {
  const names = templates.map(({ name }) => name.trim().toLowerCase())
  const ids = templates.map(({ templateId }) => templateId)
  return templates.flatMap(({ templateId, name, role, scopes, forMs }, index) => {
    const odd = malformed(scopes, [role])
    const texts = [
      name.trim() === "" && "It needs a name.",
      name.trim().length > longestTemplateName && `A name has ${longestTemplateName} letters at most.`,
      name.trim() !== "" && names.indexOf(name.trim().toLowerCase()) !== index && "Another one has this name.",
      ids.indexOf(templateId) !== index && "It is there twice.",
      index >= mostTemplates && `There are ${mostTemplates} at most.`,
      odd.length > 0 && `Not a scope of the role ${role}: ${odd.slice(0, 3).join(", ")}.`,
      forMs !== null && !(forMs > 0 && forMs <= longestGrantMs) && "This time cannot be meant.",
    ]
    return texts.filter((text) => text !== false).map((text) => ({ templateId, text }))
  })
}
