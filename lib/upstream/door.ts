import type { Call } from "./calls"
import type { DialQueue } from "./dial-queue"
import type { NodeIds } from "./ids"
import type { Link } from "./link"
import type { Spares } from "./spares"

/** Everything that the relayed connections of one gateway behind share. */
export type Door = {
  readonly link: Link
  readonly queue: DialQueue
  readonly spares: Spares
  readonly ids: NodeIds
  /** Longest time from dialling to hello. */
  readonly dialMs: number
  readonly noteCall: (deviceId: string | null, call: Call) => void
}
