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
  { params, protocol }: Pick<Admitted, "params" | "protocol">,
  { key, commands }: { readonly key: NodeKey; readonly commands: readonly string[] },
  challenge: { readonly nonce: string; readonly ts: number },
): object {
  const { client, caps, permissions, pathEnv, computerUse, workerRuns, locale, userAgent } = params
  const said = { caps, permissions, pathEnv, computerUse, workerRuns, locale, userAgent }
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
    deviceFamily: client.deviceFamily ?? "",
  })
  const signature = sign(null, Buffer.from(text), createPrivateKey(key.privateKey)).toString("base64url")
  return {
    minProtocol: protocol,
    maxProtocol: protocol,
    client,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    commands,
    role: "node",
    scopes: [],
    auth: { [target.secret.kind]: target.secret.value },
    device: { id: key.upstreamId, publicKey: key.publicKey, signature, signedAt, nonce },
  }
}
