import type { Target } from "./dial"

/** The protocol that the gateway behind is spoken to with, whatever the client speaks. */
const protocol = 4

type Backend = {
  readonly scopes: readonly string[]
  readonly displayName: string
  /** What a client says that changes how it is served, and nothing that could be a credential. */
  readonly copied?: object
}

/**
 * The connect params of a device-less local backend, as which operators are served: it keeps exactly the scopes
 * that it asks, and leaves no record behind (docs/decisions/021).
 */
export function backendParams(
  target: { readonly secret: Target["secret"] | null },
  { scopes, displayName, copied }: Backend,
): object {
  return {
    minProtocol: protocol,
    maxProtocol: protocol,
    client: { id: "gateway-client", mode: "backend", version: "2026.9.6", platform: process.platform, displayName },
    caps: [],
    ...copied,
    role: "operator",
    scopes,
    ...(target.secret === null ? {} : { auth: { [target.secret.kind]: target.secret.value } }),
  }
}

/** What of an operator's connect is passed on as it is. */
export function copiedFrom(params: {
  readonly caps?: readonly string[] | undefined
  readonly locale?: string | undefined
  readonly modelCatalog?: object | undefined
}): object {
  const { caps, locale, modelCatalog } = params
  return {
    ...(caps === undefined ? {} : { caps }),
    ...(locale === undefined ? {} : { locale }),
    ...(modelCatalog === undefined ? {} : { modelCatalog }),
  }
}
