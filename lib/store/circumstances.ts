import { z } from "zod"
import type { Locality, ManualReason, Pending } from "@/lib/pairing/decision"
import type { Metadata, Scopes } from "@/lib/pairing/types"

/** What a request was filed under, beside what it asks: kept with it as JSON, for the page to explain. */
export type Circumstances = {
  readonly locality: Locality
  /** Which rule kept every silent lane shut. */
  readonly manual: ManualReason
  readonly missing: Scopes
  readonly withheld: Scopes
  /** How the device authenticated. */
  readonly auth: string
  readonly host: string | null
  readonly origin: string | null
}

/** The circumstances of a request as its row keeps them. */
export function toCircumstances(
  { locality, manual, missing, withheld }: Pick<Pending, "locality" | "manual" | "missing" | "withheld">,
  facts: { readonly auth: { readonly kind: string }; readonly net: { host: string | null; origin: string | null } },
): string {
  const { host, origin } = facts.net
  const circumstances: Circumstances = { locality, manual, missing, withheld, auth: facts.auth.kind, host, origin }
  return JSON.stringify(circumstances)
}

// The store wrote it from these very types; an older version may have known fewer observations, so only what all
// versions share is checked here.
const circumstancesSchema = z.looseObject({
  locality: z.looseObject({ local: z.boolean(), because: z.looseObject({ kind: z.string() }) }),
  manual: z.string(),
  missing: z.array(z.string()),
  withheld: z.array(z.string()),
})

const isCircumstances = (value: unknown): value is Circumstances => circumstancesSchema.safeParse(value).success

/** The circumstances of a request's row; null when an imported or damaged row has none. */
export function parseCircumstances(json: string): Circumstances | null {
  try {
    const value: unknown = JSON.parse(json)
    return isCircumstances(value) ? value : null
  } catch {
    return null
  }
}

const metadataSchema: z.ZodType<Metadata> = z.object({
  displayName: z.string().nullable(),
  clientId: z.string().nullable(),
  clientMode: z.string().nullable(),
  clientVersion: z.string().nullable(),
  platform: z.string().nullable(),
  deviceFamily: z.string().nullable(),
  commands: z.array(z.string()),
})

/** The metadata of the latest try of a request, where it differs from what was frozen at its filing. */
export function parseLatestMetadata(json: string | null): Metadata | null {
  if (json === null) return null
  const parsed = metadataSchema.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : null
}
