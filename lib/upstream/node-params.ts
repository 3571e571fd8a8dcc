import { createPrivateKey, sign } from "node:crypto"
import type { Admitted } from "@/lib/gateway/handshake"
import { signedText } from "@/lib/gateway/signature"
import type { NodeKey } from "@/lib/store/node-key-of"
import type { Target } from "./dial"

/**
 * The connect params of a node, which has a key of ours for the gateway behind (docs/decisions/021). What the node
 * says of itself is copied, but of its commands only those that a person approved; nothing that is a credential.
 */
export function nodeParams(
  target: Target,
  { params, protocol, metadata }: Pick<Admitted, "params" | "protocol" | "metadata">,
  { key, commands }: { readonly key: NodeKey; readonly commands: readonly string[] },
  challenge: { readonly nonce: string; readonly ts: number },
): object {
  // As it was shown to the person who approved it, without what cannot be seen.
  const { deviceFamily: _family, displayName: _name, ...said } = params.client
  const client = {
    ...said,
    platform: metadata.platform ?? said.platform,
    ...(metadata.displayName === null ? {} : { displayName: metadata.displayName }),
    ...(metadata.deviceFamily === null ? {} : { deviceFamily: metadata.deviceFamily }),
  }
  const { caps, permissions, pathEnv, computerUse, workerRuns, locale, userAgent } = params
  const copied = { caps, permissions, pathEnv, computerUse, workerRuns, locale, userAgent }
  const { nonce, ts: signedAt } = challenge
  const text = signedText("v3", {
    deviceId: key.upstreamId,
    clientId: client.id,
    clientMode: client.mode,
    role: "node",
    scopes: [],
    signedAtMs: signedAt,
    token: target.secret.kind === "token" ? target.secret.value : "",
    nonce,
    platform: client.platform,
    deviceFamily: metadata.deviceFamily ?? "",
  })
  const signature = sign(null, Buffer.from(text), createPrivateKey(key.privateKey)).toString("base64url")
  return {
    minProtocol: protocol,
    maxProtocol: protocol,
    client,
    ...Object.fromEntries(Object.entries(copied).filter(([, value]) => value !== undefined)),
    commands,
    role: "node",
    scopes: [],
    auth: { [target.secret.kind]: target.secret.value },
    device: { id: key.upstreamId, publicKey: key.publicKey, signature, signedAt, nonce },
  }
}
