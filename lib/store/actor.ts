import type { Standing } from "@/lib/pairing/standing"
import type { Authority, Lane } from "@/lib/pairing/types"

/** Who did something, as commands are given it and audit entries keep it. */
export type Actor =
  | { readonly kind: "admin"; readonly id: string; readonly name: string; readonly authority: Authority }
  | {
      readonly kind: "wire"
      readonly name: string
      readonly deviceId: string | null
      readonly authority: Authority
      /** What the session stands on, looked at again in every command; null for one that has no device. */
      readonly standing: Standing | null
    }
  | { readonly kind: "rule"; readonly name: Lane | "policy" }
  | { readonly kind: "device"; readonly deviceId: string; readonly name: string }
  | { readonly kind: "system"; readonly name: string }

/** Those who may give a command about a device: a person at the console, or a session on the wire. */
export type Commander = Extract<Actor, { kind: "admin" | "wire" }>

/** The id under which an actor is kept in rows; null where the kind says it all. */
export function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "admin":
      return actor.id
    case "wire":
    case "device":
      return actor.deviceId
    case "rule":
    case "system":
      return null
  }
}
